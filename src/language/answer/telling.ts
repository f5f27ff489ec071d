import type { Block, Doc } from '../../cards/views.ts';
import { describeComing } from '../../domain/calendar/describe.ts';
import { type Instant, wallClock } from '../../domain/calendar/local-date.ts';
import { type SettingValue, waitsUntil } from '../../domain/settings.ts';
import type { Change } from '../../ports/changes.ts';
import type { Reads } from '../../ports/store.ts';
import type { Notice, Owed } from '../command.ts';

/**
 * What is said to others of a change, as it will stand in the outbox, and what the answer says of it. The sentence is made from the
 * messages themselves: it can name nobody who gets none, and no other time than the one at which it leaves.
 */
export interface Addressed extends Notice {
  /** The one that it was made of. */
  readonly notice: Notice;
  /** 望海区工作群, 陈甲（望海区教育局）; empty for one of many whom no sentence names. */
  readonly name: string;
  /** To whoever did it: a sample, say. It is an answer, and nobody is told by it. */
  readonly own: boolean;
  readonly dueAt: Instant;
  /** Everything is paused: it stays where it is until somebody sends it again. */
  readonly held: boolean;
}

interface Telling {
  readonly read: Pick<Reads, 'settings' | 'pause' | 'group' | 'peopleByOpenId' | 'person' | 'roles'>;
  readonly actor: { readonly openId: string; readonly isAdministrator: boolean };
  readonly now: Instant;
  readonly zone: string;
  /** Accounts that the configuration names. */
  readonly administrators?: ReadonlySet<string>;
}

/** To a person what is said waits for the end of the quiet hours as it does in a group; a pause is for groups only. */
export async function address(
  notices: readonly Notice[],
  telling: Telling,
  changes: readonly Change[] = [],
): Promise<readonly Addressed[]> {
  if (notices.length === 0) return [];
  const { read, actor, now } = telling;
  const [settings, pause] = await Promise.all([read.settings(), read.pause()]);
  const addressed = notices.map((notice) => {
    const { to, urgent } = notice;
    const own = placeOf(to) === actor.openId;
    const dueAt = own || urgent ? now : toldAt(settings, placeOf(to), telling);
    return { ...notice, notice, name: '', own, dueAt, held: 'chatId' in to && pause !== undefined };
  });
  // One card a recipient: what cannot wait takes the rest along.
  const earliest = new Map<string, Instant>();
  for (const { to, dueAt } of addressed)
    earliest.set(placeOf(to), Math.min(dueAt, earliest.get(placeOf(to)) ?? Number.POSITIVE_INFINITY));
  return withNames(
    addressed.map((one) => ({ ...one, dueAt: earliest.get(placeOf(one.to)) ?? one.dueAt })),
    telling,
    changes,
  );
}

/** Of many, those are asked for that a sentence names: who is told at one time, as far as anybody reads. */
async function withNames(
  addressed: readonly Addressed[],
  telling: Telling,
  changes: readonly Change[],
): Promise<readonly Addressed[]> {
  const sentences = Map.groupBy(addressed, ({ to, held, dueAt }) => `${'chatId' in to} ${held} ${dueAt}`);
  const said = new Set(
    [...sentences.values()].flatMap((own) => [...new Set(own.map(({ to }) => placeOf(to)))].slice(0, NAMES)),
  );
  const names = new Map<string, Promise<string>>();
  for (const { to } of addressed) {
    const place = placeOf(to);
    if (!said.has(place) || names.has(place)) continue;
    names.set(place, 'chatId' in to ? groupName(telling.read, place) : personName(telling, place, changes));
  }
  return Promise.all(addressed.map(async (one) => ({ ...one, name: (await names.get(placeOf(one.to))) ?? '' })));
}

/** When what is said now to a group or a person leaves: at once, or with the end of the quiet hours. */
export const toldAt = (
  settings: readonly SettingValue[],
  place: string,
  { now, zone }: Pick<Telling, 'now' | 'zone'>,
): Instant => waitsUntil(settings, place, now, zone) ?? now;

export const placeOf = (to: Notice['to']): string => ('chatId' in to ? to.chatId : to.openId);

async function groupName(read: Telling['read'], chatId: string): Promise<string> {
  const group = await read.group(chatId);
  return group?.name || `${group?.unit?.name ?? ''}的群`;
}

/** Whoever becomes somebody by the very line that tells them of it is called so: the address book does not know it yet. */
async function personName(
  { read, administrators }: Telling,
  openId: string,
  changes: readonly Change[],
): Promise<string> {
  const becomes = changes.find((change) => change.kind === 'person.linked' && change.openId === openId);
  const [person] =
    becomes?.kind === 'person.linked' ? [await read.person(becomes.personId)] : await read.peopleByOpenId(openId);
  if (person) return `${person.name}（${person.unit.name}）`;
  const runs = administrators?.has(openId) || (await read.roles(openId)).some(({ role }) => role === 'administrator');
  return `一位还没有登记姓名的${runs ? '管理员' : '人'}`;
}

