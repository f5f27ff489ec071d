import type { MessageView } from '../../src/emulator/message-view.ts';
import type { WireEntry } from '../../src/emulator/wire-log.ts';
import type { Sent } from './fleet.ts';
import type { Frozen } from './troubles.ts';

/** A line that somebody said, in the order of its chat. */
export interface SaidLine {
  readonly messageId: string;
  readonly eventId: string | undefined;
  readonly chatId: string;
  readonly text: string;
  /** Of a task that it creates. */
  readonly title?: string;
  acknowledgedAt?: number;
}

export interface Record {
  readonly said: readonly SaidLine[];
  /** What the bot sent, by the chats of the lines. */
  readonly answers: readonly MessageView[];
  readonly wire: readonly WireEntry[];
  /** How often a task of this title is in the database. */
  readonly titles: ReadonlyMap<string, number>;
  /** Events whose answer had to be sent more than once: the order of a chat is kept among the others. */
  readonly putOff: ReadonlySet<string>;
  readonly unsent: readonly { readonly state: string; readonly count: number }[];
  readonly sent: readonly Sent[];
  readonly frozen: readonly Frozen[];
}

/** What must hold after whatever happened; each sentence is one breach. */
export function breaches({ said, answers, wire, titles, putOff, unsent, sent, frozen }: Record): readonly string[] {
  const byParent = Map.groupBy(
    answers.filter(({ parentId }) => parentId !== undefined),
    ({ parentId }) => parentId,
  );
  const found: string[] = [];
  for (const line of said) {
    const times = byParent.get(line.messageId)?.length ?? 0;
    if (line.acknowledgedAt !== undefined && times !== 1) found.push(`answered ${times} times: ${line.text}`);
    if (line.acknowledgedAt === undefined && times > 1)
      found.push(`not acknowledged, answered ${times} times: ${line.text}`);
    const kept = line.title === undefined ? undefined : (titles.get(line.title) ?? 0);
    if (kept !== undefined && (line.acknowledgedAt !== undefined ? kept !== 1 : kept > 1))
      found.push(`done ${kept} times: ${line.text}`);
  }
  for (const [chatId, lines] of Map.groupBy(said, (line) => line.chatId)) {
    const order = lines
      .filter(({ acknowledgedAt, eventId = '' }) => acknowledgedAt !== undefined && !putOff.has(eventId))
      .map(({ messageId }) => messageId);
    const answered = answers.flatMap(({ chatId: where, parentId }) => (where === chatId && parentId ? [parentId] : []));
    const expected = order.filter((id) => answered.includes(id));
    const got = [...new Set(answered)].filter((id) => order.includes(id));
    const at = expected.findIndex((id, place) => id !== got[place]);
    if (at >= 0) found.push(`out of order in ${chatId}: answer ${at + 1} of ${expected.length}`);
  }
  found.push(...insideResets(wire).map(({ at, path }) => `called inside a reset window: ${path} at ${at}`));
  found.push(
    ...unfenced(sent, frozen).map(
      ({ uuid }) => `sent by a process that had been frozen, and by another before: ${uuid}`,
    ),
  );
  for (const { state, count } of unsent) found.push(`${count} messages are ${state} at the end`);
  return found;
}

/** Calls that a process made once it could move again, of what another had sent meanwhile. */
function unfenced(sent: readonly Sent[], frozen: readonly Frozen[]): readonly Sent[] {
  const byUuid = Map.groupBy(sent, ({ uuid }) => uuid);
  return sent.filter((call) =>
    frozen.some(
      ({ bot, from, to }) =>
        bot === call.bot &&
        call.begunAt >= to &&
        (byUuid.get(call.uuid) ?? []).some(
          (other) => other.bot !== bot && other.takenAt !== undefined && other.takenAt > from && other.takenAt < to,
        ),
    ),
  );
}

/** How many messages others sent because the lease of a frozen process had run out. */
export const takenOver = (sent: readonly Sent[], frozen: readonly Frozen[]): number =>
  sent.filter(
    ({ bot, uuid, begunAt }) =>
      frozen.some(({ from, to }) => begunAt > from && begunAt < to) &&
      sent.some((earlier) => earlier.uuid === uuid && earlier.bot !== bot && earlier.begunAt < begunAt),
  ).length;

/** Which of Lark's limits a call counts against. */
export function apiOf({ method, path }: Pick<WireEntry, 'method' | 'path'>): string | undefined {
  if (method === 'POST' && /\/im\/v1\/messages\/[^/]+\/reply$/.test(path)) return 'reply';
  if (method === 'POST' && /\/im\/v1\/messages$/.test(path)) return 'send';
  return method === 'PATCH' && /\/im\/v1\/messages\/[^/]+$/.test(path) ? 'patch' : undefined;
}

/** What was on its way when the refusal was answered had to be let go. */
const ON_ITS_WAY_MS = 250;
/** The faults of a soak shut an API for this long. */
export const RESET_SECONDS = 3;

/** Calls of an API between a refusal with a reset header and its end. */
function insideResets(wire: readonly WireEntry[]): readonly WireEntry[] {
  const shutUntil = new Map<string, { readonly from: number; readonly until: number }>();
  return wire
    .filter(({ kind }) => kind === 'call')
    .toSorted((a, b) => a.at - b.at)
    .filter((entry) => {
      const api = apiOf(entry);
      if (api === undefined) return false;
      const shut = shutUntil.get(api);
      const inside = shut !== undefined && entry.at > shut.from && entry.at < shut.until;
      if (entry.status === 429) {
        const answered = entry.at + entry.ms;
        shutUntil.set(api, { from: answered + ON_ITS_WAY_MS, until: answered + RESET_SECONDS * 1000 - ON_ITS_WAY_MS });
      }
      return inside;
    });
}
