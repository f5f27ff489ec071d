import { expect, test } from 'vitest';
import type { Role } from '../../../src/domain/people/person.ts';
import { type Acting, type Action, type Item, may, RIGHTS, whyNot } from '../../../src/domain/people/rights.ts';

// A city with a district and its school; beside it another district. Everybody asks about the school's item.
const ABOVE: Readonly<Record<string, readonly string[]>> = {
  city: ['city'],
  district: ['city', 'district'],
  school: ['city', 'district', 'school'],
  other: ['city', 'otherDistrict', 'other'],
};
const unit = (id: string) => ({ id, name: id });
const acting = (over: Partial<Acting> = {}): Acting => ({
  openId: 'ou_me',
  people: [{ id: 'me', unit: unit('office') }],
  roles: [],
  isAdministrator: false,
  ...over,
});
const holding = (role: Role, unitId?: string) => acting({ roles: [{ role, unitId }] });
const item = (unitId: string, over: Partial<Item> = {}): Item => ({
  units: [{ id: unitId, above: ABOVE[unitId] ?? [] }],
  ...over,
});

/** Ways to stand to the school's item, a letter each in the table below. */
const STANDINGS: Readonly<Record<string, readonly [Acting, Item]>> = {
  // Roles that reach it: of everything, or of the district above it.
  A: [holding('administrator', 'district'), item('school')],
  S: [holding('supervisor', 'district'), item('school')],
  L: [holding('liaison', 'district'), item('school')],
  E: [holding('leader', 'district'), item('school')],
  I: [holding('inspector', 'district'), item('school')],
  O: [holding('observer', 'district'), item('school')],
  // What follows from the item.
  i: [acting(), item('school', { team: ['you', 'me'] })],
  r: [acting(), item('school', { responsible: ['me'] })],
  u: [acting(), item('school', { author: 'ou_me' })],
  m: [acting({ people: [{ id: 'me', unit: unit('school') }] }), item('school')],
};
/** Standings that never give a right. */
const STRANGERS: readonly (readonly [Acting, Item])[] = [
  [acting(), item('school')],
  [acting({ people: [] }), item('school', { team: [], responsible: [] })],
  [acting(), item('school', { team: ['you'], responsible: ['you'], author: 'ou_you' })],
  ...(['administrator', 'supervisor', 'inspector', 'liaison', 'leader', 'observer'] as const).flatMap((role) => [
    [holding(role, 'other'), item('school')] as const,
    // A unit below does not reach what is above it.
    [holding(role, 'school'), item('district')] as const,
  ]),
];

/** Who may, by hand: the promise against which the table in code is held. */
const WHO: Readonly<Record<Action, string>> = {
  'unit.read': 'ASIEOL',
  'visit.schedule': 'AS',
  'visit.change': 'AS',
  'visit.cancel': 'AS',
  'finding.draft': 'ASLIi',
  'finding.register': 'ASIi',
  'finding.evidence': 'ASLIir',
  'finding.dispute': 'ALr',
  'finding.issue': 'AS',
  'finding.change': 'AS',
  'finding.acknowledge': 'ALr',
  'finding.filePlan': 'ALr',
  'finding.returnPlan': 'AS',
  'finding.fix': 'ALr',
  'finding.submit': 'ALr',
  'finding.askExtension': 'ALr',
  'finding.decideExtension': 'AS',
  'finding.recheck': 'ASIi',
  'finding.return': 'ASIi',
  'finding.close': 'AS',
  'finding.longTerm': 'AS',
  'finding.drop': 'AS',
  'finding.reopen': 'ASIi',
  'finding.restrict': 'AS',
  'finding.lift': 'AS',
  'escalation.confirm': 'AS',
  'escalation.record': 'AS',
  'escalation.lower': 'AS',
  'task.create': 'AS',
  'task.change': 'AS',
  'task.assign': 'ASLr',
  'task.pursue': 'AS',
  'task.report': 'ALrm',
  'task.correct': 'AS',
  'task.close': 'AS',
  'task.collect': 'AS',
  'notice.send': 'AS',
  'notice.acknowledge': 'LEIirm',
  'notice.unconfirmed': 'ASLEu',
  'program.change': 'AS',
  'reminder.change': 'AS',
  'rehearsal.read': 'AS',
  'export.take': 'ASILE',
  'import.apply': 'A',
  'term.change': 'AS',
  'calendar.change': 'A',
  'group.bind': 'A',
  'group.read': 'A',
  'people.read': 'AS',
  'people.change': 'A',
  'role.change': 'A',
  'audit.read': 'AS',
  'settings.change': 'A',
  'pushes.pause': 'A',
};
const ACTIONS = Object.keys(RIGHTS).filter((action): action is Action => action in WHO);
const ROLE_LETTERS = {
  A: 'administrator',
  S: 'supervisor',
  I: 'inspector',
  L: 'liaison',
  E: 'leader',
  O: 'observer',
} as const;

test('the table names every action', () => {
  expect(Object.keys(RIGHTS)).toEqual(Object.keys(WHO));
});

test.each(ACTIONS)('%s: by those who may for the unit, by nobody for another', (action) => {
  const allowed = Object.keys(STANDINGS).filter((letter) => {
    const standing = STANDINGS[letter];
    return standing && may(standing[0], action, standing[1]);
  });
  expect(allowed.toSorted().join('')).toBe([...WHO[action]].toSorted().join(''));
  for (const [actor, on] of STRANGERS) expect(may(actor, action, on)).toBe(false);
});

