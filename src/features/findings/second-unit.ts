import type { UnitRef } from '../../domain/people/unit.ts';
import { UserError } from '../../language/errors.ts';
import type { unitsIn } from '../../language/who/unit-named.ts';
import type { Reads } from '../../ports/store.ts';

/** What joins two names of one list. */
const JOINT = /^[\s,，、;；&+]*(?:和|与|及|以及|还有|跟|同|并)?[\s,，、;；]*$/;
const JOINED = /^[\s,，、;；&+]*(?:和|与|及|以及|还有|跟|同|并)?[\s,，、;；]*/;
/** 与望海区实验小学相邻的围墙: where something is, not whose. */
const BETWEEN =
  /^的?(?:相邻|相连|相接|相隔|毗邻|毗连|邻近|接壤|交界|之间|中间|一墙之隔|共用|合用|共享|公用|混用|比|距|仅隔|隔|旁|附近|对面|隔壁)/;
const SHORT = /^\p{Script=Han}{0,10}?(?:学校|小学|中学|幼儿园|高中|初中|局|中心|院)/u;
const REGION = /^\p{Script=Han}{1,6}?[县区市]/u;

/**
 * A problem is one unit's: of two that stand side by side the second would be neither told nor counted. One that is named later on is a word of
 * the problem.
 */
export async function refuseSecondUnit(
  text: string,
  [first, second]: Awaited<ReturnType<typeof unitsIn>>,
  read: Pick<Reads, 'directory'>,
): Promise<void> {
  if (!first) return;
  const beside = second && JOINT.test(text.slice(first.end, second.start)) ? second : undefined;
  const [only] = beside?.candidates ?? [];
  // 一中 望海区第一中学 is one unit, called twice.
  if (beside?.candidates.length === 1 && first.candidates.some(({ id }) => id === only?.id)) return;
  const also = beside ?? (await withoutRegion(text, first.end, first.candidates, read));
  if (!also) return;
  const after = text.slice(also.end);
  const isJoined = first.end < also.start || /^(?:$|[\s,，、;；])/.test(after);
  if (!isJoined || BETWEEN.test(after)) return;
  throw new UserError(
    `没有登记。写了“${first.written}”和“${also.written}”两个单位，一次写一个单位，请分成几行，每行一条“问题”。`,
  );
}

/** 望海一中和实验小学: the second is of the county of the first, which is not said again. */
async function withoutRegion(text: string, from: number, near: readonly UnitRef[], read: Pick<Reads, 'directory'>) {
  const start = from + (JOINED.exec(text.slice(from))?.[0].length ?? 0);
  const rest = text.slice(start);
  if (start === from || !SHORT.test(rest)) return undefined;
  const regions = near.flatMap(({ name }) => REGION.exec(name)?.[0] ?? []);
  const { units } = await read.directory();
  const [written] = units
    .flatMap(({ names }) => names)
    .flatMap((name) => regions.flatMap((region) => (name.startsWith(region) ? [name.slice(region.length)] : [])))
    .filter((name) => name.length > 2 && rest.startsWith(name))
    .toSorted((a, b) => b.length - a.length);
  return written === undefined ? undefined : { start, end: start + written.length, written };
}
