import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import type { Instant } from '../../domain/calendar/local-date.ts';
import type { GroupChange } from '../../ports/groups.ts';
import type { ReminderChange } from '../../ports/reminders.ts';
import type { Appliers } from '../appliers.ts';
import type { Engine } from '../engine.ts';
import { toJson } from '../json.ts';
import { seenStatement } from '../seen.ts';
import { stand } from '../standing.ts';
import { flag } from '../values.ts';

type Own = GroupChange | ReminderChange;
type Of<Kind extends Own['kind']> = Extract<Own, { readonly kind: Kind }>;

/** Groups, and their reminder rules. */
export const groupAppliers = {
  'group.joined': groupJoined,
  'group.renamed': groupRenamed,
  'group.gone': groupGone,
  'group.bound': groupBound,
  'group.asked': groupAsked,
  'rule.added': ruleAdded,
  'rule.changed': ruleChanged,
  'rule.removed': ruleRemoved,
  'rule.ended': ruleEnded,
  'occurrence.left': occurrenceLeft,
  'occurrence.delayed': occurrenceDelayed,
} satisfies Appliers<Own>;

/** What is known is of `at` or later: an event that is older loses. Without a time nothing is newer. */
const isNews = (column: 'state_at' | 'name_at', at: Instant | undefined) =>
  at === undefined ? sql<boolean>`1 = 1` : sql<boolean>`work_group.${sql.ref(column)} <= ${at}`;

/** A column keeps what it has where what comes is no news. */
const ifNews = (isNewer: RawBuilder<boolean>, column: 'state' | 'name') =>
  sql<never>`CASE WHEN ${isNewer} THEN excluded.${sql.ref(column)} ELSE work_group.${sql.ref(column)} END`;

const latest = (column: 'state_at' | 'name_at') =>
  sql<number>`CASE WHEN excluded.${sql.ref(column)} > work_group.${sql.ref(column)}
    THEN excluded.${sql.ref(column)} ELSE work_group.${sql.ref(column)} END`;

/** A group that is known keeps its binding, and its name when the event brought none. */
function groupJoined({ db }: Engine, { chatId, name, at }: Of<'group.joined'>): CompiledQuery[] {
  const isState = isNews('state_at', at);
  const isName = name === '' ? sql<boolean>`1 = 0` : isNews('name_at', at);
  return [
    db
      .insertInto('work_group')
      .values({
        chat_id: chatId,
        name,
        state: 'active',
        version: 1,
        state_at: at ?? 0,
        name_at: name === '' ? 0 : (at ?? 0),
      })
      .onConflict((on) =>
        on
          .column('chat_id')
          .doUpdateSet({
            state: ifNews(isState, 'state'),
            state_at: latest('state_at'),
            name: ifNews(isName, 'name'),
            name_at: latest('name_at'),
            version: sql`work_group.version + 1`,
          })
          .where(sql<boolean>`(${isState} OR ${isName})`),
      )
      .compile(),
  ];
}

function groupRenamed({ db }: Engine, { chatId, name, at }: Of<'group.renamed'>): CompiledQuery[] {
  return [
    db
      .insertInto('work_group')
      .values({ chat_id: chatId, name, state: 'active', version: 1, state_at: at ?? 0, name_at: at ?? 0 })
      .onConflict((on) =>
        on
          .column('chat_id')
          .doUpdateSet({ name, name_at: latest('name_at'), version: sql`work_group.version + 1` })
          .where(isNews('name_at', at)),
      )
      .compile(),
  ];
}

/** Also for a group that was never seen: without a row it would pass for a direct chat and be sent to. */
function groupGone({ db }: Engine, { chatId, state, at }: Of<'group.gone'>): CompiledQuery[] {
  const isLeft = sql`EXISTS (SELECT 1 FROM work_group AS g WHERE g.chat_id = ${chatId} AND g.state <> 'active')`;
  return [
    db
      .insertInto('work_group')
      .values({ chat_id: chatId, name: '', state, version: 1, state_at: at ?? 0 })
      .onConflict((on) =>
        on
          .column('chat_id')
          .doUpdateSet({ state, state_at: latest('state_at'), version: sql`work_group.version + 1` })
          .where(isNews('state_at', at)),
      )
      .compile(),
    sql`UPDATE outbox SET state = 'dropped', reason = ${`group ${state}`}, settled_at = due_at
      WHERE chat_id = ${chatId} AND state IN ('waiting', 'sending')
        AND ${isLeft}`.compile(db),
    sql`UPDATE to_tell SET told_at = due_at WHERE chat_id = ${chatId} AND told_at IS NULL AND ${isLeft}`.compile(db),
  ];
}

