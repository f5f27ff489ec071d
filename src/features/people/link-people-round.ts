import { type Budget, each } from '../../app/budget.ts';
import type { Core } from '../../app/core.ts';
import { DAY_MS, type Instant, MINUTE_MS } from '../../domain/calendar/local-date.ts';
import type { Change } from '../../ports/changes.ts';
import type { NamedInGroup, PersonToLink } from '../../ports/links.ts';
import type { ChatMember } from '../../ports/messenger.ts';
import { type Proposal, propose } from './propose-names.ts';

/** batch_get_id takes 50 mobile numbers a call. */
const MOBILES = 50;
const GROUPS = 5;
/** Whoever was not found is looked for again a day later: accounts appear, people join groups. */
const AGAIN_MS = DAY_MS;
/** A group that Lark did not list, so that it keeps none of the others from its turn. */
const SOON_MS = 10 * MINUTE_MS;

/**
 * Learns the open ids of people: by mobile number, else by a name that only one member of the unit's bound group has; where much follows
 * from it, the name is only proposed to the administrators. Nobody is mentioned or answered as somebody before that. One small round a minute. Numbers come
 * first, all of them: before they have said whose an account is, its name could be a namesake's.
 */
export async function linkPeople(core: Core, now: Instant, budget: Budget): Promise<void> {
  const moreNumbers = await byMobile(core, now);
  if (moreNumbers) return;
  const groups = await core.store.groupsToLink(now - AGAIN_MS, GROUPS);
  await each({ core, round: 'accounts', budget }, groups, (group) => byGroup(core, group, now));
}

/** True when numbers were looked up and there may be more of them. */
async function byMobile(core: Core, now: Instant): Promise<boolean> {
  const people = await core.store.peopleToLink(now - AGAIN_MS, MOBILES);
  if (people.length === 0) return false;
  const found = await core.messenger.openIdsByMobile(people.map(({ mobile }) => mobile));
  if (!found.ok) {
    core.log.warn({ ...found.failure }, 'mobile numbers could not be looked up');
    if (found.failure.kind !== 'refused') return false;
  }
  // A refusal will not change by asking every minute; these people wait a day, and the others have their turn.
  const asked = { kind: 'people.asked', personIds: people.map(({ id }) => id), at: now } as const;
  const mobiles = new Map(people.map(({ id, mobile }) => [id, mobile]));
  await commitLinks(core, now, people, 'mobile', [asked], ({ id }) =>
    found.ok ? found.value.get(mobiles.get(id) ?? '') : undefined,
  );
  return people.length === MOBILES;
}

async function byGroup(
  core: Core,
  { chatId, people }: { readonly chatId: string; readonly people: readonly NamedInGroup[] },
  now: Instant,
): Promise<void> {
  const asked = (at: Instant) => ({ kind: 'group.asked', chatId, at }) as const;
  const members = await core.messenger.chatMembers(chatId);
  if (!members.ok) {
    core.log.warn({ chatId, ...members.failure }, 'members of a group could not be read');
    if (members.failure.kind === 'retry' || members.failure.kind === 'misconfigured') {
      const changes = [asked(now - AGAIN_MS + SOON_MS)];
      await core.store.commit({ changes, messages: [], audit: [] });
      return;
    }
  }
  const tenant = await core.store.tenantKey();
  const unitId = (await core.store.group(chatId))?.unit?.id ?? '';
  const openIds = new Map<string, string>();
  const proposals: Proposal[] = [];
  for (const person of people) {
    const { id, name, formerOpenId } = person;
    const found = ownMember(members.ok ? members.value : [], name, tenant);
    if (!found || found.openId === formerOpenId || !(await isAlone(core, name, unitId, found.openId))) continue;
    if (await isPlain(core, person, found, tenant)) openIds.set(id, found.openId);
    else proposals.push({ person, openId: found.openId });
  }
  await commitLinks(core, now, people, 'group', [asked(now)], ({ id }) => openIds.get(id));
  await propose(core, { chatId, unitId, proposals }, now);
}

/** The one member of this name; an account of another company is nobody's, and its name makes no other unclear. */
function ownMember(members: readonly ChatMember[], name: string, tenant: string | undefined): ChatMember | undefined {
  const [only, second] = members.filter(
    (member) =>
      member.name === name && (tenant === undefined || member.tenantKey === undefined || member.tenantKey === tenant),
  );
  return second ? undefined : only;
}

/** Nothing much follows from it, and whose company the account is of is certain: else somebody has to look at it. */
async function isPlain(
  core: Core,
  { waits }: NamedInGroup,
  { openId, tenantKey }: ChatMember,
  tenant: string | undefined,
): Promise<boolean> {
  if (waits || tenant === undefined || tenantKey === undefined || core.adminOpenIds.has(openId)) return false;
  return (await core.store.roles(openId)).length === 0;
}

/** A name that two people below the group's unit share says nothing, linked or not; nor does an account that is somebody's already. */
async function isAlone(core: Core, name: string, unitId: string, openId: string): Promise<boolean> {
  if ((await core.store.peopleByOpenId(openId)).length > 0) return false;
  let below = 0;
  for (const { unit } of await core.store.peopleByName(name))
    if (await core.store.isWithin(unit.id, [unitId])) below += 1;
  return below === 1;
}

async function commitLinks(
  core: Core,
  now: Instant,
  people: readonly PersonToLink[],
  by: 'mobile' | 'group',
  asked: readonly Change[],
  openIdOf: (person: PersonToLink) => string | undefined,
): Promise<void> {
  const links = people.flatMap((person): Extract<Change, { kind: 'person.linked' }>[] => {
    const openId = openIdOf(person);
    return openId && openId !== person.formerOpenId
      ? [{ kind: 'person.linked', personId: person.id, openId, by, seen: person.version }]
      : [];
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
