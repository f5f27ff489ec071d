import { expect } from 'vitest';
import { date } from '../../src/domain/calendar/local-date.ts';
import type { FindingFacts } from '../../src/domain/findings/finding.ts';
import type { AuditEntry } from '../../src/ports/audit.ts';
import type { Change, NewMessage, UnitOfWork } from '../../src/ports/changes.ts';
import type { Put } from '../../src/ports/imports.ts';
import type { Leased, Outbox } from '../../src/ports/outbox.ts';
import type { PersonRow } from '../../src/ports/people.ts';
import type { ReminderRule } from '../../src/ports/reminders.ts';
import type { TaskRow } from '../../src/ports/tasks.ts';
import type { UnitRow } from '../../src/ports/units.ts';
import type { InspectionRow } from '../../src/ports/visits.ts';
import type { Home } from '../support/homes.ts';

/** A unit of work with what the test is about; nothing else happens in it. */
export const work = (parts: Partial<UnitOfWork>): UnitOfWork => ({ changes: [], messages: [], audit: [], ...parts });

export const event = (eventId: string, at = 1_000): UnitOfWork['guard'] => ({ kind: 'event', eventId, at });

/** Makes the changes true; the test stops here when they are not. */
export async function given(home: Home, ...changes: Change[]): Promise<void> {
  expect(await home.store.commit(work({ changes }))).toBe('done');
}

type UnitPut = Put<UnitRow & { readonly version: number }>;

const unit = (id: string, name: string, kind: string, parentId?: string, ...names: string[]): UnitPut => ({
  id,
  name,
  kind,
  parentId,
  names: [name, ...names],
});

/** A city's bureau with a department, and two counties with schools; both first schools are called 一小 for short. */
export const UNITS = [
  unit('bureau', '海州市教育局', '教育局', undefined, '市教育局'),
  unit('culture', '市文明办', '市直部门', 'bureau', '文明办'),
  unit('wanghai', '望海区教育局', '县区教育局', 'bureau', '望海区'),
  unit('wanghai-1', '望海区第一小学', '小学', 'wanghai', '一小'),
  unit('wanghai-k', '望海区实验幼儿园', '幼儿园', 'wanghai'),
  unit('chengguan', '城关区教育局', '县区教育局', 'bureau', '城关区'),
  unit('chengguan-1', '城关区第一小学', '小学', 'chengguan', '一小'),
] as const;

export const district: Change = { kind: 'units.put', rows: UNITS };

export const person = (
  id: string,
  unitId: string,
  name: string,
  more: Partial<Put<PersonRow>> = {},
): Put<PersonRow> => ({
  id,
  unitId,
  name,
  position: '',
  officePhone: '',
  email: '',
  ...more,
});

export const program = (id: string, unitId: string, checklistId?: string): Change => ({
  kind: 'programs.put',
  rows: [{ id, unitId, name: `专项${id}`, checklistId }],
});

export function inspection(
  id: string,
  unitId: string,
  from: string,
  more: Partial<Put<InspectionRow>> = {},
): Put<InspectionRow> {
  return {
    id,
    unitId,
    from: date(from),
    to: date(from),
    dateText: '',
    period: '上午',
    beginsAt: Date.parse(`${from}T01:00:00Z`),
    kind: '专项督导',
    topic: '',
    unannounced: false,
    team: [],
    contact: '',
    contactPhone: '',
    note: '',
    ...more,
  };
}

export const task = (programId: string, code: string, more: Partial<Put<TaskRow>> = {}): Put<TaskRow> => ({
  id: `${programId}-${code}`,
  programId,
  code,
  kind: 'keyWork',
  title: `任务${code}`,
  level1: '',
  level2: '',
  requirement: '',
  evidence: '',
  note: '',
  veto: false,
  due: { kind: 'none' },
  dueText: '',
  dayUnit: 'working',
  units: [],
  people: [],
  ...more,
});

export const rule = (chatId: string, content: ReminderRule['content'], fireAt: number): Change => ({
  kind: 'rule.added',
  rule: {
    id: `${chatId}:${content}`,
    chatId,
    content,
    recurrence: { kind: 'workdays' },
    time: '08:30',
    nominalAt: fireAt - 90,
    fireAt,
  },
});

export const message = (key: string, more: Partial<NewMessage> = {}): NewMessage => ({
  key,
  lane: 'reply',
  chatId: 'oc_1',
  type: 'text',
  content: '{"text":"好"}',
  uuid: key,
  dueAt: 1_000,
  createdAt: 1_000,
  ...more,
});

export const audit = (id: string): AuditEntry => ({
  id,
  at: 1_000,
  actor: 'ou_1',
  action: 'group.bound',
  subject: 'oc_1',
});

/** All messages that may be taken now, at most so many; by `taker`. */
export async function take(outbox: Outbox, now: number, most = 10, taker = 'a'): Promise<readonly Leased[]> {
  const room = { reply: most, send: most, patch: most, upload: most };
  const { messages } = await outbox.take(now, { taker, leaseMs: 60_000, room, most });
  return messages;
}

/** A problem of 望海区第一小学, as it is entered. */
export const findingFacts = (number: number, more: Partial<FindingFacts> = {}): FindingFacts => ({
  id: `finding_${number}`,
  number,
  unit: { id: 'wanghai-1', name: '望海区第一小学' },
  description: '台账不全',
  severity: 'minor',
  term: 'timeLimited',
  viewers: [],
  foundOn: date('2026-04-20'),
  enteredBy: 'ou_a',
  program: undefined,
  visit: undefined,
  indicator: undefined,
  responsible: undefined,
  ...more,
});
