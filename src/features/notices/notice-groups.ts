import type { WorkGroup } from '../../domain/groups/group.ts';
import { collectiveOf, type UnitRef } from '../../domain/people/unit.ts';
import type { Owed, Situation } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';
import { reachable } from '../../language/who/rights.ts';
import { unitNamed, unitsIn } from '../../language/who/unit-named.ts';
import { type MeantUnit, unitOver, unitsMeant } from '../recipients/who-hears.ts';

export interface NoticeGroups {
  readonly groups: readonly WorkGroup[];
  /** They were not named one by one, or read it in a group that was not named: they are shown before it is sent. */
  readonly expanded: boolean;
  /** Units without a group of their own, and the group of a unit above in which they read it. */
  readonly covered: NonNullable<Owed['covered']>;
  /** Units that no group reads for. */
  readonly unreached: NonNullable<Owed['unreached']>;
}

const EVERY_GROUP = /^(?:全部|所有)(?:工作)?群?$|^各(?:工作)?群$/;

/** The groups that are meant by 望海区、临江区, by a group's own name, by 各县区, or by 全部群. */
export async function noticeGroups(names: readonly string[], context: Situation): Promise<NoticeGroups> {
  const all = await boundGroups(context);
  const parts: NoticeGroups[] = [];
  for (const name of names) {
    refuseBrackets(
      name,
      all.map(({ name: known }) => known),
    );
    parts.push(await groupsNamed(name, all, context));
  }
  const found = parts.flatMap(({ groups }) => groups);
  const groups = [...new Map(found.map((group) => [group.chatId, group])).values()];
  const unreached = parts.flatMap((part) => part.unreached);
  if (groups.length === 0) {
    const [only] = unreached;
    throw new UserError(
      only && unreached.length === 1
        ? `“${only.name}”还没有绑定的工作群，没有发送。请先把督导助手拉进它的群并绑定。`
        : `没有找到“${names.join('、')}”的工作群，没有发送。发送“工作群”看有哪些群。`,
    );
  }
  return {
    groups,
    expanded: parts.some(({ expanded }) => expanded) || unreached.length > 0,
    covered: parts.flatMap(({ covered }) => covered),
    unreached,
  };
}

/** 各区（临江除外）: what stands in brackets narrows whom it goes to, unless a group is called so. */
function refuseBrackets(name: string, known: readonly (string | undefined)[]): void {
  const [bracket] = /[(（][^)）]*[)）]?/.exec(name) ?? [];
  if (bracket !== undefined && !known.includes(name))
    throw new UserError(
      `没有发送。没看懂“${bracket}”：收件的群或单位请逐个写在冒号前面，不写除外，例如：通知 望海区、青山县：今天报表`,
    );
}

const ANOTHER_TO = /(?<=[\s;；。,，、])(?:通知\s*)?([\p{Script=Han}\d]{2,14})\s*[:：](?!\d)/gu;

/** 通知 望海区：交台账；临江区：交总结 is two notices: the second would be read by the first group, and reach nobody else. Throws UserError. */
export async function refuseSecondAddressee(words: string, context: Situation): Promise<void> {
  const all = await boundGroups(context);
  for (const [, name = ''] of ` ${words}`.matchAll(ANOTHER_TO))
    if (await isKnown(name, all, context))
      throw new UserError(
        `没有发送：一行里像有两条通知（还有“${name}：”）。请分成两条消息发送；发给几个单位的同一条通知，请把单位写在一起，例如：通知 望海区、${name}：内容`,
      );
}

/**
 * Whom the words before a colon mean in a line that was typed in a group: undefined when they are no units and groups (注意：…), or the group
 * itself. They are shown before anything is sent. Throws UserError where only some of them are.
 */
