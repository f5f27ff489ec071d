import { expect, test } from 'vitest';
import type { Role, RoleGrant } from '../../../src/domain/people/person.ts';
import { outsideOffice } from '../../../src/features/recipients/office.ts';

/** city > wanghai > school; city > office. */
const PARENTS: Readonly<Record<string, string | undefined>> = { school: 'wanghai', wanghai: 'city', office: 'city' };
const above = (id: string): readonly string[] => [id, ...(PARENTS[id] ? above(PARENTS[id]) : [])];

interface Account {
  readonly of?: string;
  readonly roles: readonly RoleGrant[];
}
const HEAD: Account = { of: 'office', roles: [{ role: 'administrator' }] };
const CITY: Account = { of: 'office', roles: [{ role: 'supervisor', unitId: 'wanghai' }] };
const COUNTY: Account = { of: 'wanghai', roles: [{ role: 'supervisor', unitId: 'wanghai' }] };
const UNKNOWN: Account = { roles: [{ role: 'supervisor', unitId: 'wanghai' }] };
const SCHOOL: Account = { of: 'school', roles: [{ role: 'liaison', unitId: 'school' }] };

async function added(
  accounts: Readonly<Record<string, Account>>,
  by: string,
  {
    named = [],
    configured = [],
    isNew = false,
  }: { readonly named?: readonly string[]; readonly configured?: readonly string[]; readonly isNew?: boolean } = {},
) {
  const peopleOf = (openId: string) => {
    const of = accounts[openId]?.of;
    const unit = { id: of ?? '', name: '' };
    return of ? [{ id: openId, name: openId, unit, position: '', version: 1 }] : [];
  };
  const rolesOf = (openId: string) => accounts[openId]?.roles ?? [];
  const read = {
    roots: async () => ['city'],
    unit: async (id: string) => ({ id, name: id, kind: '', names: [], parentId: PARENTS[id], isRoot: id === 'city' }),
    unitsAbove: async ([id = '']: readonly string[]) => above(id),
    isWithin: async (id: string, ids: readonly string[]) => above(id).some((each) => ids.includes(each)),
    roleHolders: async (asked: readonly Role[]) =>
      Object.entries(accounts).flatMap(([openId, { roles }]) =>
        roles.filter(({ role }) => asked.includes(role)).map((role) => ({ ...role, openId, people: [] })),
      ),
    roles: async (openId: string) => rolesOf(openId),
    peopleByOpenId: async (openId: string) => peopleOf(openId),
  };
  const actor = { openId: by, people: peopleOf(by), roles: rolesOf(by), isAdministrator: configured.includes(by) };
  return outsideOffice(
    { read, actor, administrators: new Set(configured) },
    { id: 'school', name: '' },
    { named, isNew },
  );
}

test('the county’s supervisor, and whoever is of the school, leaves the office over all units among the viewers', async () => {
  const accounts = { HEAD, CITY, COUNTY, SCHOOL };
  expect(await added(accounts, 'COUNTY')).toEqual(['HEAD']);
  expect(await added(accounts, 'SCHOOL')).toEqual(['HEAD']);
  expect(await added(accounts, 'COUNTY', { configured: ['ou_configured'] })).toEqual(['ou_configured', 'HEAD']);
});

test('an office over all units is not joined by others, whether it writes or is named', async () => {
  const accounts = { HEAD, CITY, COUNTY };
  expect(await added(accounts, 'HEAD')).toEqual([]);
  expect(await added(accounts, 'COUNTY', { named: ['HEAD'] })).toEqual([]);
  expect(await added(accounts, 'COUNTY', { named: ['CITY'] })).toEqual(['HEAD']);
  expect(await added(accounts, 'CITY')).toEqual(['HEAD']);
});

test('for a new problem any office outside is enough', async () => {
  const accounts = { HEAD, CITY, COUNTY };
  expect(await added(accounts, 'CITY', { isNew: true })).toEqual([]);
  expect(await added(accounts, 'COUNTY', { isNew: true, named: ['CITY'] })).toEqual([]);
  expect(await added(accounts, 'COUNTY', { isNew: true, named: ['COUNTY'] })).toEqual(['HEAD']);
});

test('where nobody outside decides on all units, somebody outside who decides on this one stays; else whoever decides at all', async () => {
  const inside: Account = { of: 'wanghai', roles: [{ role: 'administrator' }] };
  expect(await added({ CITY, COUNTY, inside }, 'COUNTY')).toEqual(['CITY']);
  expect(await added({ COUNTY, inside }, 'COUNTY')).toEqual(['inside']);
});

test('whose unit nobody knows is of the side that the role is for, unless it is for all units', async () => {
  expect(await added({ HEAD, UNKNOWN }, 'UNKNOWN')).toEqual(['HEAD']);
  expect(await added({ first: { roles: [{ role: 'administrator' }] }, COUNTY }, 'COUNTY')).toEqual(['first']);
});
