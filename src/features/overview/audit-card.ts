import { note, when } from '../../cards/kit.ts';
import { plainDoc } from '../../cards/plain.ts';
import type { Doc, Entry, Inline } from '../../cards/views.ts';
import { actionWord } from '../../domain/audit-words.ts';
import type { Instant, LocalDate } from '../../domain/calendar/local-date.ts';
import type { Person, Role } from '../../domain/people/person.ts';
import { taskName } from '../../domain/tasks/task.ts';
import { momentText } from '../groups/groups-card.ts';
import { accountText, ROLE_WORD } from '../people/roles-card.ts';

/** Who acts when no account does. */
const ACTOR_WORD: Readonly<Record<string, string>> = {
  lark: '飞书',
  heartbeat: '督导助手（自动）',
  delivery: '督导助手（自动）',
  import: '部署人员（导入）',
  operator: '部署人员',
};

/** An id says nothing to a reader. */
const ID = /^(?:[a-z]+_[\w-]{6,}|pushes)$/;

/** What an entry is about, where the record knows only its id. */
type AuditSubject =
  | { readonly kind: 'task'; readonly number: number; readonly title: string | undefined }
  | { readonly kind: 'notice'; readonly number: number }
  | { readonly kind: 'rule'; readonly number: number; readonly group: string };

export interface AuditLine {
  readonly at: Instant;
  readonly actor: string;
  readonly actorPeople: readonly Person[];
  /** In which group; none for a direct chat and for what nobody said. */
  readonly group?: string | undefined;
  readonly inChat: boolean;
  readonly action: string;
  readonly subject: string;
  readonly subjectGroup?: string | undefined;
  readonly subjectPeople: readonly Person[];
  readonly item?: AuditSubject | undefined;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** The answer to 审计, the newest first. `cut`: there are more than these. */
export function auditDoc(view: {
  readonly about: string;
  readonly lines: readonly AuditLine[];
  readonly cut: boolean;
  readonly zone: string;
  readonly today: LocalDate;
  readonly query: string;
}): Doc {
  const { about, lines, cut, query } = view;
  if (lines.length === 0) return plainDoc('操作记录', `${about}没有操作记录。`, { tone: 'muted' });
  return {
    title: '操作记录',
    ...(about && { subtitle: about }),
    tone: 'normal',
    summary: `${cut ? '最近' : '共'} ${lines.length} 条操作记录`,
    blocks: [
      { kind: 'entries', entries: lines.map((line) => entryOf(line, view)) },
      ...when(cut, note(`只列最近 ${lines.length} 条，更早的请加日期，例如：审计 3月`)),
    ],
    query,
  };
}

function entryOf(line: AuditLine, told: { readonly zone: string; readonly today: LocalDate }): Entry {
  const subject = subjectText(line);
  const said = changeText(line);
  const changed = said === subject ? '' : said;
  const where = line.group ? `群：${line.group}` : line.inChat ? '单聊' : '';
  const lines: Inline[][] = [
    [`${momentText(line.at, told)}　${actorText(line)}${where ? `　${where}` : ''}`],
    ...(changed ? [[changed]] : []),
  ];
  return { head: [{ strong: actionWord(line.action) }, subject ? `　${subject}` : ''], lines };
}

/** An entry in words, for a list of its own. */
export const auditWords = (line: AuditLine) => ({
  actor: actorText(line),
  action: actionWord(line.action),
  subject: subjectText(line),
  where: line.group ?? (line.inChat ? '单聊' : ''),
  changed: changeText(line),
});

const actorText = ({ actor, actorPeople }: AuditLine): string =>
  ACTOR_WORD[actor] ?? (actor.startsWith('ou_') ? accountText(actor, actorPeople) : actor);

function itemText(item: AuditSubject): string {
  switch (item.kind) {
    case 'task':
      return [taskName(item), item.title].filter(Boolean).join(' ');
    case 'notice':
      return `通知 ${item.number}`;
    case 'rule':
      return `${item.group} 第 ${item.number} 条`.trim();
  }
}

function subjectText({ subject, subjectGroup, subjectPeople, item }: AuditLine): string {
  if (item) return itemText(item);
  if (subjectPeople.length > 0) return accountText(subject, subjectPeople);
  if (subject.startsWith('ou_')) return accountText(subject, []);
  return subjectGroup ?? (ID.test(subject) ? '' : subject);
}

/** Old → new; only what a reader understands. */
function changeText({ before, after }: AuditLine): string {
  const [old, now] = [valueText(before), valueText(after)];
  return old && now ? `${old} → ${now}` : now || (old ? `原为：${old}` : '');
}

/** An import writes down how many rows it added, and of the changed ones what they were. */
function importText({ added, changed }: { readonly added: unknown; readonly changed: unknown }): string {
  const count = (rows: unknown) => (Array.isArray(rows) ? rows.length : Number(rows));
  return `新增 ${count(added)} 条，修改 ${count(changed)} 条`;
}

const isRole = (value: string): value is Role => Object.hasOwn(ROLE_WORD, value);

function valueText(value: unknown): string {
  if (typeof value === 'string') return ID.test(value) ? '' : isRole(value) ? ROLE_WORD[value] : value;
  if (typeof value !== 'object' || value === null) return '';
  if ('added' in value && 'changed' in value) return importText(value);
  return Object.entries(value)
    .filter(([key]) => ['role', 'unit', 'name', 'reason', 'recurrence'].includes(key))
    .map(([, part]) => valueText(part))
    .filter((part) => part !== '')
    .join('　');
}
