import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Meaning, meanings } from './said.ts';
import { variantOf } from './variants.ts';

interface Utterance {
  readonly text: string;
  readonly mention: boolean;
  readonly now: string;
}
type Expected = Meaning | { class: 'silent' };

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8'));
const said = fixture('utterances.json') as Utterance[];
const expected = (fixture('utterances.expected.json') as (Expected | Expected[])[]).flatMap((entry) => [
  [entry].flat(),
]);

/** Without a mention the platform does not even deliver it, and nothing may be said. */
const understood = async ({ text, mention, now }: Utterance): Promise<Expected[]> =>
  mention ? await meanings(text, now.slice(0, 10)) : [{ class: 'silent' }];

const rows = said.map((row, index) => ({ row, wanted: expected[index] ?? [], label: row.text.replace('\n', ' ⏎ ') }));
/** A question, not an order told in free words, of which the order is kept. */
const asks = (entry: Expected | undefined): boolean =>
  entry?.class === 'command' && !['问题', '任务', '进展', '通知'].includes(entry.command);
/** Class, command and feature; the arguments apart. */
const classOf = (entries: Expected[]) => entries.map((entry) => ({ ...entry, args: undefined }));

test('the table of what is expected has the 90 lines that were collected', () => {
  expect([said.length, expected.length]).toEqual([90, 90]);
});

test.each(rows)('“$label” is of its class', async ({ row, wanted }) => {
  expect(classOf(await understood(row))).toEqual(classOf(wanted));
});

test('the arguments of at least 95 % of the lines that name a command of today are right', async () => {
  const asking = rows.filter(({ wanted }) => wanted.some((entry) => entry.class === 'command'));
  const wrong: unknown[] = [];
  for (const { row, wanted, label } of asking) {
    const got = await understood(row);
    if (!equal(got, wanted)) wrong.push({ label, got, wanted });
  }
  expect(asking.length).toBeGreaterThan(35);
  expect(wrong.length, JSON.stringify(wrong, null, 1)).toBeLessThanOrEqual(Math.floor(asking.length * 0.05));
});

test('2,000 variants in width, politeness, order, spaces, slash and marks mean the same', async () => {
  const speaking = rows.filter(({ row }) => row.mention);
  const wrong: unknown[] = [];
  for (let seed = 0; seed < 2_000; seed += 1) {
    const { row, wanted } = speaking[seed % speaking.length] ?? speaking[0] ?? { row: said[0], wanted: [] };
    if (!row) throw new Error('no rows');
    const text = variantOf(row.text, seed, wanted.length === 1 && asks(wanted[0]));
    const got = await understood({ ...row, text });
    if (!equal(got, wanted)) wrong.push({ seed, text, got, wanted });
  }
  expect(wrong.slice(0, 12)).toEqual([]);
});

function equal(got: unknown, wanted: unknown): boolean {
  const sorted = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(sorted)
      : value !== null && typeof value === 'object'
        ? Object.fromEntries(
            Object.entries(value)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([key, inner]) => [key, sorted(inner)]),
          )
        : value;
  return JSON.stringify(sorted(got)) === JSON.stringify(sorted(wanted));
}
