import { type Selectable, sql } from 'kysely';
import type { Recurrence } from '../../domain/reminders/reminder.ts';
import type { ReminderReads, ReminderRule } from '../../ports/reminders.ts';
import type { Engine } from '../engine.ts';
import { groupOf, groupRows } from '../groups/reads-groups.ts';
import { subtree } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { dateOrUndefined, grouped, time } from '../values.ts';
import { contentsOf } from './reads-delivery.ts';

/** As text, not as a parameter: only then do both databases see that the index of the rules that are on will do. */
const ENABLED = sql<boolean>`enabled = 1`;

/** The rules of the groups, and what they have brought. */
export function reminderReads(engine: Engine): ReminderReads {
  const { db, dialect } = engine;
  return {
    async rules(chatId) {
      const rows = await db
        .selectFrom('reminder_rule')
        .selectAll()
        .where('chat_id', '=', chatId)
        .orderBy('number')
        .execute();
      return rows.map(ruleOf);
    },

    async isCollecting() {
      const row = await db
        .selectFrom('reminder_rule')
        .select('id')
        .where('content', 'in', ['collect', 'collected'])
        .where('enabled', '=', 1)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    // Materialized, or SQLite would group by walking all rules of all groups; so it reads the due ones through their index.
    async dueRules(now, limit) {
      const due = await db
        .with(
          (cte) => cte('due').materialized(),
          () =>
            db.selectFrom('reminder_rule').where('fire_at', '<=', now).where(ENABLED).select(['chat_id', 'fire_at']),
        )
        .selectFrom('due')
        .innerJoin('work_group as g', 'g.chat_id', 'due.chat_id')
        .where('g.state', '=', 'active')
        .groupBy('due.chat_id')
        .select((eb) => ['due.chat_id', eb.fn.min('due.fire_at').as('first')])
        .orderBy('first')
        .orderBy('due.chat_id')
        .limit(limit)
        .execute();
      if (due.length === 0) return [];
      const chats = dialect.texts(due.map((row) => row.chat_id));
      const rules = await db
        .selectFrom('reminder_rule')
        .selectAll()
        .where('chat_id', 'in', chats)
        .where('fire_at', '<=', now)
        .where(ENABLED)
        .orderBy('number')
        .execute();
      const rows = await groupRows(engine).select('g.state_at').where('g.chat_id', 'in', chats).execute();
      const byChat = new Map(rows.map((row) => [row.chat_id, row]));
      const rulesByChat = grouped(rules, (rule) => rule.chat_id);
      return due.flatMap(({ chat_id }) => {
        const row = byChat.get(chat_id);
        const own = (rulesByChat.get(chat_id) ?? []).map(ruleOf);
        return row ? [{ group: groupOf(row), stateAt: row.state_at, rules: own }] : [];
      });
    },

    async nextPushes(scope, limit) {
      const rows = await db
        .selectFrom('reminder_rule as r')
        .innerJoin('work_group as g', 'g.chat_id', 'r.chat_id')
        .where('g.state', '=', 'active')
        .where(ENABLED)
        .$if(scope !== undefined, (query) => query.where('g.unit_id', 'in', subtree(engine, scope?.unitIds ?? [])))
        .select(['g.name', 'r.content', 'r.nominal_at'])
        .orderBy('r.fire_at')
        .orderBy('r.id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ group: row.name, content: row.content, nominalAt: row.nominal_at }));
    },

    async pushed(chatId, nominalAt) {
      const row = await db
        .selectFrom('notification')
        .where('chat_id', '=', chatId)
        .where('nominal_at', '=', nominalAt)
        .where('outcome', 'in', ['sent', 'late'])
        .select(['outcome', 'contents'])
        .executeTakeFirst();
      return row && { contents: contentsOf(row.contents), late: row.outcome === 'late' };
    },
  };
}

export function ruleOf(row: Selectable<Tables['reminder_rule']>): ReminderRule {
  return {
    id: row.id,
    chatId: row.chat_id,
    number: row.number,
    content: row.content,
    recurrence: recurrenceOf(row.recurrence),
    time: time(row.at_time),
    mention: row.mention,
    until: dateOrUndefined(row.until_day),
    enabled: row.enabled === 1,
    nominalAt: row.nominal_at,
    fireAt: row.fire_at,
    calendarVersion: row.calendar_version,
    version: row.version,
  };
}

/** Only ruleAdded and ruleChanged write it, from the same type; a released kind keeps its shape. */
function recurrenceOf(text: string): Recurrence {
  const recurrence: Recurrence = JSON.parse(text);
  return recurrence;
}
