import type { Generated } from 'kysely';
import type { FindingState } from '../../domain/findings/states.ts';

type Nullable<T> = T | null;

// The columns of migrations/*/0012_findings.sql and 0016_findings_of_visits.sql.

/** What a problem is. */
interface FactColumns {
  id: string;
  number: number;
  unit_id: string;
  program_id: Nullable<string>;
  inspection_id: Nullable<string>;
  indicator_id: Nullable<string>;
  description: string;
  severity: 'minor' | 'major' | 'grave' | 'veto';
  term: 'immediate' | 'timeLimited';
  found_on: string;
  responsible: string;
  responsible_id: Nullable<string>;
  entered_by: string;
}

/** Where it stands. */
export interface ProgressColumns {
  restricted: 0 | 1;
  state: FindingState;
  since: string;
  time_limit: Nullable<string>;
  due: Nullable<string>;
  day_unit: 'working' | 'natural';
  asked: Nullable<string>;
  extensions: number;
  returns: number;
  level: number;
  drafted: number;
  cause: string;
  files: number;
  statements: number;
  submitted_by: Nullable<string>;
  checked_by: Nullable<string>;
  closed_on: Nullable<string>;
  document: Nullable<string>;
  letter: Nullable<string>;
}

interface FindingTable extends FactColumns, ProgressColumns {
  watch_at: Nullable<number>;
  seq: number;
  version: Generated<number>;
}

export interface FindingEventTable {
  finding_id: string;
  seq: number;
  at: number;
  on_day: string;
  actor: string;
  chat_id: Nullable<string>;
  move: string;
  from_state: Nullable<FindingState>;
  to_state: FindingState;
  note: string;
  details: string;
}

export interface FindingTables {
  finding: FindingTable;
  finding_event: FindingEventTable;
  finding_evidence: {
    finding_id: string;
    seq: number;
    position: number;
    kind: 'image' | 'file' | 'message';
    message_id: string;
    file_key: Nullable<string>;
    name: string;
  };
  finding_viewer: { finding_id: string; open_id: string };
  finding_reminder: { finding_id: string; level: number; day: string };
}
