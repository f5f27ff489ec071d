import { type RawBuilder, sql } from 'kysely';
import type { Person } from '../../domain/people/person.ts';
import type { AuditItem, AuditReader, AuditReads } from '../../ports/audit.ts';
import type { Engine } from '../engine.ts';
import { everybody, personOf } from '../people/reads-people.ts';
import { subtree } from '../scope.ts';
import { toldTo } from '../tasks/reads-tasks.ts';
import { orUndefined } from '../values.ts';

/** Who has left is named by the account of before; a wrong account that was taken away is not. */
const ACCOUNT = sql<string | null>`CASE WHEN p.gone = 'left' THEN p.former_open_id ELSE p.open_id END`;

/** Who changed what, when, where. */
export function auditReads(engine: Engine): AuditReads {
  const { db, dialect } = engine;
  return {
    async audit({ from, before, people, unitId, subjects, actions, reader, limit }) {
      const accounts = () =>
        unitId === undefined
          ? dialect.texts((people ?? []).flatMap(({ openId }) => openId ?? []))
          : db
              .selectFrom('person')
              .where('unit_id', 'in', subtree(engine, [unitId]))
              .where(sql`COALESCE(open_id, former_open_id)`, 'is not', null)
              .select(sql<string>`COALESCE(open_id, former_open_id)`.as('open_id'));
      const ids = () =>
        unitId === undefined
          ? dialect.texts((people ?? []).map(({ id }) => id))
          : db
              .selectFrom('person')
              .where('unit_id', 'in', subtree(engine, [unitId]))
              .select('id');
      const chats = () =>
        db
          .selectFrom('work_group')
          .where('unit_id', 'in', subtree(engine, unitId === undefined ? [] : [unitId]))
          .select('chat_id');
      const rows = await db
        .selectFrom('audit as a')
        .leftJoin('work_group as g', 'g.chat_id', 'a.chat_id')
        .leftJoin('work_group as s', 's.chat_id', 'a.subject')
        .leftJoin('task as t', 't.id', 'a.subject')
        .leftJoin('notice as n', 'n.id', 'a.subject')
        .leftJoin('reminder_rule as r', 'r.id', 'a.subject')
        .leftJoin('work_group as rg', 'rg.chat_id', 'r.chat_id')
        .$if(subjects !== undefined, (query) => query.where('a.subject', 'in', dialect.texts(subjects ?? [])))
        .$if(from !== undefined, (query) => query.where('a.at', '>=', from ?? 0))
        .$if(before !== undefined, (query) => query.where('a.at', '<', before ?? 0))
        .$if(actions !== undefined, (query) =>
          query.where((eb) => eb.or((actions ?? []).map((begins) => eb('a.action', 'like', `${begins}%`)))),
        )
        .$if(reader !== undefined, (query) => (reader ? query.where(isFor(engine, reader)) : query))
        .$if(people !== undefined || unitId !== undefined, (query) =>
          query.where((eb) =>
            eb.or([
              eb('a.actor', 'in', accounts()),
              eb('a.subject', 'in', accounts()),
              eb('a.subject', 'in', ids()),
              eb('a.subject', 'in', chats()),
              eb('a.chat_id', 'in', chats()),
              ...(unitId === undefined ? [] : itemsOf(engine, unitId).map((items) => eb('a.subject', 'in', items))),
            ]),
          ),
        )
        .select(['a.id', 'a.at', 'a.actor', 'a.chat_id', 'a.action', 'a.subject', 'a.before', 'a.after'])
        .select(['g.name as group_name', 's.name as subject_group'])
        .select(['t.number as task_number', 't.title', 't.restricted', 'n.number as notice_number'])
        .select(['r.number as rule_number', 'rg.name as rule_group'])
        .orderBy('a.at', 'desc')
        .orderBy('a.id', 'desc')
        .limit(limit)
        .execute();
      const parsed = rows.map((row) => ({ row, before: parsedJson(row.before), after: parsedJson(row.after) }));
      const keys = [...new Set(rows.flatMap(({ actor, subject }) => [actor, subject]))];
      const named = await everybody(engine)
        .where((eb) => eb.or([eb(ACCOUNT, 'in', dialect.texts(keys)), eb('p.id', 'in', dialect.texts(keys))]))
        .select(ACCOUNT.as('account'))
        .orderBy('p.id')
        .execute();
      const linked = named.map((row) => ({ ...personOf(row), openId: orUndefined(row.account) }));
      const unitNames = await namesOfUnits(
        engine,
        parsed.flatMap((entry) => [entry.before, entry.after]),
      );
      const whoIs = (key: string): readonly Person[] => linked.filter(({ id, openId }) => id === key || openId === key);
      const told = (value: unknown) => (typeof value === 'string' ? (unitNames.get(value) ?? value) : value);
      return parsed.map((entry) => ({
        at: entry.row.at,
        actor: entry.row.actor,
        actorPeople: whoIs(entry.row.actor),
        group: orUndefined(entry.row.group_name),
        inChat: entry.row.chat_id !== null,
        action: entry.row.action,
        subject: entry.row.subject,
        subjectGroup: orUndefined(entry.row.subject_group),
        item: itemOf(entry.row),
        subjectPeople: whoIs(entry.row.subject),
        before: told(entry.before),
        after: told(entry.after),
      }));
    },
  };
}

