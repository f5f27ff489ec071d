import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { renderCard } from '../../src/cards/render.ts';
import type { Doc } from '../../src/cards/views.ts';
import { checkCard } from '../../src/emulator/card-check.ts';
import { exportedDocuments } from './documents.ts';
import { readerText } from './reader-text.ts';
import { markdownsOf, pagesOf, read } from './reading.ts';
import { calendarSamples } from './samples/calendars.ts';
import { checklistSamples } from './samples/checklists.ts';
import { findingSamples } from './samples/findings.ts';
import { importSamples } from './samples/imports.ts';
import { kit } from './samples/kit.ts';
import { noticeSamples } from './samples/notices.ts';
import { operationSamples } from './samples/operation.ts';
import { peopleSamples } from './samples/people.ts';
import { reminderSamples } from './samples/reminders.ts';
import { HOSTILE } from './samples/sample.ts';
import { taskSamples } from './samples/tasks.ts';
import { visitSamples } from './samples/visits.ts';

const samples = [
  ...visitSamples,
  ...taskSamples,
  ...findingSamples,
  ...noticeSamples,
  ...peopleSamples,
  ...reminderSamples,
  ...calendarSamples,
  ...importSamples,
  ...checklistSamples,
  ...operationSamples,
];
const documents = await exportedDocuments();
const nameOf = (of: unknown): string => documents.find(({ value }) => value === of)?.name ?? String(of);
const named = samples.map((sample) => ({ ...sample, name: nameOf(sample.of) }));

const known = (doc: Doc | undefined): Doc => {
  if (!doc) throw new Error('a sample is drawn');
  return doc;
};

test('every document that src/cards exports has a sample', () => {
  expect(documents.length).toBeGreaterThan(70);
  const drawn = new Set(samples.map(({ of }) => of));
  expect(documents.filter(({ value }) => !drawn.has(value)).map(({ name }) => name)).toEqual([]);
});

test('every sample is of such a document', () => {
  const exported = new Set(documents.map(({ value }) => value));
  expect(named.filter(({ of }) => !exported.has(of)).map(({ name }) => name)).toEqual([]);
});

describe('what a person reads is as reviewed', () => {
  test.each(named)('$name', async ({ name, cases }) => {
    const [first] = cases;
    const parts = [
      ...cases.map((each) => `## ${each.name}\n${readerText(known(each.draw()))}`),
      `## hostile text: ${first?.name}\n${readerText(known(first?.drawHostile()))}`,
    ];
    await expect(`${parts.join('\n\n')}\n`).toMatchFileSnapshot(`__snapshots__/${name}.txt`);
  });
});

test('no text is kept of a document that is gone', () => {
  const kept = readdirSync(new URL('__snapshots__', import.meta.url), { recursive: true, encoding: 'utf8' });
  const names = new Set(named.map(({ name }) => `${name}.txt`));
  expect(kept.filter((file) => file.endsWith('.txt') && !names.has(file))).toEqual([]);
});

/** Whom the document itself mentions. */
const mentionedBy = (node: unknown): readonly string[] => {
  if (typeof node !== 'object' || node === null) return [];
  const own = 'openId' in node && typeof node.openId === 'string' ? [node.openId] : [];
  return [...own, ...Object.values(node).flatMap(mentionedBy)];
};
/** Keys by which an element of a card leads somewhere, or calls somebody. */
const LEADS = /"(?:url|multi_url|href|img_key|user_id|persons|pc_url|android_url|ios_url)":/;

function expectNoMarkup(doc: Doc): void {
  const mentioned = new Set(mentionedBy(doc));
  for (const { json } of pagesOf(doc)) {
    expect(checkCard(json)).toEqual({ ok: true });
    expect(json).not.toMatch(LEADS);
    for (const markdown of markdownsOf(JSON.parse(json))) {
      // Throws at a tag or a mark that is not the kit's own.
      read(markdown);
      for (const [, id] of markdown.matchAll(/<at id=([^>]*)>/g)) expect(mentioned).toContain(id);
      const bare = markdown.replace(/<at [^>]*>|&#\d+;|&nbsp;/g, ' ');
      expect(bare).not.toMatch(/https?:|www\.|\]\(|\w\.cn/);
    }
  }
}

describe('hostile text becomes no mention, no link and no tag', () => {
  const drawn = named.flatMap(({ name, cases }) => cases.map((each) => ({ ...each, document: name })));
  test.each(drawn)('$document: $name', ({ draw, drawHostile }) => {
    expectNoMarkup(known(draw()));
    expectNoMarkup(known(drawHostile()));
  });
});

describe('the card JSON of the kit is as reviewed', () => {
  test.each(kit)('$name', async ({ name, written, page }) => {
    const cards = ['望海区第一中学', HOSTILE].map((text) => {
      const { json } = renderCard(written(text), page);
      expect(checkCard(json)).toEqual({ ok: true });
      const { config, header, body } = JSON.parse(json);
      return name === 'head' ? { config, header, body } : body.elements;
    });
    const [plain, hostile] = cards;
    await expect(`${JSON.stringify({ plain, hostile }, null, 2)}\n`).toMatchFileSnapshot(
      `__snapshots__/kit/${name}.json`,
    );
  });
});
