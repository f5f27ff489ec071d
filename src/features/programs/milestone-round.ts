import { withCalendar } from '../../app/calendars.ts';
import { cardMessage } from '../../app/card-message.ts';
import type { WithoutLark } from '../../app/core.ts';
import { type Instant, type LocalDate, wallClock } from '../../domain/calendar/local-date.ts';
import { asksForDay, type Milestone } from '../../domain/programs/program.ts';
import { waitsUntil } from '../../domain/settings.ts';
import { isTime } from '../../domain/tasks/pursuit.ts';
import type { NewMessage } from '../../ports/changes.ts';
import type { Program } from '../../ports/programs.ts';
import { officeOf } from '../recipients/office.ts';
import { askingDoc } from './remake-milestone.ts';

/**
 * A vague milestone asks whoever runs the program for its day, when its days begin and again when they are over: until then everything that
 * hangs on it can only be told roughly. Once each: the event id of the guard is kept for longer than the question is open.
 */
export async function askForDays(given: WithoutLark, now: Instant): Promise<void> {
  const { store, zone } = given;
  if (!isTime(now, zone) || (await store.pause())) return;
  if (waitsUntil(await store.settings(), undefined, now, zone) !== undefined) return;
  const { calendar } = await withCalendar(given);
  const today = wallClock(now, zone).date;
  for (const program of await store.allPrograms()) {
    if (program.archivedAt !== undefined) continue;
    for (const step of program.steps) {
      const asks = asksForDay(step, today, calendar);
      if (asks) await ask(given, { program, step, asks, today, now });
    }
  }
}

interface Asked {
  readonly program: Program;
  readonly step: Milestone;
  readonly asks: 'begun' | 'over';
  readonly today: LocalDate;
  readonly now: Instant;
}

async function ask({ store, adminOpenIds, ids }: WithoutLark, { program, step, asks, today, now }: Asked) {
  const key = `milestone:${program.id}:${step.name}:${step.period?.from}:${asks}`;
  const openIds = await officeOf(store, [program.unit.id], adminOpenIds);
  const doc = await askingDoc(store, { program, step, asks, today });
  const remake = { kind: 'alert', of: 'milestone', programId: program.id, name: step.name } as const;
  const messages = openIds.map(
    (openId): NewMessage =>
      cardMessage(doc, {
        key: `${key}:${openId}`,
        lane: 'push',
        chatId: openId,
        openId,
        remake,
        uuid: ids.next('p'),
        now,
      }),
  );
  await store.commit({ guard: { kind: 'event', eventId: key, at: now }, changes: [], messages, audit: [] });
}