/** The answer with who is told of it. When nobody is who should be, that is its first sentence. */
export function withTold(reply: Doc, owed: Owed | undefined, addressed: readonly Addressed[], telling: Telling): Doc {
  const others = addressed.filter(({ own, discreet }) => !own && !discreet);
  const lines = linesOf(owed, others, telling);
  const isNews = others.some(({ held }) => !held) || (owed?.present ?? []).length > 0;
  if (owed && !isNews) {
    const nobody = `没有告知任何${owed.whom ?? '单位'}。`;
    const rest = `${owed.standing.replace(/。$/, '')}，请另行通知。`;
    return {
      ...reply,
      summary: `${nobody}${rest}`,
      blocks: [strongBlock(`${nobody}${rest}`), ...lines, ...reply.blocks],
    };
  }
  if (owed?.news) return { ...reply, blocks: [textBlock(owed.news), ...lines, ...reply.blocks] };
  const rest = reply.blocks.findIndex(({ kind }) => kind !== 'text');
  const head = reply.blocks.slice(0, rest < 0 ? undefined : rest);
  return { ...reply, blocks: [...head, ...lines, ...reply.blocks.slice(head.length)] };
}

/** Who is told now, who is later, who is not. */
function linesOf(owed: Owed | undefined, others: readonly Addressed[], telling: Telling): readonly Block[] {
  const leaving = others.filter(({ held }) => !held);
  const now = leaving.filter(({ dueAt }) => dueAt <= telling.now);
  const later = leaving.filter(({ dueAt }) => dueAt > telling.now);
  const held = others.filter((one) => one.held);
  const { present = [], covered = [], unreached = [] } = owed ?? {};
  return [
    ...(now.length > 0 ? [textBlock(`${owed?.verb ?? '已告知'} ${whom(now)}。`)] : []),
    ...laterBlocks(later, telling),
    ...(present.length > 0 && others.length === 0
      ? [textBlock(`${present.join('、')}已看到，没有另外告知别人。`)]
      : []),
    ...[...Map.groupBy(covered, ({ group }) => group)].map(([group, own]) =>
      textBlock(`${listed(own.map(({ unit }) => unit))}没有自己的工作群，由“${group}”收到。`),
    ),
    ...(held.length > 0
      ? [
          strongBlock(`没有发到 ${whom(held)}。现在全部暂停推送。`),
          textBlock('发送“全部恢复”以后，再发送“工作群 重发”补发。'),
        ]
      : []),
    ...(unreached.length > 0 ? [strongBlock(`没有告知：${reasons(unreached)}。`)] : []),
  ];
}

/** One line for each time at which quiet hours end, for a group may have its own. */
function laterBlocks(later: readonly Addressed[], { now, zone, actor }: Telling): readonly Block[] {
  if (later.length === 0) return [];
  const today = wallClock(now, zone).date;
  const byTime = [...Map.groupBy(later, ({ dueAt }) => dueAt)].toSorted(([a], [b]) => a - b);
  const parts = byTime.map(([dueAt, own]) => {
    return `${describeComing(wallClock(dueAt, zone), today)} ${own.every(({ to }) => 'chatId' in to) ? '发到' : '告知'} ${whom(own)}`;
  });
  return [
    strongBlock(`现在是免打扰时段，${parts.join('；')}。`),
    ...(actor.isAdministrator ? [textBlock('等不及的，请在单聊里发送：紧急 原因')] : []),
  ];
}

/** 甲、乙（没有工作群，联络员未关联）、丙（没有联络员）. */
export const reasons = (unreached: NonNullable<Owed['unreached']>): string =>
  [...Map.groupBy(unreached, ({ why }) => why)]
    .map(([why, own]) => `${listed(own.map(({ name }) => name))}（${why}）`)
    .join('、');

/** More names than these nobody reads; how many there are is said all the same. */
const NAMES = 80;

export const listed = (names: readonly string[]): string =>
  `${names.slice(0, NAMES).join('、')}${names.length > NAMES ? ` 等 ${names.length} 个` : ''}`;

/** 1 个群、2 人：望海区工作群、陈甲（望海区教育局）. */
function whom(all: readonly Addressed[]): string {
  // Two messages to one place tell one group.
  const own = [...new Map(all.map((one) => [placeOf(one.to), one])).values()];
  const groups = own.filter(({ to }) => 'chatId' in to);
  const counts = [
    groups.length > 0 && `${groups.length} 个群`,
    own.length > groups.length && `${own.length - groups.length} 人`,
  ].filter(Boolean);
  const names = [...groups, ...own.filter(({ to }) => 'openId' in to)].flatMap(({ name }) => name || []);
  return `${counts.join('、')}：${names.slice(0, NAMES).join('、')}${own.length > NAMES ? ' 等' : ''}`;
}

const textBlock = (text: string): Block => ({ kind: 'text', text: [text] });
/** One piece: the card would part two by a mark that no reader sees, and a search would stumble on. */
const strongBlock = (strong: string): Block => ({ kind: 'text', text: [{ strong }] });
