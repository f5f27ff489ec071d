import { sql } from 'kysely';
import { MINUTE_MS } from '../../domain/calendar/local-date.ts';
import type { FigureReads } from '../../ports/figures.ts';
import type { Engine } from '../engine.ts';
import { subtree } from '../scope.ts';
import { orUndefined } from '../values.ts';

/** The newest of what was kept; 状态 shows no more. */
const KEPT_SHOWN = 20;

/** What is spread over minutes or bundled waits for less. */
const LATER_MS = 10 * MINUTE_MS;

/** The figures of 状态. Without a scope they are those of all groups, direct chats included. */
export function figureReads(engine: Engine): FigureReads {
  const { db } = engine;
  return {
    async figures(scope) {
      const units = () => subtree(engine, scope?.unitIds ?? []);
      const count = sql<number>`count(*)`.as('count');
      const chats = () => db.selectFrom('work_group').where('unit_id', 'in', units()).select('work_group.chat_id');
      const messages = () =>
        db.selectFrom('outbox').$if(scope !== undefined, (query) => query.where('outbox.chat_id', 'in', chats()));
      const groups = await db
        .selectFrom('work_group')
        .where('state', '=', 'active')
        .$if(scope !== undefined, (query) => query.where('unit_id', 'in', units()))
        .select([sql<number>`count(unit_id)`.as('bound'), count])
        .executeTakeFirstOrThrow();
      const people = await db
        .selectFrom('person')
        .where('gone', 'is', null)
        .$if(scope !== undefined, (query) => query.where('unit_id', 'in', units()))
        .select([sql<number>`count(open_id)`.as('linked'), count])
        .executeTakeFirstOrThrow();
      const requests = await db
        .selectFrom('link_request')
        .innerJoin('person', 'person.id', 'link_request.person_id')
        .where('person.gone', 'is', null)
        .$if(scope !== undefined, (query) => query.where('person.unit_id', 'in', units()))
        .select(count)
        .executeTakeFirstOrThrow();
      const waiting = await messages()
        .where(sql<boolean>`outbox.state IN ('waiting', 'sending')`)
        .select([
          count,
          sql<number>`COALESCE(SUM(CASE WHEN outbox.state = 'sending' THEN 1 ELSE 0 END), 0)`.as('sending'),
        ])
        .executeTakeFirstOrThrow();
      const untold = await db
        .selectFrom('to_tell')
        .where('told_at', 'is', null)
        .$if(scope !== undefined, (query) => query.where('to_tell.chat_id', 'in', chats()))
        .select(count)
        .executeTakeFirstOrThrow();
      const later = await messages()
        .where(sql<boolean>`outbox.state = 'waiting'`)
        .where('attempts', '=', 0)
        .where(sql<boolean>`outbox.due_at - outbox.created_at > ${sql.lit(LATER_MS)}`)
        .select((eb) => [count, eb.fn.min('due_at').as('first')])
        .executeTakeFirst();
      const kept = await messages()
        .where('outbox.state', 'in', ['held', 'failed'])
        .select(['key', 'outbox.chat_id', 'reason', 'settled_at', 'created_at'])
        .orderBy('settled_at', 'desc')
        .limit(KEPT_SHOWN)
        .execute();
      const last = await messages()
        .where('outbox.state', '=', 'sent')
        .select((eb) => eb.fn.max('settled_at').as('at'))
        .executeTakeFirst();
      return {
        boundGroups: groups.bound,
        unboundGroups: groups.count - groups.bound,
        people: people.count,
        unlinkedPeople: people.count - people.linked,
        linkRequests: requests.count,
        waitingMessages: waiting.count + untold.count,
        sendingMessages: Number(waiting.sending),
        waitingLater: later?.first == null ? undefined : { count: later.count, from: later.first },
        keptMessages: kept.map((row) => ({
          key: row.key,
          chatId: row.chat_id,
          reason: row.reason ?? '',
          at: row.settled_at ?? row.created_at,
        })),
        lastSentAt: orUndefined(last?.at ?? null),
      };
    },
  };
}
