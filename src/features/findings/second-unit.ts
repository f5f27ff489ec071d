import { UserError } from '../../language/errors.ts';
import type { unitsIn } from '../../language/who/unit-named.ts';
import type { UnitMention } from '../../language/words/slots.ts';
import type { Reads } from '../../ports/store.ts';

/** What joins two names of one list. */
const JOINT = /^[\s,，、;；&+]*(?:和|与|及|以及|还有|跟|同|并)?[\s,，、;；]*$/;
const JOINED = /^[\s,，、;；&+]*(?:和|与|及|以及|还有|跟|同|并)?[\s,，、;；]*/;
/** 与望海区实验小学相邻的围墙: where something is, not whose. */
const BETWEEN =
  /^的?(?:相邻|相连|相接|相隔|毗邻|毗连|邻近|接壤|交界|之间|中间|一墙之隔|共用|合用|共享|公用|混用|比|距|仅隔|隔|旁|附近|对面|隔壁)/;
const SHORT = /^\p{Script=Han}{0,10}?(?:学校|小学|中学|幼儿园|高中|初中|局|中心|院)/u;
const REGION = /^\p{Script=Han}{1,6}?[县区市]/u;

type Mentions = Awaited<ReturnType<typeof unitsIn>>;

/**
 * A problem is one unit's: of two that stand side by side the second would be neither told nor counted. One that is named later on is a word of
 * the problem.
 */
export function refuseBeside(text: string, [first, second]: Mentions): void {
  if (!first || !second || !JOINT.test(text.slice(first.end, second.start))) return;
  const [only] = second.candidates;
  // 一中 望海区第一中学 is one unit, called twice.
  if (only && second.candidates.length === 1 && first.candidates.some(({ id }) => id === only.id)) return;
  const after = text.slice(second.end);
  const isJoined = first.end < second.start || /^(?:$|[\s,，、;；])/.test(after);
  if (isJoined && !BETWEEN.test(after)) refuseBoth(first.written, second.written);
}

/** 望海一中和实验小学 …: what stands behind a joint and may be a second unit, of the county of the first, which is not said again. */
export function joinedTo(text: string, { end }: Pick<Mentions[number], 'end'>): string | undefined {
  const joint = JOINED.exec(text.slice(end))?.[0].length ?? 0;
  const rest = text.slice(end + joint);
  return joint > 0 && SHORT.test(rest) ? rest : undefined;
}

/** The same of such a one. */
export async function refuseJoined(
  first: UnitMention,
  joined: string | undefined,
  read: Pick<Reads, 'directory'>,
): Promise<void> {
  if (joined === undefined) return;
  const regions = first.candidates.flatMap(({ name }) => REGION.exec(name)?.[0] ?? []);
  const { units } = await read.directory();
  const [written] = units
    .flatMap(({ names }) => names)
    .flatMap((name) => regions.flatMap((region) => (name.startsWith(region) ? [name.slice(region.length)] : [])))
    .filter((name) => name.length > 2 && joined.startsWith(name))
    .toSorted((a, b) => b.length - a.length);
  if (written !== undefined && !BETWEEN.test(joined.slice(written.length))) refuseBoth(first.written, written);
}

function refuseBoth(first: string, second: string): never {
  throw new UserError(`没有登记。写了“${first}”和“${second}”两个单位，一次写一个单位，请分成几行，每行一条“问题”。`);
}
