import { cardMessage } from '../../app/card-message.ts';
import type { Core } from '../../app/core.ts';
import type { Instant } from '../../domain/calendar/local-date.ts';
import { wallClock } from '../../domain/calendar/local-date.ts';
import type { Person } from '../../domain/people/person.ts';
import { waitsUntil } from '../../domain/settings.ts';
import { holdersAble, itemOf } from '../../language/who/rights.ts';
import type { LinkRequest } from '../../ports/links.ts';
import { waitingDoc } from './waiting-card.ts';

export interface Proposal {
  readonly person: Person;
  readonly openId: string;
}

/** So many requests are looked through. */
const WAITING = 200;

/**
 * Asks the administrators of the group's unit whether these accounts are these people: one card with all that waits below the unit, the
 * earlier ones among them, each time somebody new is found.
 */
export async function propose(
  core: Core,
  {
    chatId,
    unitId,
    proposals,
  }: { readonly chatId: string; readonly unitId: string; readonly proposals: readonly Proposal[] },
  now: Instant,
): Promise<void> {
  const { store, ids, zone, adminOpenIds } = core;
  const waiting = await store.linkRequests(WAITING);
  const isAsked = ({ openId, person }: Proposal) =>
    waiting.some((asked) => asked.openId === openId || (asked.byName && asked.person.id === person.id));
  const fresh = proposals
    .filter((proposal) => !isAsked(proposal))
    .map(
      ({ person, openId }): LinkRequest => ({ id: ids.code(), openId, person, chatId, requestedAt: now, byName: true }),
    );
  if (fresh.length === 0) return;
  const earlier: LinkRequest[] = [];
  for (const asked of waiting)
    if (asked.byName && (await store.isWithin(asked.person.unit.id, [unitId]))) earlier.push(asked);
  const all = [...fresh, ...earlier];
  const able = await holdersAble(store, 'people.change', await itemOf(store, { unitIds: [unitId] }));
  const settings = await store.settings();
  await store.commit({
    changes: fresh.map(({ requestedAt, person, byName: _, ...asked }) => ({
      kind: 'link.proposed',
      ...asked,
      personId: person.id,
      at: requestedAt,
    })),
    messages: [...new Set([...adminOpenIds, ...able.map(({ openId }) => openId)])].flatMap((to) => {
      // Nobody is asked about themselves.
      const theirs = all.filter(({ openId }) => openId !== to);
      return theirs.length === 0
        ? []
        : [
            cardMessage(waitingDoc(theirs, { zone, today: wallClock(now, zone).date }), {
              key: `names:${chatId}:${now}:${to}`,
              lane: 'reply',
              alert: true,
              chatId: to,
              openId: to,
              remake: { kind: 'alert', of: 'bot' },
              uuid: ids.next('n'),
              dueAt: waitsUntil(settings, to, now, zone) ?? now,
              now,
            }),
          ];
    }),
    audit: fresh.map(({ person, openId }) => ({
      id: ids.next('audit'),
      at: now,
      actor: 'heartbeat',
      action: 'link.requested',
      subject: person.id,
      after: openId,
    })),
  });
}
