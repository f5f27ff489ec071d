import type { Instant } from '../domain/calendar/local-date.ts';
import type { Person } from '../domain/people/person.ts';

/** A person's claim to be somebody of the address book, until an administrator settles it. */
export interface LinkRequest {
  readonly id: string;
  readonly openId: string;
  readonly person: Person;
  readonly chatId: string;
  readonly requestedAt: Instant;
  /** The bot found the name among a group's members; the account has said nothing. */
  readonly byName: boolean;
}

/** `formerOpenId`: the account that an administrator took away; it is not theirs, whatever a number or a name says. */
export interface PersonToLink extends Person {
  readonly formerOpenId?: string | undefined;
}

/** `waits`: too much follows from who it is (a recorded number, a seat on a team, a right, a secret) for a name in a group to say it. */
export interface NamedInGroup extends PersonToLink {
  readonly waits: boolean;
}

/** Who waits to be known as somebody of the address book, and who is still to be found. */
export interface LinkReads {
  linkRequests(limit: number): Promise<readonly LinkRequest[]>;
  linkRequest(id: string): Promise<LinkRequest | undefined>;
  /** People with a mobile number and no open id who were last asked about before this instant. */
  peopleToLink(askedBefore: Instant, limit: number): Promise<readonly (PersonToLink & { readonly mobile: string })[]>;
  /**
   * Active bound groups whose members were last asked for before this instant (work_group.members_asked_at, 0 from the start), each
   * with those people below its unit who have no open id, and no mobile number or one that was looked up in vain (asked_at > 0).
   * Groups without such people are left out.
   */
  groupsToLink(
    askedBefore: Instant,
    limit: number,
  ): Promise<readonly { readonly chatId: string; readonly people: readonly NamedInGroup[] }[]>;
}

/** How accounts become people of the address book. */
export type LinkChange =
  /** The open id was looked for by mobile number; not again for a while. */
  | { readonly kind: 'people.asked'; readonly personIds: readonly string[]; readonly at: Instant }
  | {
      readonly kind: 'person.linked';
      readonly personId: string;
      readonly openId: string;
      readonly by: 'mobile' | 'group' | 'administrator';
      readonly seen: number;
    }
  /** Replaces an earlier request of the same account. */
  | {
      readonly kind: 'link.requested';
      readonly id: string;
      readonly openId: string;
      readonly personId: string;
      readonly chatId: string;
      readonly at: Instant;
    }
  /** The bot's own question whether the account is this person. */
  | {
      readonly kind: 'link.proposed';
      readonly id: string;
      readonly openId: string;
      readonly personId: string;
      readonly chatId: string;
      readonly at: Instant;
    }
  /** Stale when it was settled already. `refused`: the account is not proposed for this person again. */
  | { readonly kind: 'link.settled'; readonly id: string; readonly refused?: true };
