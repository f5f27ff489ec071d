import type { Instant } from '../domain/calendar/local-date.ts';
import type { Person } from '../domain/work/person.ts';
import type { Change } from '../ports/store.ts';
import type { Core } from './core.ts';

/** batch_get_id takes 50 mobile numbers a call. */
const MOBILES = 50;
const GROUPS = 5;
/** Whoever was not found is looked for again a day later: accounts appear, people join groups. */
const AGAIN_MS = 24 * 3_600_000;

/**
 * Learns the open ids of people: by mobile number, else by a name that only one member of the unit's bound group has. Nobody is
 * mentioned or answered as somebody before that. One small round a tick; a failing call is simply tried again the next minute.
 */
export async function linkPeople(core: Core, now: Instant): Promise<void> {
  try {
    await byMobile(core, now);
    await byGroup(core, now);
  } catch (error) {
    core.log.error(
      { error: error instanceof Error ? (error.stack ?? error.message) : String(error) },
      'linking people failed',
    );
  }
}

async function byMobile(core: Core, now: Instant): Promise<void> {
  const people = await core.store.peopleToLink(now - AGAIN_MS, MOBILES);
  if (people.length === 0) return;
  const found = await core.messenger.openIdsByMobile(people.map(({ mobile }) => mobile));
  if (!found.ok) return core.log.warn({ ...found.failure }, 'mobile numbers could not be looked up');
  const asked = { kind: 'people.asked', personIds: people.map(({ id }) => id), at: now } as const;
  await commitLinks(core, now, people, 'mobile', [asked], (person) =>
    found.value.get(people.find(({ id }) => id === person.id)?.mobile ?? ''),
  );
}

async function byGroup(core: Core, now: Instant): Promise<void> {
  for (const { chatId, people } of await core.store.groupsToLink(now - AGAIN_MS, GROUPS)) {
    const asked = { kind: 'group.asked', chatId, at: now } as const;
    const members = await core.messenger.chatMembers(chatId);
    if (!members.ok) core.log.warn({ chatId, ...members.failure }, 'members of a group could not be read');
    // A name that two members, or two people of the unit, share says nothing.
    await commitLinks(core, now, people, 'group', [asked], ({ name }) => {
      const [only, second] = members.ok ? members.value.filter((member) => member.name === name) : [];
      return second || people.filter((person) => person.name === name).length > 1 ? undefined : only?.openId;
    });
  }
}

async function commitLinks(
  core: Core,
  now: Instant,
  people: readonly Person[],
  by: 'mobile' | 'group',
  asked: readonly Change[],
  openIdOf: (person: Person) => string | undefined,
): Promise<void> {
  const links = people.flatMap((person): Extract<Change, { kind: 'person.linked' }>[] => {
    const openId = openIdOf(person);
    return openId ? [{ kind: 'person.linked', personId: person.id, openId, by, seen: person.version }] : [];
  });
  const outcome = await core.store.commit({
    changes: [...links, ...asked],
    messages: [],
    audit: links.map(({ personId, openId }) => ({
      id: core.ids.next('audit'),
      at: now,
      actor: 'heartbeat',
      action: 'person.linked',
      subject: personId,
      after: { openId, by },
    })),
  });
  if (outcome === 'done' && links.length > 0) core.log.info({ linked: links.length, by }, 'people linked');
}
