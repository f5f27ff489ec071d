import { sql } from 'kysely';
import { date } from '../../domain/calendar/local-date.ts';
import type { CalendarReads } from '../../ports/calendar.ts';
import type { Engine } from '../engine.ts';
import { ruleOf } from '../reminders/reads-reminders.ts';
import { orUndefined } from '../values.ts';

/** What was entered into the calendar, and the rules that do not follow it yet. */
export function calendarReads({ db }: Engine): CalendarReads {
  return {
    // One question, and all but the first part of it answered by indexes: it is asked for each event and each beat.
    async calendarState(at = 0) {
      const row = await db
        .selectFrom('calendar as c')
        .where('c.id', '=', 'calendar')
        .select([
          'c.version',
          sql<number>`CASE WHEN EXISTS (SELECT 1 FROM reminder_rule r WHERE r.enabled = 1 AND r.calendar_version < c.version)
            THEN 1 ELSE 0 END`.as('behind'),
          sql<number>`CASE WHEN EXISTS (SELECT 1 FROM reminder_rule d WHERE d.enabled = 1 AND d.fire_at <= ${at})
            THEN 1 ELSE 0 END`.as('due'),
        ])
        .executeTakeFirstOrThrow();
      return { version: row.version, rulesBehind: row.behind === 1, rulesDue: row.due === 1 };
    },

    async calendarEntries() {
      const [days, years, periods, tree] = await Promise.all([
        db.selectFrom('calendar_day').selectAll().orderBy('day').execute(),
        db.selectFrom('calendar_year').selectAll().orderBy('year').execute(),
        db.selectFrom('school_period').selectAll().orderBy('date_from').orderBy('unit_id').execute(),
        db.selectFrom('unit').select(['id', 'parent_id']).where('parent_id', 'is not', null).execute(),
      ]);
      return {
        days: days.map(({ day, kind, name }) => ({ day: date(day), kind, name })),
        announced: years.map(({ year }) => year),
        periods: periods.map((row) => ({
          unitId: row.unit_id,
          schoolYear: row.school_year,
          part: row.part,
          from: date(row.date_from),
          to: date(row.date_to),
        })),
        parents: new Map(
          tree.flatMap(({ id, parent_id }): [string, string][] => (parent_id === null ? [] : [[id, parent_id]])),
        ),
      };
    },

    async rulesBehind(version, limit) {
      const rows = await db
        .selectFrom('reminder_rule as r')
        .innerJoin('work_group as g', 'g.chat_id', 'r.chat_id')
        .where(sql<boolean>`r.enabled = 1`)
        .where('r.calendar_version', '<', version)
        .selectAll('r')
        .select('g.unit_id')
        .orderBy('r.calendar_version')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ rule: ruleOf(row), unitId: orUndefined(row.unit_id) }));
    },
  };
}
