import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { MIGRATIONS } from '../../src/db/migrate.ts';
import { splitStatements } from '../../src/db/split-statements.ts';

// What databases of released versions hold. dump-release.ts writes it when a release is made; nothing edits it afterwards.

export const DIALECTS = ['sqlite', 'postgres'] as const;
type DialectName = (typeof DIALECTS)[number];

const RELEASES = new URL('../fixtures/releases/', import.meta.url);
export const releaseFolder = (release: string): URL => new URL(`${release}/`, RELEASES);
export const releases = (): readonly string[] => readdirSync(RELEASES).toSorted();

/** SHA-256 of each migration file by name: a released file is its own dump of the schema, as long as nobody edits it. */
export type MigrationHashes = Readonly<Record<DialectName, Readonly<Record<string, string>>>>;

export const hashesOf = (): MigrationHashes => ({ sqlite: hashFiles('sqlite'), postgres: hashFiles('postgres') });

const hashFiles = (dialect: DialectName): Readonly<Record<string, string>> => {
  const folder = join(MIGRATIONS, dialect);
  const files = readdirSync(folder).toSorted();
  return Object.fromEntries(
    files.map((file) => [
      file.slice(0, -'.sql'.length),
      createHash('sha256')
        .update(readFileSync(join(folder, file)))
        .digest('hex'),
    ]),
  );
};

export const releasedHashes = (release: string): MigrationHashes =>
  JSON.parse(readFileSync(new URL('migrations.json', releaseFolder(release)), 'utf8'));

/** INSERT statements that every dialect takes; they stand in no order that foreign keys would ask for. */
export const releasedRows = (release: string): readonly string[] =>
  splitStatements(gunzipSync(readFileSync(new URL('rows.sql.gz', releaseFolder(release)))).toString('utf8'));
