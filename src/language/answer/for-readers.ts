import type { Block, Button, Doc, Needs } from '../../cards/views.ts';
import type { WorkGroup } from '../../domain/groups/group.ts';
import { type Acting, type Item, may, RIGHTS } from '../../domain/people/rights.ts';
import type { Reads } from '../../ports/store.ts';
import type { Notice } from '../command.ts';
import { holdersAble, itemOf } from '../who/rights.ts';

interface Knowing {
  readonly read: Pick<
    Reads,
    'group' | 'person' | 'peopleByOpenId' | 'roles' | 'roleHolders' | 'unitsAbove' | 'directory' | 'isWithin' | 'sights'
  >;
  readonly administrators: ReadonlySet<string>;
  /** Whoever it answers reads it, and is in the group. */
  readonly actor?: Acting | undefined;
}

/**
 * A card as its readers get it: without what none of them may do. In a direct chat that person decides; in a group the people of its unit, as
 * the address book has them, and who asked. Lark is not asked who is in it: a card would wait for that, and be another one tomorrow.
 */
export async function forReaders(doc: Doc, to: Notice['to'], knowing: Knowing): Promise<Doc> {
  if (!doc.blocks.some(hasNeeds)) return doc;
  const ables = new Map<string, Promise<boolean>>();
  const ask = await readersOf(to, knowing);
  const isFor = (needs: Needs | undefined): Promise<boolean> => {
    if (!needs) return Promise.resolve(true);
    const key = JSON.stringify(needs);
    const asked = ables.get(key) ?? ask(needs);
    ables.set(key, asked);
    return asked;
  };
  const blocks = await Promise.all(doc.blocks.map((block) => blockFor(block, isFor)));
  return { ...doc, blocks: blocks.flat() };
}

const hasNeeds = (block: Block): boolean =>
  block.kind === 'buttons'
    ? block.buttons.some(({ needs }) => needs !== undefined)
    : (block.kind === 'form' || block.kind === 'note') && block.needs !== undefined;

async function blockFor(
  block: Block,
  isFor: (needs: Needs | undefined) => Promise<boolean>,
): Promise<readonly Block[]> {
  if (!hasNeeds(block)) return [block];
  if (block.kind !== 'buttons') return 'needs' in block && !(await isFor(block.needs)) ? [] : [block];
  const kept = await Promise.all(block.buttons.map(async (button) => ((await isFor(button.needs)) ? [button] : [])));
  const buttons = kept.flat();
  const led = block.buttons.some(({ style }) => style === 'primary');
  return buttons.length > 0 ? [{ kind: 'buttons', buttons: led ? withPrimary(buttons) : buttons }] : [];
}

/** The first of those that are left leads. */
const withPrimary = (buttons: readonly Button[]): readonly Button[] =>
  buttons.some(({ style }) => style === 'primary')
    ? buttons
    : buttons.map((button, index) => (index === 0 ? { ...button, style: 'primary' } : button));

async function readersOf(to: Notice['to'], knowing: Knowing): Promise<(needs: Needs) => Promise<boolean>> {
  const { read, administrators, actor } = knowing;
  if ('openId' in to) {
    const { openId } = to;
    const reader = actor?.openId === openId ? actor : await accountOf(openId, read, administrators);
    return async ({ right, ...on }) => may(reader, right, await itemOf(read, on));
  }
  const group = await read.group(to.chatId);
  return async ({ right, ...on }) => {
    const item = await itemOf(read, on);
    if (actor && may(actor, right, item)) return true;
    return group?.unit !== undefined && somebodyOf(group.unit, { right, ...on }, item, read);
  };
}

async function accountOf(openId: string, read: Knowing['read'], administrators: ReadonlySet<string>): Promise<Acting> {
  const [people, roles] = await Promise.all([read.peopleByOpenId(openId), read.roles(openId)]);
  const isAdministrator =
    administrators.has(openId) || roles.some(({ role, unitId }) => role === 'administrator' && unitId === undefined);
  return { openId, people, roles, isAdministrator };
}

/** Whether somebody of the group's unit may do it: by a role, by a seat in the item, or as one of its unit. */
async function somebodyOf(
  unit: NonNullable<WorkGroup['unit']>,
  { right, team = [], responsible = [] }: Needs,
  item: Item,
  read: Knowing['read'],
): Promise<boolean> {
  const parts: readonly string[] = RIGHTS[right].who;
  const isOf = async (unitId: string) =>
    unit.isRoot ? (await read.sights([unitId])).includes(unit.sees) : read.isWithin(unitId, [unit.sees]);
  const any = async (unitIds: readonly string[]) => (await Promise.all([...new Set(unitIds)].map(isOf))).includes(true);
  if (parts.includes('member') && (await any(item.units.map(({ id }) => id)))) return true;
  const linked = async (ids: readonly string[]) =>
    (await Promise.all(ids.map((id) => read.person(id)))).flatMap((person) => (person?.openId ? [person.unit.id] : []));
  if (parts.includes('responsible') && (await any(await linked(responsible)))) return true;
  // Inspectors sit in the groups above the unit that they visit, and not in its own.
  const isVisited = item.units.some(({ id }) => id === unit.id);
  if (parts.includes('team') && !isVisited && (await linked(team)).length > 0) return true;
  const able = await holdersAble(read, right, item);
  return any(able.flatMap(({ people }) => people.map((person) => person.unit.id)));
}
