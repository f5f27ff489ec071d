import { sql } from 'kysely';
import * as z from 'zod';
import type { Instant } from '../domain/calendar/local-date.ts';
import { type Lane, OPEN_LANE } from '../domain/delivery/lane.ts';
import type { Api } from '../ports/outbox.ts';
import type { Engine } from './engine.ts';
import { toJson } from './json.ts';

/** A lane as it was read: it is written back only if nobody has moved it since. */
export interface ReadLane {
  readonly lane: Lane;
  readonly version: number;
}

/** Of the table pace; all null where no call has been made yet. */
export interface LaneRow {
  readonly version: number | null;
  readonly shut_at: Instant | null;
  readonly state: string | null;
}

/** Each round somebody's write holds, so that this many mean a fault and not a crowd. */
const MAX_ROUNDS = 200;

const shape = z.object({
  next: z.number(),
  bulk: z.number(),
  counts: z.array(z.tuple([z.number(), z.number()])),
  gap: z.number(),
  refusals: z.array(z.number()),
  quietSince: z.number(),
});

export const laneOf = (row: LaneRow | undefined): ReadLane => ({
  version: row?.version ?? 0,
  lane: { ...OPEN_LANE, ...(row?.state && shape.parse(JSON.parse(row.state))), shut: row?.shut_at ?? 0 },
});

/**
 * Reads, computes and writes over the version that was read, again until no other process has come between: the one way in which a lane
 * changes. `read` saves the first reading.
 */
export async function moveLane<Answer>(
  engine: Engine,
  api: Api,
  move: (lane: Lane) => { readonly lane: Lane; readonly answer: Answer },
  read?: ReadLane,
): Promise<{ readonly answer: Answer; readonly moved: ReadLane }> {
  let seen = read ?? (await readLane(engine, api));
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const { lane, answer } = move(seen.lane);
    if (await written(engine, api, lane, seen.version)) return { answer, moved: { lane, version: seen.version + 1 } };
    seen = await readLane(engine, api);
  }
  throw new Error(`the lane ${api} was moved by others ${MAX_ROUNDS} times`);
}

async function readLane({ db }: Engine, api: Api): Promise<ReadLane> {
  return laneOf(await db.selectFrom('pace').selectAll().where('key', '=', api).executeTakeFirst());
}

async function written(engine: Engine, api: Api, { shut, ...state }: Lane, version: number): Promise<boolean> {
  const rows = await engine.single(
    sql`INSERT INTO pace (key, next_at, shut_at, state)
      VALUES (${api}, ${Math.max(state.next, state.bulk, shut)}, ${shut}, ${toJson(state)})
      ON CONFLICT (key) DO UPDATE SET version = pace.version + 1, next_at = excluded.next_at,
        shut_at = excluded.shut_at, state = excluded.state
      WHERE pace.version = ${version}
      RETURNING key`.compile(engine.db),
  );
  return rows.length > 0;
}
