import { type RawBuilder, sql } from 'kysely';
import type { Dependent, RemovedRows } from '../../ports/applied-imports.ts';
import type { Dialect } from '../dialect.ts';

/** A foreign key to a row that an undo may remove: `t` points at it, or a row of another table that belongs to `t` by `via`. */
interface Pointer {
  /** Table and column, as in the schema. */
  readonly from: `${string}.${string}`;
  readonly to: Exclude<keyof RemovedRows, 'milestones' | 'assessments'>;
  readonly via?: string;
}

/** A column that holds an account: what the account of a person who goes holds would wait for whoever is linked to it next. */
interface Holder {
  readonly from: `${string}.open_id`;
  readonly except?: RawBuilder<unknown>;
}

interface Question {
  readonly kind: Dependent['kind'];
  readonly table:
    | 'work_group'
    | 'role_grant'
    | 'school_period'
    | 'program_unit'
    | keyof typeof OWN
    | 'finding'
    | 'finding_viewer';
  readonly name: RawBuilder<unknown>;
  readonly of?: RawBuilder<unknown>;
  readonly which?: RawBuilder<unknown>;
  readonly where?: RawBuilder<unknown>;
  readonly pointers: readonly Pointer[];
  readonly held?: Holder;
}

const ids = (rows: readonly { readonly id: string }[]): readonly string[] => rows.map(({ id }) => id);

/** What the import wrote itself is no obstacle: the key of a row, as `t`, and the keys of those that it wrote. No id has a blank. */
const OWN = {
  unit: { key: sql`t.id`, written: ({ units }: RemovedRows) => ids(units) },
  person: { key: sql`t.id`, written: ({ people }: RemovedRows) => ids(people) },
  program: { key: sql`t.id`, written: ({ programs }: RemovedRows) => ids(programs) },
  indicator: { key: sql`t.id`, written: ({ indicators }: RemovedRows) => ids(indicators) },
  inspection: { key: sql`t.id`, written: ({ inspections }: RemovedRows) => ids(inspections) },
  task: { key: sql`t.id`, written: ({ tasks }: RemovedRows) => ids(tasks) },
  milestone: {
    key: sql`t.program_id || ' ' || t.name`,
    written: ({ milestones }: RemovedRows) => milestones.map(({ programId, name }) => `${programId} ${name}`),
  },
  assessment: {
    key: sql`t.program_id || ' ' || t.unit_id || ' ' || t.indicator_id`,
    written: ({ assessments }: RemovedRows) =>
      assessments.map(({ programId, unitId, indicatorId }) => `${programId} ${unitId} ${indicatorId}`),
  },
} as const;

const named = (table: 'unit' | 'program', id: string) =>
  sql`(SELECT name FROM ${sql.table(table)} WHERE id = ${sql.ref(id)})`;

/** Nobody could take the right from the last administrator, and the import could never be taken back. */
const LAST_ADMINISTRATOR = sql`t.role = 'administrator' AND t.unit_id IS NULL AND NOT EXISTS
  (SELECT 1 FROM role_grant AS o WHERE o.role = 'administrator' AND o.unit_id IS NULL AND o.open_id <> t.open_id)`;
const bearer = (column: RawBuilder<unknown>) =>
  sql`(SELECT MIN(${column}) FROM person AS p JOIN unit AS u ON u.id = p.unit_id WHERE p.open_id = t.open_id)`;

/** What may stand on rows that would be removed, by kind. Together with the two lists below these are all foreign keys to such rows. */
const QUESTIONS: readonly Question[] = [
  {
    kind: 'group',
    table: 'work_group',
    name: sql`t.name`,
    of: named('unit', 't.unit_id'),
    where: sql`t.state = 'active'`,
    pointers: [{ from: 'work_group.unit_id', to: 'units' }],
  },
  {
    kind: 'role',
    table: 'role_grant',
    name: named('unit', 't.unit_id'),
    of: sql`t.role`,
    which: sql`t.open_id`,
    pointers: [{ from: 'role_grant.unit_id', to: 'units' }],
    held: { from: 'role_grant.open_id', except: LAST_ADMINISTRATOR },
  },
  {
    kind: 'viewer',
    table: 'finding_viewer',
    name: bearer(sql`p.name`),
    of: bearer(sql`u.name`),
    pointers: [],
    held: { from: 'finding_viewer.open_id' },
  },
  {
    kind: 'term',
    table: 'school_period',
    name: named('unit', 't.unit_id'),
    of: sql`t.part`,
    which: sql`t.school_year`,
    pointers: [{ from: 'school_period.unit_id', to: 'units' }],
  },
  {
    kind: 'participant',
    table: 'program_unit',
    name: named('program', 't.program_id'),
    of: named('unit', 't.unit_id'),
    pointers: [{ from: 'program_unit.unit_id', to: 'units' }],
  },
  {
    kind: 'milestone',
    table: 'milestone',
    name: named('program', 't.program_id'),
    of: sql`t.name`,
    pointers: [{ from: 'milestone.program_id', to: 'programs' }],
  },
  {
    kind: 'inspection',
    table: 'inspection',
    name: sql`t.number`,
    pointers: [
      { from: 'inspection.unit_id', to: 'units' },
      { from: 'inspection.program_id', to: 'programs' },
      { from: 'inspection.checklist_id', to: 'checklists' },
      { from: 'inspection_member.person_id', to: 'people', via: 'inspection_id' },
    ],
  },
  {
    kind: 'task',
    table: 'task',
    name: sql`CASE WHEN t.restricted = 1 THEN 'T' || t.number ELSE t.title END`,
    pointers: [
      { from: 'task.program_id', to: 'programs' },
      { from: 'task.indicator_id', to: 'indicators' },
      { from: 'task_unit.unit_id', to: 'units', via: 'task_id' },
      { from: 'task_person.person_id', to: 'people', via: 'task_id' },
    ],
  },
  {
    kind: 'finding',
    table: 'finding',
    name: sql`t.number`,
    pointers: [
      { from: 'finding.unit_id', to: 'units' },
      { from: 'finding.program_id', to: 'programs' },
      { from: 'finding.indicator_id', to: 'indicators' },
      { from: 'finding.inspection_id', to: 'inspections' },
      { from: 'finding.responsible_id', to: 'people' },
    ],
  },
  {
    kind: 'assessment',
    table: 'assessment',
    name: named('unit', 't.unit_id'),
    of: sql`(SELECT code FROM indicator WHERE id = t.indicator_id)`,
    pointers: [
      { from: 'assessment.unit_id', to: 'units' },
      { from: 'assessment.program_id', to: 'programs' },
      { from: 'assessment.indicator_id', to: 'indicators' },
    ],
  },
  {
    kind: 'person',
    table: 'person',
    name: sql`t.name`,
    pointers: [{ from: 'person.unit_id', to: 'units' }],
  },
  {
    kind: 'successor',
    table: 'person',
    name: sql`t.name`,
    of: named('unit', 't.unit_id'),
    which: sql`t.gone`,
    pointers: [{ from: 'person.successor_id', to: 'people' }],
  },
  { kind: 'unit', table: 'unit', name: sql`t.name`, pointers: [{ from: 'unit.parent_id', to: 'units' }] },
  {
    kind: 'program',
    table: 'program',
    name: sql`t.name`,
    pointers: [
      { from: 'program.unit_id', to: 'units' },
      { from: 'program.checklist_id', to: 'checklists' },
    ],
  },
  {
    kind: 'indicator',
    table: 'indicator',
    name: sql`t.code || ' ' || t.title`,
    pointers: [{ from: 'indicator.checklist_id', to: 'checklists' }],
  },
];

