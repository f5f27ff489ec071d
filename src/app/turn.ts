import type { Asker, Decision } from '../language/dispatch.ts';
import type { Change, NewMessage, UnitOfWork } from '../ports/changes.ts';
import type { Stale } from '../ports/store.ts';
import { noticeMessages } from './address-notices.ts';
import type { Core } from './core.ts';
import { askerOf, type From } from './decide-line.ts';
import { fileMessages } from './file-messages.ts';
import { refreshed } from './live-cards.ts';
import { stackOf } from './stack-of.ts';

/** How long what was overtaken is decided again: Lark waits three seconds for an answer. */
const PATIENCE_MS = 2_000;
/** The first pause, each later one up to twice as long. */
const PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 400;

/** What somebody says to the bot, however: a typed line, a filled form, a pressed button. */
export interface Turn {
  readonly eventId: string;
  readonly from: From;
  readonly decide: (asker: Asker) => Promise<Decision>;
  /** What is kept with the decision; undefined when it is only shown. */
  readonly answer: (decision: Decision, asker: Asker) => Answer | undefined;
}

interface Answer {
  /** What makes it happen once: Lark's event, or the form that was submitted. */
  readonly once: { readonly eventId: string; readonly messageIds?: readonly string[] };
  /** The message whose words these are: kept is whether they did something. */
  readonly words?: string | undefined;
  readonly messages: readonly NewMessage[];
  readonly changes: readonly Change[];
  /** Where the files of the decision go. */
  readonly place: Pick<NewMessage, 'key' | 'chatId' | 'replyTo'>;
}

export type Taken =
  | { readonly kind: 'shown'; readonly decision: Decision }
  | { readonly kind: 'kept'; readonly decision: Decision; readonly outcome: 'done' | 'already' }
  /** A bug of ours, or overtaken again and again: under this code in the log. Nothing was changed. */
  | { readonly kind: 'failed'; readonly code: string };

/** Assembles who asks, decides, and keeps the decision with everything that follows from it as one unit. Throws when the database fails. */
export async function takeTurn(core: Core, turn: Turn): Promise<Taken> {
  try {
    const kept = await keep(core, async () => {
      const asker = await askerOf(core, turn.from);
      const decision = await turn.decide(asker);
      const answer = turn.answer(decision, asker);
      return { decision, work: answer && unitOf(core, turn, asker, { decision, answer }) };
    });
    const { decision, outcome } = kept;
    return outcome === 'none' ? { kind: 'shown', decision } : { kind: 'kept', decision, outcome };
  } catch (error) {
    if (core.store.isFailure(error)) throw error;
    return { kind: 'failed', code: faultCode(core, turn.eventId, error) };
  }
}

/**
 * Decides and commits until nothing that was relied on has moved meanwhile, with pauses by chance, so that those who met once do not meet
 * again; after about two seconds it throws.
 */
export async function keep<Decided extends { readonly work: UnitOfWork | undefined }>(
  core: Core,
  decide: () => Promise<Decided>,
): Promise<Decided & { readonly outcome: 'none' | 'done' | 'already' }> {
  const { store, time } = core;
  const until = time.now() + PATIENCE_MS;
  for (let again = 0; ; again += 1) {
    const decided = await decide();
    if (!decided.work) return { ...decided, outcome: 'none' };
    const outcome = await store.commit(decided.work);
    core.count('dudao_commits_total', { outcome });
    if (outcome === 'done' || outcome === 'already') {
      core.wake(decided.work.changes);
      return { ...decided, outcome };
    }
    // What came first is written: once, there is nobody to make way for.
    const pause = again === 0 ? 0 : 1 + core.chance() * Math.min(PAUSE_MS * 2 ** again, LONGEST_PAUSE_MS);
    if (time.now() + pause > until) throw new Overtaken(outcome);
    await time.until(Math.ceil(time.now() + pause));
  }
}

/** Others were faster each time; the guard that broke last. */
class Overtaken extends Error {
  constructor(guard: Stale) {
    super(`decided again for ${PATIENCE_MS} ms, and each time it was ${guard}`);
    this.name = 'Overtaken';
  }
}

/** Writes down what went wrong in ours; the code is what its sender is told. */
export function faultCode(core: Core, eventId: string, error: unknown): string {
  const code = core.ids.code();
  core.log.error({ code, eventId, error: stackOf(error) }, 'a handler failed');
  core.count('dudao_handler_failures_total');
  return code;
}

function unitOf(
  core: Core,
  { eventId, from }: Turn,
  { now }: Asker,
  { decision, answer }: { readonly decision: Decision; readonly answer: Answer },
): UnitOfWork {
  const { once, words, messages, changes, place } = answer;
  return {
    guard: { kind: 'event', ...once, ...(does(decision) && { didBy: words }), at: now },
    seen: decision.seen,
    // What the answer shows, before what the change brings up to date: the pressed card is among that.
    changes: [...changes, ...decision.changes, ...refreshed(core, decision.refresh, now)],
    messages: [
      ...messages,
      ...fileMessages(core, { ...place, dueAt: now, createdAt: now }, decision.files),
      ...noticeMessages(core, eventId, decision.notices, now),
    ],
    audit: decision.audit.map((entry) => ({
      ...entry,
      id: core.ids.next('audit'),
      at: now,
      actor: from.openId ?? '',
      chatId: from.chatId,
    })),
  };
}

const does = ({ changes, audit, files, notices }: Decision): boolean =>
  [changes, audit, files, notices].some(({ length }) => length > 0);
