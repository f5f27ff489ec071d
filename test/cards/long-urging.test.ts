import { expect, test } from 'vitest';
import { renderCard } from '../../src/cards/render.ts';
import { urgedDoc } from '../../src/features/tasks/pursuit-card.ts';
import { today } from './samples/district.ts';
import { many } from './samples/sample.ts';
import { state } from './samples/tasks.ts';

test('an urging of more tasks than a page holds has a button for the next one', () => {
  const { json, pages } = renderCard(urgedDoc(many(60, state), today));
  expect(pages).toBeGreaterThan(1);
  expect(json).toMatch(/下一页.{0,80}"type":"callback","value":\{[^}]*"query":"进展 红灯","page":2/);
});
