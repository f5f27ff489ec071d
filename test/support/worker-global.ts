import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The Worker as `wrangler deploy` would upload it, with the journeys' clock: one JavaScript module. */
    readonly workerBundle: string;
  }
}

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

/** Bundles by wrangler.toml, once for the whole run; nothing is uploaded. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'dudao-worker-'));
  const wrangler = join(REPOSITORY, 'node_modules', 'wrangler', 'bin', 'wrangler.js');
  const order = ['deploy', 'test/support/worker-entry.ts', '--dry-run', '--minify', '--metafile', '--outdir', folder];
  await promisify(execFile)(process.execPath, [wrangler, ...order], {
    cwd: REPOSITORY,
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: '1' },
  });
  project.provide('workerBundle', join(folder, 'worker-entry.js'));
  return () => rmSync(folder, { recursive: true });
}
