import { describe, expect, test } from 'vitest';
import { placeUnits } from '../../../src/domain/people/place-units.ts';
import { readDirectory } from '../../../src/excel/read-directory.ts';
import { opened, recognised, today } from '../../excel/fixture-files.ts';

const unit = (name: string, ...aliases: string[]) => ({ unit: name, aliases, kind: '' });

describe('the address book of a city', async () => {
  const { table } = recognised(await opened('05-单位通讯录.xlsx'));
  const placed = placeUnits(readDirectory(table, { today }).records, { rootName: '云溪市', existing: [] });
  const parentOf = (name: string) => placed.find(({ fullName }) => fullName === name)?.parentName;

  test('a school belongs to the county whose short name it begins with', () => {
    expect(parentOf('望海区第一中学')).toBe('望海区人民政府');
    expect(parentOf('青山县教育局')).toBe('青山县人民政府');
  });
  test('a section belongs to the bureau whose name it begins with', () => {
    expect(parentOf('市教育局督导室')).toBe('市教育局');
  });
  test('the city’s own units and the county governments belong to the root without a question', () => {
    const ofRoot = placed.filter(({ parentName, warning }) => parentName === '云溪市' && !warning);
    expect(ofRoot.map(({ name }) => name)).toContain('团市委');
    expect(ofRoot).toHaveLength(17 + 4);
  });
  test('the eight townships say nothing of their county and are warned of', () => {
    expect(placed.filter(({ warning }) => warning).map(({ kind }) => kind)).toEqual(Array(8).fill('乡镇街道'));
  });
  test('a unit that is listed twice is placed once', () => {
    expect(placed).toHaveLength(90);
    expect(placed.find(({ name }) => name === '青山县人民政府')).toMatchObject({
      kind: '县区政府',
      aliases: ['青山县'],
    });
  });
});

describe('a district’s own directory', () => {
  const existing = [
    { name: '望海区人民政府', aliases: ['望海区'] },
    { name: '望海区教育局', aliases: ['望海教育局'] },
  ];
  const place = (...units: ReturnType<typeof unit>[]) =>
    placeUnits(units, { rootName: '云溪市', under: '望海区', existing });

  test('区教育局 becomes the district’s, and keeps its short form as an alias', () => {
    expect(place(unit('区教育局', '教育局'))).toEqual([
      {
        name: '区教育局',
        fullName: '望海区教育局',
        aliases: ['区教育局', '教育局'],
        kind: '',
        parentName: '望海区人民政府',
      },
    ]);
  });
  test('a section finds its bureau under its full name', () => {
    expect(place(unit('区教育局督导室'))).toMatchObject([
      { fullName: '望海区教育局督导室', parentName: '望海区教育局' },
    ]);
  });
  test('团区委 is told from that of another district', () => {
    expect(place(unit('团区委'))).toMatchObject([{ fullName: '望海区团区委', aliases: ['团区委'] }]);
  });
  test('a township keeps its name and belongs to the district, without a warning', () => {
    expect(place(unit('城关镇'))).toEqual([
      { name: '城关镇', fullName: '城关镇', aliases: [], kind: '', parentName: '望海区人民政府' },
    ]);
  });
});

test('a district that is the root itself keeps the names as they are', () => {
  expect(placeUnits([unit('区教育局')], { rootName: '望海区', existing: [] })).toEqual([
    { name: '区教育局', fullName: '区教育局', aliases: [], kind: '', parentName: '望海区' },
  ]);
});
