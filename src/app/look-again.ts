import { renderCard } from '../cards/render.ts';
import type { Doc } from '../cards/views.ts';
import { DAY_MS, type Instant, MINUTE_MS } from '../domain/calendar/local-date.ts';
import type { MadeAgain, Waiting } from '../language/answer/made-again.ts';
import { type Leased, WAITED_MS } from '../ports/outbox.ts';
import type { BasisRow } from '../ports/remake.ts';
import { liveCard } from './card-message.ts';
import { commitChanges } from './commit-changes.ts';
import type { Core } from './core.ts';
import { isMadeAlways, makeAgain } from './remakes.ts';
import { stackOf } from './stack-of.ts';

/** A fault of ours is looked into by somebody; meanwhile nothing leaves that may not be so any more. */
const AFTER_FAULT_MS = 5 * MINUTE_MS;

/** Whether it has waited, was never tried, and is made again whatever its rows say. */
export const isToBeMade = ({ firstSentAt, madeAt, remake }: Leased, now: Instant): boolean =>
  firstSentAt === undefined && now - madeAt > WAITED_MS && isMadeAlways(remake);

/**
 * Looks again at what waited, before its first attempt: whether the chat is still the unit's for which it was made, and what is so now. The
 * message as it may leave; undefined when there is nothing to be said any more, which the audit says.
 */
export async function lookAgain(core: Core, given: Leased): Promise<Leased | undefined> {
  const { store, outbox, time } = core;
  const now = time.now();
  try {
    // Before anything is read: what changes while it is made is seen by the last look.
    const message = { ...given, basis: await outbox.basisNow(given) };
    const made = await madeNow(core, message, given.basis, now);
    if (typeof made === 'object' && 'nothing' in made) return await dropped(core, message, made);
    const card =
      made === 'same' || message.type !== 'interactive'
        ? undefined
        : { content: renderCard(made.doc).json, live: liveCard(made.doc, made.openId)?.live };
    if (made !== 'same' && made.changes) await commitChanges(store, made.changes);
    await outbox.remade(message, card, now);
    return { ...message, madeAt: now, ...(card && { content: card.content }) };
  } catch (error) {
    if (store.isFailure(error)) throw error;
    core.log.error({ key: given.key, error: stackOf(error) }, 'a message that waited could not be made again');
    if (now - given.createdAt > DAY_MS) await outbox.keep(given.key, 'failed', undefined, '内容没有能重新生成', now);
    else await outbox.again(given, now + AFTER_FAULT_MS, '内容没有能重新生成', true);
    return undefined;
  }
}

type MadeDoc = Extract<MadeAgain, { readonly doc: Doc }> & { readonly openId: string | undefined };

/** `openId`: whose its card is when it is brought up to date, as `cardMessage` is told of a message that is new. */
async function madeNow(
  core: Core,
  message: Leased,
  before: readonly BasisRow[],
  now: Instant,
): Promise<Exclude<MadeAgain, { readonly doc: Doc }> | MadeDoc> {
  const { store } = core;
  const { chatKey: place, remake, basis } = message;
  const unitId = remake?.kind === 'push' ? remake.unitId : message.unitId;
  const { chatId } = message.to;
  const group = await store.group(chatId);
  // Whoever is bound further up goes on seeing what the unit below may see.
  const boundTo = group?.unit ? [group.unit.id] : [];
  if (unitId !== undefined && !boundTo.includes(unitId) && !(await store.isWithin(unitId, boundTo)))
    return { nothing: '群已换绑单位' };
  const wasSomebody = basis.some(({ table }) => table === 'person');
  if (!group && wasSomebody && (await store.peopleByOpenId(place)).length === 0)
    return { nothing: '收件人已不在通讯录里' };
  const versions = new Map(before.map(({ table, id, version }) => [`${table} ${id}`, version]));
  const readerMoved = basis.some(
    ({ table, id, version }) =>
      (table === 'person' || table === 'role_grant') && versions.get(`${table} ${id}`) !== version,
  );
  const waiting: Waiting = { place, chatId, isGroup: group !== undefined, readerMoved, now };
  const made = remake === undefined ? 'same' : await makeAgain(core, remake, waiting);
  if (made === 'same' || 'nothing' in made) return made;
  return { ...made, openId: remake?.kind === 'answer' ? remake.openId : group ? undefined : place };
}

async function dropped(
  { store, time, ids, count }: Core,
  { key, to }: Leased,
  { nothing: why, changes = [] }: Extract<MadeAgain, { readonly nothing: string }>,
): Promise<undefined> {
  const now = time.now();
  await store.commit({
    changes: [{ kind: 'message.withdrawn', keys: [key], at: now, reason: why }, ...changes],
    messages: [],
    audit: [
      {
        id: ids.next('audit'),
        at: now,
        actor: 'delivery',
        chatId: to.chatId,
        action: 'message.dropped',
        subject: to.chatId,
        after: why,
      },
    ],
  });
  count('dudao_deliveries_total', { outcome: 'dropped' });
  return undefined;
}
