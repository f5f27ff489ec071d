import { type CompiledQuery, sql } from 'kysely';
import type { ProgramChange } from '../../ports/programs.ts';
import type { Appliers } from '../appliers.ts';
import { deleteChildren, insertRows } from '../bulk.ts';
import type { Engine } from '../engine.ts';
import { seenStatement } from '../seen.ts';

/** What is done to a program by command, apart from the rows that an import puts too. */
export const programAppliers = {
  'program.archived': (engine, change) => archived(engine, change, change.at),
  'program.restored': (engine, change) => archived(engine, change, null),
  'program.participants': (engine, change) => [
    ...moved(engine, change, {}),
    ...deleteChildren(engine, 'program_unit', 'program_id', [change.id]),
    ...insertRows(
      engine,
      'program_unit',
      change.participants.map(({ unit, collective, written }, seat) => ({
        program_id: change.id,
        seat,
        unit_id: unit?.id ?? null,
        collective: collective ?? null,
        written,
      })),
    ),
  ],
  'milestone.removed': (engine, change) => {
    const { programId, name, seen } = change;
    const own = sql`program_id = ${programId} AND name = ${name}`;
    return [
      sql`INSERT INTO guard (ok) SELECT 0 WHERE NOT EXISTS
          (SELECT 1 FROM milestone WHERE ${own} AND version = ${seen})`.compile(engine.db),
      sql`DELETE FROM milestone WHERE ${own}`.compile(engine.db),
    ];
  },
} satisfies Appliers<ProgramChange>;

const archived = (engine: Engine, of: { readonly id: string; readonly seen: number }, at: number | null) =>
  moved(engine, of, { archived_at: at });

/** The program's row with these columns, and its next version. */
const moved = (
  engine: Engine,
  { id, seen }: { readonly id: string; readonly seen: number },
  columns: { readonly archived_at?: number | null },
): CompiledQuery[] => [
  seenStatement(engine, { table: 'program', id, version: seen }),
  engine.db
    .updateTable('program')
    .set({ ...columns, version: seen + 1 })
    .where('id', '=', id)
    .compile(),
];