function groupBound(engine: Engine, { chatId, unitId, seen }: Of<'group.bound'>): CompiledQuery[] {
  return [
    seenStatement(engine, { table: 'work_group', id: chatId, version: seen }),
    ...stand(engine, 'unit', [unitId]),
    engine.db
      .updateTable('work_group')
      .set({ unit_id: unitId, members_asked_at: 0, version: seen + 1 })
      .where('chat_id', '=', chatId)
      .compile(),
    // Another unit may have other vacations.
    engine.db.updateTable('reminder_rule').set({ calendar_version: 0 }).where('chat_id', '=', chatId).compile(),
  ];
}

/** The number is taken by the statement itself, so that several rules of one unit get one each; two units at once fail on the key. */
function ruleAdded({ db }: Engine, { rule }: Of<'rule.added'>): CompiledQuery[] {
  return [
    db
      .insertInto('reminder_rule')
      .values({
        id: rule.id,
        chat_id: rule.chatId,
        number: sql<number>`(SELECT COALESCE(MAX(number), 0) + 1 FROM reminder_rule WHERE chat_id = ${rule.chatId})`,
        content: rule.content,
        recurrence: toJson(rule.recurrence),
        at_time: rule.time,
        enabled: 1,
        mention: rule.mention ?? 'responsible',
        until_day: rule.until ?? null,
        nominal_at: rule.nominalAt,
        fire_at: rule.fireAt,
        version: 1,
      })
      .compile(),
  ];
}

const ruleSeen = ({ db }: Engine, id: string, seen: number): CompiledQuery =>
  sql`INSERT INTO guard (moved) SELECT 0 WHERE NOT EXISTS
    (SELECT 1 FROM reminder_rule WHERE id = ${id} AND version = ${seen})`.compile(db);

function ruleChanged(engine: Engine, { rule, seen }: Of<'rule.changed'>): CompiledQuery[] {
  return [
    ruleSeen(engine, rule.id, seen),
    engine.db
      .updateTable('reminder_rule')
      .set({
        content: rule.content,
        recurrence: toJson(rule.recurrence),
        at_time: rule.time,
        enabled: flag(rule.enabled),
        mention: rule.mention ?? 'responsible',
        until_day: rule.until ?? null,
        nominal_at: rule.nominalAt,
        fire_at: rule.fireAt,
        // Whoever wrote it computed with the calendar of that moment; the next beat makes sure.
        calendar_version: 0,
        version: seen + 1,
      })
      .where('id', '=', rule.id)
      .compile(),
  ];
}

function ruleEnded(engine: Engine, { id, seen }: Of<'rule.ended'>): CompiledQuery[] {
  return [
    ruleSeen(engine, id, seen),
    engine.db
      .updateTable('reminder_rule')
      .set({ enabled: 0, version: seen + 1 })
      .where('id', '=', id)
      .compile(),
  ];
}

function ruleRemoved(engine: Engine, { id, seen }: Of<'rule.removed'>): CompiledQuery[] {
  return [ruleSeen(engine, id, seen), engine.db.deleteFrom('reminder_rule').where('id', '=', id).compile()];
}

/** It had nothing to say in the end: no push that was missed. The rules that meet at one nominal time have one record. */
function occurrenceDelayed({ db }: Engine, { chatId, nominalAt, outcome }: Of<'occurrence.delayed'>): CompiledQuery[] {
  return [
    db
      .updateTable('notification')
      .set({ outcome })
      .where('chat_id', '=', chatId)
      .where('nominal_at', '=', nominalAt)
      .where('outcome', 'in', ['sent', 'late'])
      .compile(),
  ];
}

function occurrenceLeft({ db }: Engine, { chatId, nominalAt, contents, at }: Of<'occurrence.left'>): CompiledQuery[] {
  return [
    sql`INSERT INTO notification (chat_id, nominal_at, outcome, contents, at, reason)
      SELECT ${chatId}, ${nominalAt}, 'empty', ${JSON.stringify(contents)}, ${at}, 'changed' WHERE NOT EXISTS
        (SELECT 1 FROM reminder_rule WHERE chat_id = ${chatId} AND nominal_at = ${nominalAt} AND enabled = 1)
      ON CONFLICT DO NOTHING`.compile(db),
  ];
}

/** Bookkeeping, not a fact about the group: the version stays. */
function groupAsked({ db }: Engine, { chatId, at }: Of<'group.asked'>): CompiledQuery[] {
  return [db.updateTable('work_group').set({ members_asked_at: at }).where('chat_id', '=', chatId).compile()];
}
