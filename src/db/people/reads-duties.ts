import { type RawBuilder, sql } from 'kysely';
import { date, type LocalDate } from '../../domain/calendar/local-date.ts';
import type { DutyReads } from '../../ports/people.ts';
import type { Engine } from '../engine.ts';
import { dateOrUndefined, grouped } from '../values.ts';

// What is still to be done, one subquery of ids a kind: what is shown before a handing over is what is moved by it.

export const openVisits = (personId: string, today: LocalDate): RawBuilder<string> =>
  sql`(SELECT DISTINCT m.inspection_id AS id FROM inspection_member AS m JOIN inspection AS i ON i.id = m.inspection_id
    WHERE m.person_id = ${personId} AND i.date_to >= ${today})`;

export const openContacts = (personId: string, today: LocalDate): RawBuilder<string> =>
  sql`(SELECT i.id FROM person AS p JOIN inspection AS i ON i.unit_id = p.unit_id AND i.contact = p.name
    WHERE p.id = ${personId} AND i.date_to >= ${today})`;

export const openTasks = (personId: string): RawBuilder<string> =>
  sql`(SELECT DISTINCT t.id FROM task_person AS tp JOIN task AS t ON t.id = tp.task_id
    WHERE tp.person_id = ${personId} AND t.state = 'open' AND t.restricted = 0)`;

export const openFindings = (personId: string): RawBuilder<string> =>
  sql`(SELECT id FROM finding WHERE responsible_id = ${personId} AND restricted = 0 AND state NOT IN ('closed', 'dropped'))`;

export function dutyReads({ db }: Engine): DutyReads {
  return {
    async duties(personId, today) {
      const [visits, contacts, tasks, findings, restricted, confidential] = await Promise.all([
        db
          .selectFrom('inspection as i')
          .innerJoin('unit as u', 'u.id', 'i.unit_id')
          .innerJoin('inspection_member as m', 'm.inspection_id', 'i.id')
          .where('m.person_id', '=', personId)
          .where('i.date_to', '>=', today)
          .select([
            'i.id',
            'i.date_from',
            'i.date_to',
            'i.kind',
            'i.unannounced',
            'i.begins_at',
            'i.state',
            'u.name as unit',
          ])
          .select((eb) => eb.fn.min('m.role').as('role'))
          .groupBy(['i.id', 'i.date_from', 'i.date_to', 'i.kind', 'i.unannounced', 'i.begins_at', 'i.state', 'u.name'])
          .orderBy('i.date_from')
          .orderBy('i.begins_at')
          .orderBy('i.id')
          .execute(),
        db
          .selectFrom('inspection')
          .where('id', 'in', openContacts(personId, today))
          .select(['id', 'unannounced', 'begins_at', 'state'])
          .orderBy('id')
          .execute(),
        db
          .selectFrom('task')
          .where('id', 'in', openTasks(personId))
          .select(['id', 'title', 'due_text'])
          .orderBy(sql`due IS NULL`)
          .orderBy('due')
          .orderBy('number')
          .execute(),
        db
          .selectFrom('finding as f')
          .innerJoin('unit as u', 'u.id', 'f.unit_id')
          .where('f.id', 'in', openFindings(personId))
          .select(['f.id', 'f.number', 'f.description', 'f.due', 'u.name as unit'])
          .orderBy('f.number')
          .execute(),
        db
          .selectFrom('finding as f')
          .leftJoin('finding_viewer as v', 'v.finding_id', 'f.id')
          .where((eb) =>
            eb.or([
              eb('f.responsible_id', '=', personId),
              eb(
                'f.id',
                'in',
                db
                  .selectFrom('finding_viewer as own')
                  .innerJoin('person as p', 'p.open_id', 'own.open_id')
                  .where('p.id', '=', personId)
                  .select('own.finding_id'),
              ),
            ]),
          )
          .where('f.restricted', '=', 1)
          .where('f.state', 'not in', ['closed', 'dropped'])
          .select(['f.id', 'f.number', 'v.open_id'])
          .orderBy('f.number')
          .orderBy('v.open_id')
          .execute(),
        db
          .selectFrom('task_person as tp')
          .innerJoin('task as t', 't.id', 'tp.task_id')
          .innerJoin('program as p', 'p.id', 't.program_id')
          .where('tp.person_id', '=', personId)
          .where('t.restricted', '=', 1)
          .where('t.state', '=', 'open')
          .select(['t.number', 'p.unit_id'])
          .distinct()
          .orderBy('t.number')
          .execute(),
      ]);
      return {
        visits: visits.map((row) => ({
          id: row.id,
          from: date(row.date_from),
          to: date(row.date_to),
          unit: row.unit,
          kind: row.kind,
          role: row.role,
          unannounced: row.unannounced === 1,
          beginsAt: row.begins_at,
          state: row.state,
        })),
        contacts: contacts.map((row) => ({
          id: row.id,
          unannounced: row.unannounced === 1,
          beginsAt: row.begins_at,
          state: row.state,
        })),
        tasks: tasks.map((row) => ({ id: row.id, title: row.title, dueText: row.due_text })),
        findings: findings.map((row) => ({ ...row, due: dateOrUndefined(row.due) })),
        restricted: [...grouped(restricted, ({ id }) => id).values()].flatMap((rows) => {
          const [first] = rows;
          return first
            ? [{ id: first.id, number: first.number, viewers: rows.flatMap((row) => row.open_id ?? []) }]
            : [];
        }),
        confidential: confidential.map((row) => ({ number: row.number ?? 0, unitId: row.unit_id })),
      };
    },
  };
}
