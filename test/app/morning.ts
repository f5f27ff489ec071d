import { expect } from 'vitest';
import { withCalendar } from '../../src/app/calendars.ts';
import type { Core } from '../../src/app/core.ts';
import { tick } from '../../src/app/tick.ts';
import type { MigratingDatabase } from '../../src/db/database.ts';
import { date, instantAt, type LocalTime } from '../../src/domain/calendar/local-date.ts';
import { nextOccurrence } from '../../src/domain/reminders/recurrence.ts';
import { DEFAULT_RULES } from '../../src/domain/reminders/reminder.ts';
import { fireAt } from '../../src/domain/reminders/spread.ts';
import type { Change } from '../../src/ports/changes.ts';
import { inspection, program } from '../db/district.ts';
import { openPostOffice, type PostOffice } from './post-office.ts';

export const MINUTE = 60_000;
export const ZONE = 'Asia/Shanghai';
export const at = (time: LocalTime) => instantAt(date('2026-03-16'), time, ZONE);

/** Groups of one unit each, all with a visit on Monday, 16 March; their rules were made the Friday before. */
export async function district(
  groups: number,
  time: LocalTime = '08:30',
  database?: MigratingDatabase,
  chatOf = (i: number) => `oc_${i.toString(36).padStart(8, 'x')}`,
): Promise<PostOffice> {
  const office = await openPostOffice(50, at('08:00'), database);
  const { calendar } = await withCalendar(office.core);
  const before = instantAt(date('2026-03-13'), '20:00', ZONE);
  const all = Array.from({ length: groups }, (_, i) => i);
  const unitChanges: Change[] = [
    {
      kind: 'units.put',
      rows: all.map((i) => ({ id: `u${i}`, name: `第${i}小学`, kind: '小学', parentId: undefined, names: [] })),
    },
    program('p', 'u0'),
    { kind: 'inspections.put', rows: all.map((i) => inspection(`i${i}`, `u${i}`, '2026-03-16')) },
  ];
  const groupChanges = all.flatMap((i): Change[] => {
    const chatId = chatOf(i);
    return [
      { kind: 'group.joined', chatId, name: `群${i}` },
      { kind: 'group.bound', chatId, unitId: `u${i}`, seen: 1 },
      ...DEFAULT_RULES.map(({ content, recurrence }): Change => {
        const nominalAt = nextOccurrence(recurrence, time, before, ZONE, calendar);
        const rule = { id: `${chatId}:${content}`, chatId, content, recurrence, time, nominalAt };
        return { kind: 'rule.added', rule: { ...rule, fireAt: fireAt(nominalAt, chatId) } };
      }),
    ];
  });
  const changes = [...unitChanges, ...groupChanges];
  expect(await office.database.store.commit({ changes, messages: [], audit: [] })).toBe('done');
  return office;
}

/** One beat a minute, the deliveries in between. */
export async function beatUntil({ core, time }: PostOffice, until: number, of: Core = core): Promise<void> {
  for (;;) {
    const next = (Math.floor(time.now() / MINUTE) + 1) * MINUTE;
    if (next > until) return;
    await time.advanceTo(next);
    await tick(of, next);
  }
}

/** A core whose store does something else for some calls. */
export const withStore = (core: Core, store: Partial<Core['store']>): Core => ({
  ...core,
  store: { ...core.store, ...store },
});