test.each(ACTIONS)('%s of the whole district: by roles without a unit only', (action) => {
  for (const [letter, role] of Object.entries(ROLE_LETTERS)) {
    const inTable = WHO[action].includes(letter);
    expect(may(holding(role), action)).toBe(inTable);
    expect(may(holding(role), action, item('school'))).toBe(inTable);
    expect(may(holding(role, 'city'), action)).toBe(false);
  }
  expect(may(acting({ isAdministrator: true }), action)).toBe(WHO[action].includes('A'));
});

const IMPARTIAL = ['finding.change', 'finding.decideExtension', 'finding.recheck', 'finding.close'] as const;
const LETTING_OFF = [
  ...IMPARTIAL,
  'finding.longTerm',
  'finding.drop',
  'finding.restrict',
  'finding.lift',
  'escalation.lower',
] as const;

test.each(LETTING_OFF)('%s: nobody decides it for a unit of their own, whatever their role', (action) => {
  const insider = [{ id: 'me', unit: unit('school') }];
  for (const actor of [
    acting({ people: insider, isAdministrator: true }),
    acting({ people: insider, roles: [{ role: 'administrator' }] }),
    acting({ people: insider, roles: [{ role: 'supervisor' }] }),
    acting({ roles: [{ role: 'supervisor', unitId: 'school' }] }),
    acting({ roles: [{ role: 'supervisor' }, { role: 'liaison', unitId: 'school' }] }),
    acting({ roles: [{ role: 'supervisor' }, { role: 'leader', unitId: 'school' }] }),
  ]) {
    expect(whyNot(actor, action, item('school', { team: ['me'] }))).toMatch(/^不能对本单位的问题/);
    expect(may(actor, 'finding.register', item('school', { team: ['me'] }))).toBe(true);
  }
  expect(may(holding('supervisor', 'district'), action, item('school'))).toBe(true);
});

test('no other action refuses what is of one’s own unit', () => {
  const actor = acting({ people: [{ id: 'me', unit: unit('school') }], isAdministrator: true });
  const refused = ACTIONS.filter((action) => whyNot(actor, action, item('school'))?.startsWith('不能对本单位'));
  expect(refused.toSorted()).toEqual([...LETTING_OFF].toSorted());
});

/** Acts that are each unit's own share of the item, by hand. */
const SHARES: readonly Action[] = ['task.report', 'notice.acknowledge', 'notice.unconfirmed'];
const shared: Item = { units: [...item('school').units, ...item('other').units] };

test.each(ACTIONS)('%s of an item of two units: a role over one of them is enough for its own share only', (action) => {
  for (const [letter, role] of Object.entries(ROLE_LETTERS)) {
    const inTable = WHO[action].includes(letter);
    const both = acting({
      roles: [
        { role, unitId: 'otherDistrict' },
        { role, unitId: 'district' },
      ],
    });
    expect(may(both, action, shared)).toBe(inTable);
    expect(may(holding(role, 'city'), action, shared)).toBe(inTable);
    expect(may(holding(role, 'otherDistrict'), action, shared)).toBe(inTable && SHARES.includes(action));
    expect(may(holding(role, 'city'), action, { units: [] })).toBe(false);
  }
});

test('an item of several units is own by each', () => {
  const supervisor = acting({ roles: [{ role: 'supervisor' }, { role: 'liaison', unitId: 'other' }] });
  expect(whyNot(supervisor, 'finding.close', shared)).toMatch(/^不能对本单位的问题/);
});

test('a refusal says who may and what to do next', () => {
  expect(whyNot(acting(), 'finding.close', item('school'))).toBe('只有管理员、督导员可以销号，请联系管理员。');
  expect(whyNot(holding('supervisor', 'other'), 'visit.schedule', item('school'))).toBe(
    '您的角色只管所授单位及下属单位，这里不能安排督导。请联系该单位的管理员、督导员。',
  );
  expect(whyNot(holding('administrator', 'other'), 'settings.change')).toBe(
    '您的角色只管所授单位及下属单位，这项要管理全部单位的管理员才可以更改设置。',
  );
  for (const action of ACTIONS) expect(whyNot(acting(), action, item('school'))).toMatch(/[。]$/);
});

test('the liaison of a bureau acts for its government itself and reads what is below; where it has its own, only reads', () => {
  const bureau = (extent: 'itself' | 'sight') =>
    acting({
      roles: [
        { role: 'liaison', unitId: 'office' },
        { role: 'liaison', unitId: 'district', of: 'office', extent },
      ],
    });
  const reading: readonly Action[] = ['unit.read', 'notice.unconfirmed', 'export.take'];
  for (const action of ACTIONS) {
    const isLiaisons = WHO[action].includes('L');
    expect(may(bureau('itself'), action, item('district')), action).toBe(isLiaisons);
    expect(may(bureau('itself'), action, item('school')), action).toBe(isLiaisons && reading.includes(action));
    expect(may(bureau('sight'), action, item('district')), action).toBe(isLiaisons && reading.includes(action));
  }
  const both = (extent: 'itself' | 'sight') => acting({ roles: [{ role: 'supervisor' }, ...bureau(extent).roles] });
  expect(may(both('itself'), 'finding.close', item('district'))).toBe(false);
  expect(may(both('sight'), 'finding.close', item('district'))).toBe(true);
});

test('whoever supervises for a bureau does not close what is the bureau’s own', () => {
  const supervisor = acting({ roles: [{ role: 'supervisor', unitId: 'district', of: 'school' }] });
  expect(may(supervisor, 'finding.close', item('school'))).toBe(false);
  expect(may(supervisor, 'finding.close', item('district'))).toBe(false);
});
