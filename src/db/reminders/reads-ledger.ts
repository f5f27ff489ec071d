import { sql } from 'kysely';
import { date } from '../../domain/calendar/local-date.ts';
import type { LedgerReads } from '../../ports/ledger.ts';
import type { Engine } from '../engine.ts';
import { seenBy } from '../findings/reads-findings.ts';
import { RUNNING } from '../running-states.ts';
import { subtree } from '../scope.ts';
import { dateOrUndefined, orUndefined } from '../values.ts';

/** Problems as a ledger has them: thousands of lines, without the life of each. */
export function ledgerReads(engine: Engine): LedgerReads {
  const { db, dialect } = engine;
  return {
    async findingLedger({ unitIds, programId, state, found, viewer, today, limit }) {
      const rows = await db
        .selectFrom('finding as f')
        .innerJoin('unit as u', 'u.id', 'f.unit_id')
        .leftJoin('program as p', 'p.id', 'f.program_id')
        .leftJoin('indicator as i', 'i.id', 'f.indicator_id')
        .leftJoin('inspection as v', 'v.id', 'f.inspection_id')
        .where('f.unit_id', 'in', subtree(engine, unitIds))
        .where(seenBy(viewer))
        .$if(programId !== undefined, (query) => query.where('f.program_id', '=', programId ?? ''))
        .$if(found !== undefined, (query) =>
          query.where('f.found_on', '>=', found?.from ?? '').where('f.found_on', '<=', found?.to ?? ''),
        )
        .$if(state === 'open', (query) => query.where('f.state', 'not in', ['closed', 'dropped']))
        .$if(state === 'closed', (query) => query.where('f.state', '=', 'closed'))
        .$if(state === 'overdue', (query) =>
          query.where(sql<boolean>`f.state IN (${RUNNING})`).where('f.due', '<', today),
        )
        .select(['f.id', 'f.number', 'f.unit_id', 'u.name as unit_name', 'p.name as program', 'f.description'])
        .select([
          'i.code',
          'i.title',
          'i.level1',
          'f.severity',
          'f.term',
          'f.restricted',
          'f.found_on',
          'f.responsible',
        ])
        .select([
          'f.state',
          'f.due',
          'f.cause',
          'f.files',
          'f.closed_on',
          'f.letter',
          'f.document',
          'v.number as visit',
        ])
        .orderBy('f.number')
        .limit(limit)
        .execute();
      const words = await db
        .selectFrom('finding_event')
        .where('finding_id', 'in', dialect.texts(rows.map(({ id }) => id)))
        .where('move', 'in', ['plan', 'submit'])
        .where('note', '<>', '')
        .select(['finding_id', 'move', 'note'])
        .orderBy('seq')
        .execute();
      // The last of each stays.
      const said = new Map(words.map((row) => [`${row.move} ${row.finding_id}`, row.note]));
      return rows.map((row) => ({
        number: row.number,
        unit: { id: row.unit_id, name: row.unit_name },
        program: orUndefined(row.program),
        indicator: row.code === null ? undefined : { code: row.code, title: row.title ?? '', level1: row.level1 ?? '' },
        description: row.description,
        severity: row.severity,
        term: row.term,
        restricted: row.restricted === 1,
        foundOn: date(row.found_on),
        responsible: row.responsible,
        state: row.state,
        due: dateOrUndefined(row.due),
        cause: row.cause,
        files: row.files,
        closedOn: dateOrUndefined(row.closed_on),
        letter: orUndefined(row.letter),
        document: orUndefined(row.document),
        visit: orUndefined(row.visit),
        plan: said.get(`plan ${row.id}`),
        report: said.get(`submit ${row.id}`),
      }));
    },
  };
}
