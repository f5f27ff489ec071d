import { HOUR_MS } from '../domain/calendar/local-date.ts';
import type { Failure } from '../ports/messenger.ts';

/**
 * rate: slow down, the same request later. transient: nobody knows whether it happened. token: ask for a new one, once.
 * configuration: a person must change the app's settings. gone: the bot is out of the chat. target: this receiver refuses for now.
 * message: the message that the call is about is gone or frozen. content: what is sent must change. request: ids or rights are wrong.
 */
export type CodeClass =
  | 'rate'
  | 'transient'
  | 'token'
  | 'configuration'
  | 'gone'
  | 'target'
  | 'message'
  | 'content'
  | 'request';

interface Code {
  readonly code: number;
  readonly class: CodeClass;
  readonly meaning: string;
  /** The platform's page or table; 'observed' is a third party's word. */
  readonly source: string;
}

const IM = 'IM error tables';
const GENERAL = '通用错误码';
const TOKEN = '获取自建应用 tenant_access_token';
const GROUP = 'group error tables';
const CARD = '延时更新消息卡片';
const CALLBACK = '处理卡片回调';

const row = (code: number, cls: CodeClass, meaning: string, source: string): Code => ({
  code,
  class: cls,
  meaning,
  source,
});

/**
 * What Lark's codes mean for us. The SDK's own channel module contradicts the documents on 230002, 230017, 230020 and 99991400; the
 * documents win. A code that is not here is refused and shown, never repeated blindly.
 */
