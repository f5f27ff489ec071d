import { type CompiledQuery, sql } from 'kysely';
import * as z from 'zod';
import { LIFTED } from '../../domain/settings.ts';
import type { SettingChange, SettingReads } from '../../ports/settings.ts';
import type { Appliers } from '../appliers.ts';
import type { Engine } from '../engine.ts';
import { toJson } from '../json.ts';
import { orUndefined } from '../values.ts';

/** In the column `chat_id`, which is part of the key: for the district. */
const DISTRICT = '';

const before = z.object({ value: z.string().optional() });

export const settingReads = ({ db }: Engine): SettingReads => ({
  async settings() {
    const rows = await db
      .selectFrom('setting')
      .selectAll()
      .orderBy('changed_at', 'desc')
      .orderBy('key')
      .orderBy('chat_id')
      .execute();
    return rows.map((row) => ({
      key: row.key,
      chatId: row.chat_id === DISTRICT ? undefined : row.chat_id,
      value: orUndefined(row.value),
      before: row.before === null ? undefined : before.parse(JSON.parse(row.before)),
      changedBy: row.changed_by,
      changedAt: row.changed_at,
      version: row.version,
    }));
  },
});

export const settingAppliers = {
  'setting.changed': settingChanged,
  'quiet.lifted': quietLifted,
  'quiet.restored': quietRestored,
} satisfies Appliers<SettingChange>;

type Of<Kind extends SettingChange['kind']> = Extract<SettingChange, { readonly kind: Kind }>;

/** A row that is not there is inserted, and meets its key when somebody was faster. */
function settingChanged({ db }: Engine, change: Of<'setting.changed'>): CompiledQuery[] {
  const { key, chatId = DISTRICT, seen } = change;
  const values = {
    value: change.value ?? null,
    before: change.before ? toJson(change.before) : null,
    changed_by: change.by,
    changed_at: change.at,
    version: seen + 1,
  };
  const own = sql`SELECT 1 FROM setting WHERE key = ${key} AND chat_id = ${chatId}`;
  return [
    (seen === 0
      ? sql`INSERT INTO guard (taken) SELECT 0 WHERE EXISTS (${own})`
      : sql`INSERT INTO guard (moved) SELECT 0 WHERE NOT EXISTS (${own} AND version = ${seen})`
    ).compile(db),
    seen === 0
      ? db
          .insertInto('setting')
          .values({ key, chat_id: chatId, ...values })
          .compile()
      : db.updateTable('setting').set(values).where('key', '=', key).where('chat_id', '=', chatId).compile(),
  ];
}

/** Rules that were put off are due again, and what was made leaves; a minute's room for what waits only beside a peak. */
function quietLifted({ db }: Engine, { chatId, until, by, at }: Of<'quiet.lifted'>): CompiledQuery[] {
  const here = chatId === undefined ? sql`` : sql` AND chat_id = ${chatId}`;
  // A direct message is no push, and waits for quiet hours all the same; in a group only pushes do.
  const lanes = chatId === undefined ? sql`lane IN (0, 1)` : sql`lane = 1`;
  const values = { value: String(until), changed_by: by, changed_at: at };
  return [
    db
      .insertInto('setting')
      .values({ key: LIFTED, chat_id: chatId ?? DISTRICT, ...values, before: null, version: 1 })
      .onConflict((on) =>
        on.columns(['key', 'chat_id']).doUpdateSet({ ...values, version: sql<number>`setting.version + 1` }),
      )
      .compile(),
    sql`UPDATE to_tell SET due_at = ${at} WHERE told_at IS NULL AND due_at > ${at}${here}
      AND telling_id IN (SELECT id FROM telling WHERE ${lanes})`.compile(db),
    sql`UPDATE outbox SET due_at = ${at} WHERE ${lanes} AND state = 'waiting' AND due_at > ${at}${here}`.compile(db),
    sql`UPDATE reminder_rule SET fire_at = ${at}, version = version + 1
      WHERE enabled = 1 AND nominal_at <= ${at} AND fire_at > ${at}${here}`.compile(db),
  ];
}

function quietRestored({ db }: Engine, { chatId }: Of<'quiet.restored'>): CompiledQuery[] {
  return [
    db
      .deleteFrom('setting')
      .where('key', '=', LIFTED)
      .where('chat_id', '=', chatId ?? DISTRICT)
      .compile(),
  ];
}
