import { expect, test } from 'vitest';
import { renderCard } from '../../src/cards/render.ts';
import type { Doc } from '../../src/cards/views.ts';
import { withEveryoneOnFirstPage } from '../../src/features/reminders/everyone-card.ts';

const people = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `林${index}`, openId: `ou_${index}x` }));
const doc = (count: number): Doc => ({
  title: '截止提醒',
  tone: 'late',
  summary: `${count} 项`,
  blocks: [{ kind: 'entries', entries: people(count).map((mention) => ({ head: ['责任人：', { mention }] })) }],
  query: '推送 2026-04-20 deadline',
});
const mentioned = (json: string) => new Set([...json.matchAll(/<at id=(ou_\w+)>/g)].map(([, openId]) => openId));

test('whoever stands on a later page is mentioned on the first, the only one that is sent', () => {
  const { json, pages } = renderCard(withEveryoneOnFirstPage(doc(60)));
  expect(pages).toBeGreaterThan(3);
  expect(mentioned(json)).toEqual(new Set(people(60).map(({ openId }) => openId)));
});

test('a document of one page stays as it is', () => {
  expect(withEveryoneOnFirstPage(doc(3))).toEqual(doc(3));
});
