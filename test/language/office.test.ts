import { expect, test } from 'vitest';
import type { Role } from '../../src/domain/people/person.ts';
import { allOffices, officeOf } from '../../src/features/recipients/office.ts';

const grant = { people: [] };
const holders = (
  [
    { role: 'administrator', openId: 'ou_city' },
    { role: 'administrator', openId: 'ou_linjiang', unitId: 'linjiang' },
    { role: 'supervisor', openId: 'ou_two', unitId: 'linjiang' },
    { role: 'supervisor', openId: 'ou_two', unitId: 'wanghai' },
    { role: 'leader', openId: 'ou_leader', unitId: 'wanghai' },
    { role: 'liaison', openId: 'ou_liaison', unitId: 'school' },
  ] as const
).map((held) => ({ ...grant, ...held }));
const read = {
  roleHolders: async (roles: readonly Role[]) => holders.filter(({ role }) => roles.includes(role)),
  unitsAbove: async () => ['school', 'wanghai', 'city'],
  roots: async () => ['city'],
};

test('what waits for the office is not told to another unit’s administrator or supervisor', async () => {
  expect(await officeOf(read, ['school'])).toEqual(['ou_city', 'ou_two']);
  expect(await officeOf({ ...read, unitsAbove: async () => ['linjiang', 'city'] }, ['linjiang'])).toEqual([
    'ou_city',
    'ou_linjiang',
    'ou_two',
  ]);
});

test('whoever decides on two units is told of both, at once', async () => {
  expect(await allOffices(read, ['ou_configured'])).toEqual([
    { unitIds: ['city'], openIds: ['ou_city', 'ou_configured'] },
    { unitIds: ['linjiang'], openIds: ['ou_linjiang'] },
    { unitIds: ['linjiang', 'wanghai'], openIds: ['ou_two'] },
  ]);
});
