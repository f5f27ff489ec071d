import { describe, expect, test } from 'vitest';
import { date } from '../../../src/domain/calendar/local-date.ts';
import type { WorkGroup } from '../../../src/domain/groups/group.ts';
import type { Inspection, TeamSeat } from '../../../src/domain/visits/inspection.ts';
import { whoIsConcerned } from '../../../src/features/recipients/concerned-by-visit.ts';

const group = (chatId: string, isRoot = false): WorkGroup => ({
  chatId,
  name: chatId,
  state: 'active',
  version: 1,
  unit: { id: chatId, name: chatId, sees: chatId, isRoot },
});
const [city, school, office] = [group('city', true), group('school'), group('office')];
const seat = (name: string, openId?: string): TeamSeat => ({ role: 'member', name, personId: name, openId });
const visit = (more: Partial<Inspection> = {}): Inspection => ({
  id: 'i',
  number: 1,
  state: 'planned',
  reason: '',
  unit: { id: 'u', name: '一中' },
  from: date('2026-04-09'),
  to: date('2026-04-09'),
  dateText: '',
  period: '上午',
  beginsAt: 1_000,
  kind: '专项督导',
  topic: '',
  unannounced: false,
  contact: '',
  contactPhone: '',
  note: '',
  version: 1,
  team: [],
  ...more,
});
const by = { openId: 'ou_by' };
const names = (told: ReturnType<typeof whoIsConcerned>) =>
  told.map(({ to, before, after }) => [
    'openId' in to ? to.openId : to.chatId,
    [before && 'before', after && 'after'].filter(Boolean).join(' '),
  ]);

describe('whoever is concerned by a visit', () => {
  test('is each told once: the chain, the groups of the team’s units, two seats of one account', () => {
    const team = [seat('甲', 'ou_1'), seat('乙', 'ou_1'), seat('丙')];
    const side = { visit: visit({ team }), groups: [city, school, office, city] };
    expect(names(whoIsConcerned(undefined, side, 0, by))).toEqual([
      ['city', 'after'],
      ['school', 'after'],
      ['office', 'after'],
      ['ou_1', 'after'],
    ]);
  });

  test('is not told by the bot what they did, or read, themselves', () => {
    const side = { visit: visit({ team: [seat('甲', 'ou_by')] }), groups: [city, school] };
    expect(names(whoIsConcerned(undefined, side, 0, { ...by, chatId: 'school' }))).toEqual([['city', 'after']]);
  });

  test('and leaves it, or comes to it, knows the side that they were on', () => {
    const before = { visit: visit({ team: [seat('甲', 'ou_1')] }), groups: [city, school] };
    const after = { visit: visit({ team: [seat('乙', 'ou_2')] }), groups: [city, office] };
    expect(names(whoIsConcerned(before, after, 0, by))).toEqual([
      ['city', 'before after'],
      ['school', 'before'],
      ['office', 'after'],
      ['ou_1', 'before'],
      ['ou_2', 'after'],
    ]);
  });

  test('without notice is the team, and the district’s group without the target; a cancelled target stays unknown for good', () => {
    const side = { visit: visit({ unannounced: true, team: [seat('甲', 'ou_1')] }), groups: [city, school, office] };
    const told = whoIsConcerned(undefined, side, 0, by);
    expect(names(told)).toEqual([
      ['city', 'after'],
      ['ou_1', 'after'],
    ]);
    expect(told.map(({ after }) => after?.withheld)).toEqual([true, false]);
    const elsewhere = { ...side, visit: { ...side.visit, unit: { id: 'v', name: '二中' }, topic: '食堂' } };
    expect(names(whoIsConcerned(side, elsewhere, 0, by))).toEqual([['ou_1', 'before after']]);
    const cancelled = { ...side, visit: { ...side.visit, state: 'cancelled' } as const };
    expect(names(whoIsConcerned(side, cancelled, 5_000, by))).toContainEqual(['city', 'before after']);
    expect(
      whoIsConcerned(side, cancelled, 5_000, by).find(({ to }) => 'chatId' in to && to.chatId === 'school')?.after,
    ).toBeUndefined();
  });
});
