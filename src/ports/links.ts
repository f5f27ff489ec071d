import type { Instant } from '../domain/calendar/local-date.ts';
import type { Person } from '../domain/people/person.ts';

/** A person's claim to be somebody of the address book, until an administrator settles it. */
export interface LinkRequest {
  readonly id: string;
  readonly openId: string;
  readonly person: Person;
  readonly chatId: string;
  readonly requestedAt: Instant;
}

/** `formerOpenId`: the account that an administrator took away; it is not theirs, whatever a number or a name says. */
export interface PersonToLink extends Person {
  readonly formerOpenId?: string | undefined;
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
  ): Promise<readonly { readonly chatId: string; readonly people: readonly PersonToLink[] }[]>;
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
  /** Stale when it was settled already. */
  | { readonly kind: 'link.settled'; readonly id: string };
