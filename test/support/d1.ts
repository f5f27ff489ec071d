import { cpSync, readFileSync, rmSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { Miniflare } from 'miniflare';
import type { D1Binding } from '../../src/db/d1.ts';
import { splitStatements } from '../../src/db/split-statements.ts';
import { MIGRATION_NAMES } from '../../src/db/subjects.ts';
import type { D1Question } from './d1-door.ts';
import { onceAProcess } from './once-a-process.ts';
import { scratchFolder } from './scratch-folder.ts';
import type { Row } from './side-door.ts';

const DOOR = new URL('d1-door.ts', import.meta.url);
const MIGRATIONS = new URL('../../migrations/sqlite/', import.meta.url);

/** A migrated D1 in workerd, used from outside through its binding; kept in `folder`. */
export async function startD1(
  folder?: string,
  names: readonly string[] = MIGRATION_NAMES,
): Promise<{ readonly binding: D1Binding; stop(): Promise<void> }> {
  const workerd = new Miniflare({
    ...(folder && { resourcePersistencePath: folder }),
    workers: [
      {
        config: {
          name: 'database',
          compatibilityDate: '2026-11-01',
          env: { DB: { type: 'd1', id: 'dudao' } },
          manifest: {
            mainModule: 'door.js',
            modules: { 'door.js': { type: 'esm', contents: stripTypeScriptTypes(readFileSync(DOOR, 'utf8')) } },
          },
        },
      },
    ],
  });
  const binding = d1Of(workerd);
  await migrateD1(binding, names);
  return { binding, stop: () => workerd.dispose() };
}

interface TestD1 extends D1Binding {
  batch(statements: Parameters<D1Binding['batch']>[0]): Promise<readonly { readonly results: readonly Row[] }[]>;
}

/** The D1 of this workerd, through the door (d1-door.ts) of its first Worker. */
export function d1Of(workerd: Miniflare): TestD1 {
  const ask = async (question: D1Question): Promise<Answer> => {
    const body = JSON.stringify(question, refuseUndefined);
    const response = await workerd.dispatchFetch('http://localhost/d1', { method: 'POST', body });
    if (response.status !== 200) throw new Error(await response.text());
    return JSON.parse(await response.text());
  };
  const asked = new WeakMap<object, D1Question['statements'][number]>();
  const statement = (sql: string, values: readonly unknown[]) => {
    const one = {
      bind: (...bound: unknown[]) => statement(sql, bound),
      all: () => ask({ batch: false, statements: [{ sql, values }] }),
    };
    asked.set(one, { sql, values });
    return one;
  };
  return {
    prepare: (sql) => statement(sql, []),
    batch: (statements) => ask({ batch: true, statements: statements.flatMap((one) => asked.get(one) ?? []) }),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: rows that whoever asks knows the columns of
type Answer = any;

/** As D1 does; JSON would make a null of it. */
function refuseUndefined(_key: string, value: unknown): unknown {
  if (value === undefined) throw new Error("D1_TYPE_ERROR: Type 'undefined' not supported");
  return value;
}

const template = onceAProcess(
  async () => {
    const folder = scratchFolder('dudao-d1-');
    const { stop } = await startD1(folder);
    await stop();
    return folder;
  },
  async (folder) => rmSync(folder, { recursive: true }),
);

/** What a migrated D1 keeps on disk, in a folder of the caller's: a copy, since the migrations' statements take workerd a second or two. */
export async function migratedD1(): Promise<string> {
  const folder = scratchFolder('dudao-d1-');
  cpSync(await template(), folder, { recursive: true });
  return folder;
}

/** As `wrangler d1 migrations apply` would, one file after the other. */
export async function migrateD1(binding: D1Binding, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const statements = splitStatements(readFileSync(new URL(`${name}.sql`, MIGRATIONS), 'utf8'));
    await binding.batch(statements.map((statement) => binding.prepare(statement)));
  }
}
