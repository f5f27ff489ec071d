import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const SOURCE = fileURLToPath(new URL('../../src', import.meta.url));

/** An exported function that returns a document: where it stands, what it is called there, and it itself. */
interface Exported {
  readonly name: string;
  readonly value: unknown;
}

/** A declaration from its first word to the next one's, which in formatted source begins its line. */
const DECLARATION =
  /^(?:export )?(?:const|function) (\w+)\b[\s\S]*?(?=^(?:export|const|function|interface|type|\/\*\*)|$(?![\s\S]))/gm;
/** Says that it returns one, or is called so. */
const RETURNS_DOCUMENT = /\): (?:readonly )?Doc\b[^\n]*(?:\{|=>)/;

/** The functions of a source file that return a document, exported or not. */
const documentsIn = (source: string): ReadonlySet<string> =>
  new Set(
    [...source.matchAll(DECLARATION)].flatMap(([text, name = '']) =>
      RETURNS_DOCUMENT.test(text) || name.endsWith('Doc') ? [name] : [],
    ),
  );

/** Every document that the kit or a subject's `…-card.ts` exports, by itself or in an object of functions. */
export async function exportedDocuments(): Promise<readonly Exported[]> {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' });
  const cards = files.filter((file) => /^cards\/.*\.ts$|^features\/.*-card\.ts$/.test(file));
  const found = await Promise.all(cards.toSorted().map(documentsOf));
  return found.flat();
}

async function documentsOf(file: string): Promise<readonly Exported[]> {
  const path = join(SOURCE, file);
  const documents = documentsIn(readFileSync(path, 'utf8'));
  const exported: Readonly<Record<string, unknown>> = await import(pathToFileURL(path).href);
  const place = basename(file).replace(/(?:-card)?\.ts$/, '');
  const own = Object.entries(exported).filter(([name, value]) => typeof value === 'function' && documents.has(name));
  const values = new Set(own.map(([, value]) => value));
  // What an object has from another module, or what is exported by itself too, is listed there.
  const members = Object.entries(exported).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null
      ? Object.entries(value)
          .filter(([, member]) => typeof member === 'function' && !values.has(member))
          .filter(([, member]) => documents.has(name) || documents.has(member.name))
          .map(([key, member]): [string, unknown] => [`${name}.${key}`, member])
      : [],
  );
  return [...own, ...members].map(([name, value]) => ({ name: `${place}/${name}`, value }));
}