export async function ofThisGroup(names: readonly string[], context: Situation): Promise<NoticeGroups | undefined> {
  const all = await boundGroups(context);
  const known: string[] = [];
  for (const name of names) if (await isKnown(name, all, context)) known.push(name);
  if (known.length === 0) return undefined;
  const [unknown] = names.filter((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new UserError(`没有发送。没看懂“${unknown}”是哪个群或单位；只发在本群请发送：通知 只发本群 内容`);
  const meant = await noticeGroups(names, context);
  const isThis = meant.groups.every(({ chatId }) => chatId === context.chat.chatId);
  return isThis && meant.unreached.length === 0 ? undefined : { ...meant, expanded: true };
}

const LEAD = /^(?:(?:只|仅|单独)?(?:发给|发到|发|推给|推到|推|给|对|在|管)|只|仅)/;

/** A word of the text that names a group or units, other than the chat's own: 望海群 台风红色预警, 只发望海区. */
export async function otherGroupIn(text: string, context: Situation): Promise<string | undefined> {
  const all = (await context.read.activeGroups()).map(({ group }) => group);
  const own = [context.chat.group?.name, context.chat.group?.unit?.name];
  for (const word of text.split(/[\s,，。;；:：、()（）]+|和/)) {
    const name = word.replace(LEAD, '');
    if (name.length < 2 || own.includes(name) || EVERY_GROUP.test(name)) continue;
    if (await isKnown(name, all, context)) return name;
  }
  return undefined;
}

async function isKnown(name: string, all: readonly WorkGroup[], { read }: Situation): Promise<boolean> {
  if (EVERY_GROUP.test(name) || collectiveOf(name) || all.some((group) => group.name === name)) return true;
  const [mention, second] = await unitsIn(name, read);
  return mention !== undefined && second === undefined && mention.start === 0 && mention.end === name.length;
}

const boundGroups = async ({ read }: Pick<Situation, 'read'>): Promise<readonly WorkGroup[]> =>
  (await read.activeGroups()).map(({ group }) => group).filter(({ unit }) => unit !== undefined);

async function groupsNamed(name: string, all: readonly WorkGroup[], context: Situation): Promise<NoticeGroups> {
  const nobody = { covered: [], unreached: [] };
  if (EVERY_GROUP.test(name)) {
    const groups = await reachable(context, 'notice.send', all, ({ unit }) => unit?.id);
    return { groups, expanded: true, ...nobody };
  }
  const collective = collectiveOf(name);
  if (collective) {
    const { read, chat } = context;
    // What 各学校 means in a county's group is below the county.
    const from = chat.group?.unit?.id;
    const below = from === undefined ? undefined : await unitOver(read, [collective], from);
    const meant = await reachable(context, 'notice.send', await unitsMeant(read, collective, below), ({ id }) => id);
    return { ...(await readersOf(meant, context)), expanded: true };
  }
  const byName = all.filter((group) => group.name === name);
  if (byName.length > 0) return { groups: byName, expanded: false, ...nobody };
  return readersOf([await unitNamed(name, context)], context);
}

/** As `whoHears`, for what is confirmed group by group: each unit's own groups, else the nearest group above that is not the root's. */
async function readersOf(units: readonly MeantUnit[], { read }: Situation): Promise<NoticeGroups> {
  const over = Map.groupBy(await read.groupsOver(units.map(({ id }) => id)), ({ unitId }) => unitId);
  const groups: WorkGroup[] = [];
  const covered: { readonly unit: string; readonly group: string }[] = [];
  const unreached: { readonly name: string; readonly why: string }[] = [];
  for (const same of Map.groupBy(units, ({ id, standsFor }) => standsFor?.id ?? id).values()) {
    const each = same.flatMap((unit) => {
      const all = over.get(unit.id) ?? [];
      const near = all.filter(({ distance }) => distance === all[0]?.distance);
      return near.length > 0 ? [{ unit, near }] : [];
    });
    groups.push(...each.flatMap(({ near }) => near.map(({ group }) => group)));
    const above = each.filter(
      ({ unit, near }) => (unit.standsFor?.id ?? unit.id) === unit.id && (near[0]?.distance ?? 0) > 0,
    );
    covered.push(
      ...above.map(({ unit, near }) => ({ unit: unit.name, group: namesOf(near.map(({ group }) => group)) })),
    );
    const whole: UnitRef | undefined = same[0]?.standsFor ?? same[0];
    if (each.length === 0 && whole) unreached.push({ name: whole.name, why: '没有工作群' });
  }
  return { groups, expanded: covered.length > 0, covered, unreached };
}

const namesOf = (groups: readonly WorkGroup[]): string => groups.map(({ name, unit }) => name || unit?.name).join('、');