/** They go with the row (apply-removals). */
const GONE_TOO = [
  'unit_name.unit_id',
  'unit_closure.ancestor_id',
  'unit_closure.descendant_id',
  'link_request.person_id',
  'checklist_name.checklist_id',
  'inspection_member.inspection_id',
  'task_unit.task_id',
  'task_person.task_id',
] as const;

/** Whatever writes such a row makes a new version of the one that it points at: that one is told as touched since. */
const TOUCHES = [
  'program_unit.program_id',
  'task_entry.task_id',
  'progress_report.task_id',
  'task_milestone.task_id',
] as const;

/** Every foreign key to such a row, as table.column, and how an undo meets it; a test compares them with the schema. */
export const KNOWN_POINTERS = {
  asked: QUESTIONS.flatMap(({ pointers }) => pointers.map(({ from }) => from)),
  held: QUESTIONS.flatMap(({ held }) => held?.from ?? []),
  goneToo: GONE_TOO,
  touches: TOUCHES,
} as const;

/** The SELECTs that find what stands on these rows; none for what nothing can stand on. */
export function neededBy(dialect: Dialect, removed: RemovedRows, written: RemovedRows) {
  return QUESTIONS.flatMap(({ kind, table, name, of, which, where, pointers, held }) => {
    const points = [
      ...pointers.filter(({ to }) => removed[to].length > 0).map((pointer) => pointsAt(dialect, pointer, removed)),
      ...(held && removed.people.length > 0 ? [isHeld(dialect, held, removed)] : []),
    ];
    if (points.length === 0) return [];
    const own = isOwn(table) ? OWN[table] : undefined;
    const stays = own ? sql`${own.key} NOT IN ${dialect.texts(own.written(written))}` : (where ?? sql`1 = 1`);
    const select = sql<{ name: unknown; of: unknown; which: unknown }>`
      SELECT DISTINCT ${name} AS ${sql.ref('name')}, ${of ?? sql`''`} AS ${sql.ref('of')}, ${which ?? sql`''`} AS ${sql.ref('which')}
      FROM ${sql.table(table)} AS t WHERE ${stays} AND (${sql.join(points, sql` OR `)}) ORDER BY 1, 2, 3 LIMIT 10`;
    return [{ kind, select }];
  });
}

const isOwn = (table: string): table is keyof typeof OWN => table in OWN;

function pointsAt({ texts }: Dialect, { from, to, via }: Pointer, removed: RemovedRows): RawBuilder<unknown> {
  const among = texts(ids(removed[to]));
  const [table = '', column = ''] = from.split('.');
  if (via === undefined) return sql`${sql.ref(`t.${column}`)} IN ${among}`;
  return sql`t.id IN (SELECT ${sql.ref(via)} FROM ${sql.table(table)} WHERE ${sql.ref(column)} IN ${among})`;
}

/** An account that somebody else bears too, who serves elsewhere, stays theirs. */
function isHeld({ texts }: Dialect, { except }: Holder, { people }: RemovedRows): RawBuilder<unknown> {
  const going = texts(ids(people));
  return sql`(t.open_id IN (SELECT p.open_id FROM person AS p WHERE p.id IN ${going} AND p.open_id IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM person AS s WHERE s.open_id = t.open_id AND s.id NOT IN ${going})
    ${except ? sql`AND NOT (${except})` : sql``})`;
}

/** Says that something is held by accounts of these people: no foreign key would keep them. */
export const heldBy = (dialect: Dialect, removed: RemovedRows): readonly RawBuilder<unknown>[] =>
  removed.people.length === 0
    ? []
    : QUESTIONS.flatMap(({ table, held }) =>
        held ? [sql`EXISTS (SELECT 1 FROM ${sql.table(table)} AS t WHERE ${isHeld(dialect, held, removed)})`] : [],
      );
