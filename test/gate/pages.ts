import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

/** Every page that a reader may trust. */
export const PAGES: readonly string[] = [
  'README.md',
  'README.zh-CN.md',
  'ARCHITECTURE.md',
  'docs/ADD-A-SUBJECT.md',
  'docs/GLOSSARY.md',
  ...readdirSync(join(ROOT, 'docs/decisions')).map((file) => `docs/decisions/${file}`),
];

export const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** What is, or is about to be, committed: paths that git's patterns name. A file that was deleted but not committed yet is left out. */
export const projectFiles = (...of: readonly string[]): readonly string[] =>
  execFileSync('git', ['-c', 'core.quotePath=false', 'ls-files', '-co', '--exclude-standard', '--', ...of], {
    cwd: ROOT,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((file) => file !== '' && existsSync(join(ROOT, file)));

export const code = (text: string): string => `\`${text}\``;

/** The rows of the table with this header, cells trimmed. Throws when the page has none. */
export function table(page: string, header: string): readonly (readonly string[])[] {
  const lines = read(page)
    .split('\n')
    .map((line) => line.trim());
  const at = lines.indexOf(header);
  if (at < 0) throw new Error(`${page} has no table ${header}`);
  const rest = lines.slice(at + 2);
  const end = rest.findIndex((line) => !line.startsWith('|'));
  return rest.slice(0, end < 0 ? rest.length : end).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}

/** Fenced blocks of a page whose info string is exactly this. */
export const fenced = (page: string, info: string): readonly string[] =>
  [...read(page).matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].flatMap(([, found, text]) =>
    found === info && text !== undefined ? [text] : [],
  );