export const CODES: readonly Code[] = [
  row(99991400, 'rate', 'the app calls too often', '频控策略'),
  row(230020, 'rate', 'the chat or the user gets too many messages', IM),
  row(230047, 'rate', 'the message is pinned too often', IM),
  row(232019, 'rate', 'another change of the same group is under way', GROUP),
  row(11232, 'rate', 'the system is busy', '频控策略'),
  row(232096, 'rate', 'the group is busy, try again later', GROUP),

  row(1500, 'transient', 'internal error of Lark', GENERAL),
  row(2200, 'transient', 'internal error of Lark', GENERAL),
  row(230049, 'transient', 'the same message is being sent', 'observed'),

  row(99991661, 'token', 'no access token', GENERAL),
  row(99991663, 'token', 'the tenant access token is invalid or expired', GENERAL),
  row(99991664, 'token', 'the app access token is invalid', GENERAL),
  row(99991668, 'token', 'the user access token is invalid', GENERAL),
  row(99991671, 'token', 'the access token is malformed', GENERAL),
  row(99991677, 'token', 'the user access token is expired', GENERAL),

  row(99991401, 'configuration', "this machine's address is not on the app's IP allow list", GENERAL),
  row(99991543, 'configuration', 'the app id or the app secret is wrong', GENERAL),
  row(99991662, 'configuration', 'the app is disabled', GENERAL),
  row(99991672, 'configuration', 'the app lacks a scope', GENERAL),
  row(99991673, 'configuration', 'the app is not installed in the tenant', GENERAL),
  row(99991676, 'configuration', 'the token lacks a scope', GENERAL),
  row(99991679, 'configuration', 'the user has not granted a scope', GENERAL),
  row(99991403, 'configuration', "the month's quota of calls is used up", GENERAL),
  row(10003, 'configuration', 'the app id is wrong', TOKEN),
  row(10014, 'configuration', 'the app id or the app secret is wrong', TOKEN),
  row(230006, 'configuration', 'the bot ability is off', IM),
  row(232025, 'configuration', 'the bot ability is off', GROUP),
  row(232034, 'configuration', 'the app is not installed in the tenant', GROUP),

  row(230002, 'gone', 'the bot is not in the chat', IM),
  row(230045, 'gone', 'the chat no longer exists', IM),
  row(232009, 'gone', 'the chat is dissolved or belongs to another tenant', GROUP),
  row(232010, 'gone', 'the chat belongs to another tenant', GROUP),
  row(232011, 'gone', 'the bot is not in the chat', GROUP),
  row(234004, 'gone', 'the bot is not in the chat of the file', IM),

  row(230013, 'target', "the user is outside the app's availability", IM),
  row(230018, 'target', "the chat's settings forbid it: muted, or administrators only", IM),
  row(230027, 'target', 'the bot lacks the right', IM),
  row(230029, 'target', 'the receiver has resigned', IM),
  row(230035, 'target', 'the bot may not write there', IM),
  row(230038, 'target', 'the receiver belongs to another tenant', IM),
  row(230053, 'target', 'the person has stopped the bot', IM),
  row(232033, 'target', 'the chat is external', GROUP),
  row(232060, 'target', 'the operation is banned in the chat', GROUP),
  row(230023, 'target', 'the user has 200 unread urgent messages', '发送应用内加急'),
  row(230024, 'target', 'the quota of urgent messages is used up', '发送短信加急'),

  row(230011, 'message', 'the message was recalled', IM),
  row(230012, 'message', 'the bot is not the sender of the message', IM),
  row(230019, 'message', 'the topic is gone', IM),
  row(230031, 'message', 'the message is older than 14 days', IM),
  row(230033, 'message', 'the message is older than 7 days', IM),
  row(230026, 'message', 'the message to be withdrawn is not the bot’s', IM),
  row(230050, 'message', 'the message is invisible to the bot', IM),
  row(230054, 'message', 'messages of this kind cannot be edited so', IM),
  row(230071, 'message', 'the message to be edited is not the bot’s', IM),
  row(230075, 'message', 'the time in which it can be edited is over', IM),
  row(230110, 'message', 'the message was deleted', IM),
  row(230111, 'message', 'the message has destroyed itself', IM),
  row(231003, 'message', 'the message was deleted', IM),

  row(230001, 'content', 'a parameter is wrong', '如何解决 230001 错误'),
  row(230017, 'content', 'the bot does not own the resource', IM),
  row(230022, 'content', 'the text holds sensitive words', IM),
  row(230025, 'content', 'the message is too long', IM),
  row(230028, 'content', 'the text was stopped by the data loss audit', IM),
  row(230099, 'content', 'the card is refused', IM),
  row(99992402, 'content', 'a field is wrong', GENERAL),

  row(232001, 'request', 'a parameter is wrong', GROUP),
  row(232004, 'request', 'the app cannot see the chat', GROUP),
  row(232006, 'request', 'the chat id is wrong', GROUP),
  row(232014, 'request', 'the bot is neither owner nor administrator', GROUP),
  row(232016, 'request', 'only the owner may do this', GROUP),
  row(232017, 'request', 'only the owner or an administrator may do this', GROUP),
  row(200340, 'request', 'the callback is not configured', CALLBACK),
  row(200341, 'request', "the callback's answer was late", CALLBACK),
  row(200342, 'request', 'the callback could not connect', CALLBACK),
  row(200343, 'request', "the callback's host is unknown", CALLBACK),
  row(200671, 'request', "the callback's answer was no HTTP 200", CALLBACK),
  row(200672, 'request', "the callback's answer was malformed", CALLBACK),
  row(200673, 'request', "the card in the callback's answer is wrong", CALLBACK),
  row(200830, 'request', 'a card of version 2.0 cannot become one of 1.0', CALLBACK),
  row(200000, 'message', 'the card was recalled', CARD),
  row(200310, 'message', 'the card is not the bot’s', CARD),
  row(300020, 'content', 'the card is malformed', CARD),
  row(300030, 'request', 'the token of the update is expired', CARD),
  row(300040, 'request', 'the token of the update is used up', CARD),
  row(300090, 'request', 'the users who see the update are missing', CARD),
];

const BY_CODE: ReadonlyMap<number, Code> = new Map(CODES.map((known) => [known.code, known]));