/** One's own deeds, and what was not done to a secret of others. Problems and visits stand in the record by their number, tasks by both. */
function isFor(engine: Engine, { now, openId, visits, ...confidant }: AuditReader) {
  const withheld = sql`SELECT 'D' || v.number FROM inspection AS v WHERE v.number IS NOT NULL AND v.unannounced = 1
    AND (v.state = 'cancelled' OR v.begins_at > ${now})`;
  const restricted = sql`SELECT 'W' || f.number FROM finding AS f WHERE f.restricted = 1
    AND NOT EXISTS (SELECT 1 FROM finding_viewer AS fv WHERE fv.finding_id = f.id AND fv.open_id = ${openId})`;
  const confidential = (key: RawBuilder<unknown>) => sql`SELECT ${key} FROM task AS t
    JOIN program AS p ON p.id = t.program_id WHERE t.restricted = 1 AND NOT ${toldTo(engine, { openId, ...confidant })}`;
  return sql<boolean>`(a.actor = ${openId} OR NOT (
    a.subject IN (${restricted}) OR a.subject IN (${confidential(sql`t.id`)}) OR a.subject IN (${confidential(sql`'T' || t.number`)})
    ${visits === 'all' ? sql`` : sql`OR (a.action LIKE 'inspection.%' AND a.subject IN (${withheld}))`}))`;
}

interface Named {
  readonly task_number: number | null;
  readonly title: string | null;
  readonly restricted: number | null;
  readonly notice_number: number | null;
  readonly rule_number: number | null;
  readonly rule_group: string | null;
}

function itemOf(row: Named): AuditItem | undefined {
  if (row.task_number !== null)
    return { kind: 'task', number: row.task_number, title: row.restricted ? undefined : (row.title ?? undefined) };
  if (row.notice_number !== null) return { kind: 'notice', number: row.notice_number };
  return row.rule_number === null ? undefined : { kind: 'rule', number: row.rule_number, group: row.rule_group ?? '' };
}

/** What belongs to the unit and those below it, as the record names it; that a secret item is theirs is not told. */
const itemsOf = (engine: Engine, unitId: string) => {
  const { db } = engine;
  const units = () => subtree(engine, [unitId]);
  return [
    db
      .selectFrom('finding')
      .where('unit_id', 'in', units())
      .where('restricted', '=', 0)
      .select(sql<string>`'W' || number`.as('subject')),
    db
      .selectFrom('inspection')
      .where('unit_id', 'in', units())
      .where('number', 'is not', null)
      .select(sql<string>`'D' || number`.as('subject')),
    db
      .selectFrom('task_unit as tu')
      .innerJoin('task', 'task.id', 'tu.task_id')
      .where('tu.unit_id', 'in', units())
      .where('task.restricted', '=', 0)
      .select('task.id as subject'),
    db.selectFrom('unit').where('id', 'in', units()).select('name as subject'),
  ];
};

const parsedJson = (json: string | null): unknown => (json === null ? undefined : JSON.parse(json));

/** A binding is written down by the unit's id. */
async function namesOfUnits({ db, dialect }: Engine, values: readonly unknown[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(values.filter((value) => typeof value === 'string'))];
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('unit').where('id', 'in', dialect.texts(ids)).select(['id', 'name']).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
