import { expect, test } from 'vitest';
import { unitIndex } from '../../src/excel/unit-index.ts';

const index = unitIndex([
  { id: '1', name: '临江区人民政府', aliases: ['临江区'] },
  { id: '2', name: '望海区人民政府', aliases: ['望海区'] },
  { id: '3', name: '临江区中心幼儿园', aliases: ['中幼'] },
  { id: '4', name: '望海区中心幼儿园', aliases: ['中幼'] },
  { id: '5', name: '岛湾县人民政府', aliases: [] },
  { id: '6', name: '岛湾县中心幼儿园', aliases: [] },
  { id: '7', name: '望海区实验小学', aliases: ['实小'] },
]);

test('a full name is found whatever its width and spaces', () => {
  expect(index.find('望海区　实验 小学')).toEqual({ kind: 'one', unit: { id: '7', name: '望海区实验小学' } });
});
test('a short name that one unit has is that unit', () => {
  expect(index.find('实小')).toMatchObject({ kind: 'one', unit: { id: '7' } });
  expect(index.find('望海区')).toMatchObject({ kind: 'one', unit: { id: '2' } });
});
test('a short name that two units share may also mean their namesake elsewhere', () => {
  expect(index.find('中幼')).toMatchObject({ kind: 'many', units: [{ id: '3' }, { id: '4' }, { id: '6' }] });
});
test('a name without its county is every county’s', () => {
  expect(index.find('中心幼儿园')).toMatchObject({ kind: 'many', units: [{}, {}, {}] });
});
test('an unknown name is nobody', () => {
  expect(index.find('第九十九中学')).toEqual({ kind: 'none' });
  expect(index.find('')).toEqual({ kind: 'none' });
});
