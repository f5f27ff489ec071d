import { evidenceQuestionDoc } from '../cards/finding.ts';
import type { Actor, Chat } from '../chat/command.ts';
import type { Decision } from '../chat/dispatch.ts';
import { type Brought, evidenceLine } from '../chat/findings/evidence.ts';
import { readOnOne } from '../chat/findings/finding-line.ts';
import { normalise } from '../chat/normalise.ts';
import { findingName } from '../domain/loop/finding.ts';
import { reachOf } from '../domain/work/rights.ts';
import type { Inbound } from '../ports/inbound.ts';
import type { Reads } from '../ports/store.ts';

type Message = Extract<Inbound, { kind: 'message' }>;

/** Offered at most; nobody looks through more buttons on a phone. */
const OFFERED = 6;
const WORKBOOK = /\.(?:xlsx?|csv|tsv)$/i;

/** What a message says and brings, once it is known which of our cards it answers. */
export async function spokenWith(
  read: Pick<Reads, 'messageSubjects'>,
  message: Message,
): Promise<{ readonly text: string; readonly brought: Brought }> {
  const { messageId, parentId, attachments = [] } = message;
  const subjects = parentId === undefined ? undefined : await read.messageSubjects(parentId);
  const number = subjects?.flatMap((subject) => /^finding:(\d+)$/.exec(subject)?.[1] ?? []).at(0);
  const answers = subjects === undefined ? parentId : undefined;
  const brought = { messageId, attachments, answers };
  return {
    text: number === undefined ? message.text : onCard(Number(number), message.text, attachments.length),
    brought,
  };
}

/** An answer to a problem's card is about that problem: 完成 已清理 needs no number, and a bare photo is evidence. */
function onCard(number: number, text: string, attached: number): string {
  const line = normalise(text);
  const name = findingName({ number });
  if (line === '') return attached > 0 ? `整改 ${name} 佐证` : text;
  if (readOnOne(line)) return text;
  const said = readOnOne(`${name} ${line}`);
  return said && said.verb.kind !== 'show' ? `整改 ${name} ${line}` : text;
}

/**
 * A picture or file alone, in the direct chat: asked back for which problem it is, never guessed. Undefined for whom no problem waits, and for
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
  const open = await read.findings({ unitIds, openOnly: true, viewer: actor.openId, limit: OFFERED });
  if (open.length === 0) return undefined;
  const brought = attachments.map((attachment) => evidenceLine(message.messageId, attachment)).join(' ');
  return {
    ...{ changes: [], seen: [], audit: [], files: [], notices: [], refresh: [], commands: ['整改'] },
    reply: evidenceQuestionDoc(open, brought, attachments.length),
  };
}
