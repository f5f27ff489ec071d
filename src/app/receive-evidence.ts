import { findingName } from '../domain/findings/finding.ts';
import { reachOf } from '../domain/people/rights.ts';
import { taskName } from '../domain/tasks/task.ts';
import { type EvidenceFor, evidenceQuestionDoc } from '../features/findings/evidence-card.ts';
import { readOnOne } from '../features/findings/finding-line.ts';
import { readProgress } from '../features/tasks/progress-phrase.ts';
import { isTaskOrder } from '../features/tasks/task-orders.ts';
import { readTaskRef } from '../features/tasks/task-ref.ts';
import { claimsWrong } from '../features/tasks/wrong-report.ts';
import type { Actor, Chat } from '../language/command.ts';
import type { Decision } from '../language/dispatch.ts';
import { type Brought, evidenceLine } from '../language/evidence.ts';
import { confidantOf } from '../language/who/confidant.ts';
import { normalise } from '../language/words/normalise.ts';
import type { Inbound } from '../ports/inbound.ts';
import type { Reads } from '../ports/store.ts';

type Message = Extract<Inbound, { kind: 'message' }>;

/** Offered at most; nobody looks through more buttons on a phone. */
const OFFERED = 6;
/** With macros too: the import says why it is not read. */
const WORKBOOK = /\.(?:xls[xm]?|csv|tsv)$/i;

/** What a message says and brings, once it is known which of our cards it answers. */
export async function spokenWith(
  read: Pick<Reads, 'messageSubjects'>,
  message: Message,
): Promise<{ readonly text: string; readonly brought: Brought }> {
  const { messageId, parentId, attachments = [] } = message;
  const subjects = parentId === undefined ? undefined : await read.messageSubjects(parentId);
  const found = subjects?.flatMap((subject) => /^(finding|task):\d+$/.exec(subject)?.[0] ?? []) ?? [];
  // A message that shows several says nothing of which one is meant.
  const [kind, number] = found.length === 1 ? (found[0]?.split(':') ?? []) : [];
  const answers = subjects === undefined ? parentId : undefined;
  const brought = { messageId, attachments, answers };
  return {
    text:
      number === undefined
        ? onNumberAlone(message.text, attachments.length)
        : ON_CARD[kind === 'task' ? 'task' : 'finding'](Number(number), message.text, attachments.length),
    brought,
  };
}

/** A number and a photo, and no word: as evidence is what a photo is sent for. */
function onNumberAlone(text: string, attached: number): string {
  const [, kind, digits] =
    (attached > 0 && /^(?:整改|问题|进展|任务)?\s*([WT])[\s-]*(\d{1,6})$/i.exec(normalise(text))) || [];
  if (kind === undefined) return text;
  return kind.toUpperCase() === 'W' ? `整改 W${Number(digits)} 佐证` : `进展 T${Number(digits)} 佐证`;
}

const ON_CARD = { finding: onFinding, task: onTask } as const;

/** An answer to a problem's card is about that problem: 完成 已清理 needs no number, and a bare photo is evidence. */
function onFinding(number: number, text: string, attached: number): string {
  const line = normalise(text);
  const name = findingName({ number });
  if (line === '') return attached > 0 ? `整改 ${name} 佐证` : text;
  if (readOnOne(line)) return text;
  const said = readOnOne(`${name} ${line}`);
  return said && said.verb.kind !== 'show' ? `整改 ${name} ${line}` : text;
}

/** So is an answer to a task's card about the task: 60% 已封顶 needs no number. */
function onTask(number: number, text: string, attached: number): string {
  const name = taskName({ number });
  const line = normalise(text);
  if (line === '') return attached > 0 ? `进展 ${name} 佐证` : text;
  if (readTaskRef(line.replace(/^(?:进展|进度|任务)\s*/, ''))) return text;
  if (claimsWrong(line)) return `进展 ${name} ${line}`;
  const phrase = readProgress(line);
  const reports = 'said' in phrase && (phrase.said.percent !== undefined || phrase.said.amount !== undefined);
  if (reports) return `进展 ${name} ${line}`;
  return isTaskOrder(line) ? `任务 ${name} ${line}` : attached > 0 ? `进展 ${name} ${line}` : text;
}

/**
 * A picture or file alone, in the direct chat: asked back for which problem or task it is, never guessed. Undefined for whom none waits, and for
 * a workbook that an administrator sends, which is imported.
 */
export async function evidenceQuestion(
  message: Message,
  { chat, actor, read }: { readonly chat: Chat; readonly actor: Actor; readonly read: Reads },
): Promise<Decision | undefined> {
  const { attachments = [] } = message;
  if (chat.type !== 'p2p' || attachments.length === 0 || (message.readable && message.text !== '')) return undefined;
  if (actor.isAdministrator && attachments.some(({ name }) => WORKBOOK.test(name))) return undefined;
  const reach = reachOf(actor, 'finding.evidence');
  const unitIds = reach === 'everywhere' ? reach : [...actor.people.map(({ unit }) => unit.id), ...reach];
  const brought = attachments.map((attachment) => evidenceLine(message.messageId, attachment)).join(' ');
  const personIds = actor.people.map(({ id }) => id);
  const [problems, tasks] = await Promise.all([
    read.findings({ unitIds, openOnly: true, viewer: actor.openId, limit: OFFERED }),
    read.tasks({ scope: { unitIds: [], personIds }, personIds, confidant: confidantOf({ chat, actor }) }),
  ]);
  const among = [
    ...problems.map(({ number, description, unit }): EvidenceFor => {
      const name = findingName({ number });
      return { name, what: description, where: unit.name, query: `整改 ${name} 佐证 ${brought}` };
    }),
    ...tasks.map((task): EvidenceFor => {
      const name = taskName(task);
      return { name, what: task.title, where: task.program, query: `进展 ${name} 佐证 ${brought}` };
    }),
  ].slice(0, OFFERED);
  if (among.length === 0) return undefined;
  return {
    changes: [],
    seen: [],
    audit: [],
    files: [],
    notices: [],
    refresh: [],
    commands: ['整改'],
    reply: evidenceQuestionDoc(among, attachments.length),
  };
}