export const classOf = (code: number | undefined): CodeClass | undefined =>
  code === undefined ? undefined : BY_CODE.get(code)?.class;

/** An answer that is not a success. */
export interface Refusal {
  readonly status: number;
  /** Lark's code when the body had one. */
  readonly code?: number | undefined;
  /** Lark's msg: `ext=…` holds the cause of 230001 and 230099, and the link that grants a scope is in 99991672. */
  readonly msg?: string | undefined;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Five a second in one chat, shared with the other bots in it. */
const CHAT_LIMIT = 230020;
/** The app's own: 50 a second and 1,000 a minute. */
const API_LIMITS: ReadonlySet<number> = new Set([99991400, 11232]);

const limitOf = (status: number, code: number): 'api' | 'chat' | undefined => {
  if (code === CHAT_LIMIT) return 'chat';
  return status === 429 || API_LIMITS.has(code) ? 'api' : undefined;
};

/** Beyond Lark's uuid hour a wait makes no sense; nor may a stray header stop a chat for days. */
const LONGEST_WAIT_MS = HOUR_MS;

/** Decides by code, then by HTTP status. */
export function classify(refusal: Refusal): Failure {
  const code = refusal.code ?? refusal.status;
  const reason = reasonOf(refusal);
  switch (classOfCause(refusal) ?? classOf(refusal.code) ?? classOfStatus(refusal)) {
    case 'rate':
      return {
        kind: 'retry',
        unknown: false,
        reason,
        limit: limitOf(refusal.status, code),
        ...resetOf(refusal.headers),
      };
    case 'transient':
      return { kind: 'retry', unknown: true, reason };
    case 'token':
    case 'configuration':
      return { kind: 'misconfigured', code, reason };
    case 'gone':
      return { kind: 'gone', code, reason };
    case 'target':
    case 'message':
    case 'request':
    case undefined:
      return { kind: 'refused', code, reason };
    case 'content':
      return { kind: 'refused', code, reason, ...(isForMention(refusal) && { mention: true }) };
  }
}

const CARD_REFUSED = 230099;
const NO_RIGHT = 230027;

/** Where a code has several causes, Lark's msg tells them apart. */
function classOfCause({ code, msg = '' }: Refusal): CodeClass | undefined {
  // 11310 stands for a card in use, and for one with too many tables or elements, which stays refused.
  if (code === CARD_REFUSED && /card action is lock|\b11310\b(?!.*(?:table|element|limit))/i.test(msg)) return 'rate';
  if (code === NO_RIGHT && /\bscope/i.test(msg)) return 'configuration';
  return undefined;
}

/** Somebody whom the card mentions cannot be mentioned (PrometheusAlert 461, 514). */
const isForMention = ({ code, msg = '' }: Refusal): boolean =>
  code === CARD_REFUSED && /invalid user resource|\b(?:100290|11246)\b/i.test(msg);

function classOfStatus({ status, code }: Refusal): CodeClass | undefined {
  if (status === 429) return 'rate';
  // 2xx without a code is not Lark speaking: something between us answered, and what became of the call is unknown.
  if (status >= 500 || status === 408 || (status < 300 && code === undefined)) return 'transient';
  if ((status === 401 || status === 403) && code === undefined) return 'configuration';
  return undefined;
}

/** Lark gives no Retry-After; its own header counts seconds. */
function resetOf(headers: Refusal['headers']): { afterMs?: number } {
  const seconds = Number.parseFloat(headers?.['x-ogw-ratelimit-reset'] ?? '');
  return seconds >= 0 ? { afterMs: Math.min(Math.ceil(seconds * 1000), LONGEST_WAIT_MS) } : {};
}

function reasonOf({ status, code, msg }: Refusal): string {
  if (code === undefined) return `HTTP ${status}`;
  const said = msg ? ` (${msg.slice(0, 300)})` : '';
  return `${code} ${BY_CODE.get(code)?.meaning ?? `unknown code, HTTP ${status}`}${said}`;
}
