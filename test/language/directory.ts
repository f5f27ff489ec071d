import { readFileSync } from 'node:fs';
import type { NameMatches } from '../../src/ports/store.ts';

const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));

const book = json('../fixtures/workbooks/05-单位通讯录.expected.json') as {
  records: { unit: string; aliases: string[]; contact: string }[];
};
const index = json('../../migrations/checklists/index.json') as { id: string; title: string; aliases: string[] }[];

/** The sample district's names: 91 rows of the address book, the built-in checklists, a program and a school that looks like a date. */
const matches: NameMatches = {
  units: [...new Map(book.records.map((row) => [row.unit, row])).values()]
    .flatMap(({ unit, aliases }) => [unit, ...aliases].map((name) => ({ name, unit: { id: unit, name: unit } })))
    .concat({ name: '五一小学', unit: { id: '望海区五一小学', name: '望海区五一小学' } }),
  people: book.records.map(({ contact, unit }) => ({
    name: contact,
    personId: `${unit}/${contact}`,
    unit: { id: unit, name: unit },
  })),
  programs: [{ name: '2026年优质均衡创建', programId: 'program-1', checklistId: 'yz' }],
  checklists: index.flatMap(({ id, title, aliases }) => [title, ...aliases].map((name) => ({ name, checklistId: id }))),
};

/** Exact lookup, as the store does it. `asked` collects the calls. */
export function lookupIn(asked: (readonly string[])[] = []) {
  return async (candidates: readonly string[]): Promise<NameMatches> => {
    asked.push(candidates);
    const wanted = new Set(candidates);
    return {
      units: matches.units.filter(({ name }) => wanted.has(name)),
      people: matches.people.filter(({ name }) => wanted.has(name)),
      programs: matches.programs.filter(({ name }) => wanted.has(name)),
      checklists: matches.checklists.filter(({ name }) => wanted.has(name)),
    };
  };
}
