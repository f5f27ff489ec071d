import type { Instant, LocalDate } from '../domain/calendar/local-date.ts';
import type { Person } from '../domain/people/person.ts';
import type { Inspection } from '../domain/visits/inspection.ts';

export interface PersonRow {
  readonly id: string;
  readonly unitId: string;
  readonly name: string;
  readonly position: string;
  readonly mobile?: string | undefined;
  readonly officePhone: string;
  readonly email: string;
  /** named: the address book's liaison of the unit. withdrawn: no more, by an administrator, whatever a table says. */
  readonly liaison?: 'named' | 'withdrawn' | undefined;
  /** Serves no more, or is the row of another: written by the administrators' own changes, never by an import. */
  readonly gone?: { readonly kind: 'left' | 'merged'; readonly into?: string | undefined } | undefined;
  readonly version: number;
}

interface AddressBookQuery {
  /** Only people of these units and the units below them; of all units when undefined. */
  readonly within?: readonly string[] | undefined;
  /** Only people of this name. */
  readonly name?: string | undefined;
  /** From which day on a visit is still to be done. */
  readonly today: LocalDate;
  /** Unannounced visits are counted among what is still to be done; else their number would tell of one. */
  readonly unannounced?: true | undefined;
  readonly limit: number;
}

/** A person as the list of people shows them: the account, and what stands in the way of one. */
export interface BookedPerson extends Person {
  readonly linkedBy?: 'mobile' | 'group' | 'administrator' | undefined;
  readonly hasMobile: boolean;
  /** The account was looked for by mobile number. */
  readonly lookedFor: boolean;
  /** The account that an administrator took away, or that was theirs before they left. */
  readonly formerOpenId?: string | undefined;
  /** Serves no more since; `open`: so many things are still to be done under their name. */
  readonly left?: { readonly at: Instant; readonly successor?: string | undefined; readonly open: number } | undefined;
}

interface AddressBook {
  /** Who has left and still has something to do comes first, then unlinked people, by unit and name; the others who have left come last. */
  readonly people: readonly BookedPerson[];
  readonly total: number;
  readonly unlinked: number;
  readonly left: number;
}

/** What is still to be done by a person. */
export interface Duties {
  /** On the team, the day over at the earliest today; cancelled ones too, since they may be restored. */
  readonly visits: readonly {
    readonly id: string;
    readonly from: LocalDate;
    readonly to: LocalDate;
    readonly unit: string;
    readonly kind: string;
    readonly role: 'leader' | 'member';
    readonly unannounced: boolean;
    readonly beginsAt: Instant;
    readonly state: Inspection['state'];
  }[];
  /** Visits to come of the person's unit that name them as contact. */
  readonly contacts: readonly Pick<Inspection, 'id' | 'unannounced' | 'beginsAt' | 'state'>[];
  /** Open tasks for which the person is responsible. */
  readonly tasks: readonly { readonly id: string; readonly title: string; readonly dueText: string }[];
  /** Open problems for which the person is responsible, the restricted ones aside. */
  readonly findings: readonly {
    readonly id: string;
    readonly number: number;
    readonly unit: string;
    readonly description: string;
    readonly due?: LocalDate | undefined;
  }[];
  /** Restricted ones that are theirs to answer for or to see: handed on too, but nobody else hears of them. `viewers` are open ids. */
  readonly restricted: readonly { readonly id: string; readonly number: number; readonly viewers: readonly string[] }[];
  /** Confidential tasks, by the unit whose office runs them: that office decides who answers for them now. */
  readonly confidential: readonly { readonly number: number; readonly unitId: string }[];
}

/** Who serves, and who has served. */
export interface PersonReads {
  /** All rows of the address book that are linked to this account (one person may serve in two units). */
  peopleByOpenId(openId: string): Promise<readonly Person[]>;
  person(id: string): Promise<Person | undefined>;
  peopleByName(name: string): Promise<readonly Person[]>;
  /** Whether the account was that of somebody who has left the service. */
  hasLeft(openId: string): Promise<boolean>;
}

export interface AddressBookReads {
  addressBook(query: AddressBookQuery): Promise<AddressBook>;
}

export interface DutyReads {
  duties(personId: string, today: LocalDate): Promise<Duties>;
}

/** Each is `moved` when a person's row has moved since it was seen. */
export type PeopleChange =
  /** The account is taken away and is not given back by mobile number or name. */
  | { readonly kind: 'person.unlinked'; readonly personId: string; readonly seen: number }
  /**
   * Two rows are one person: what names the dropped row names the kept one from now on, also in what is over. The dropped row stays, so
   * that an address book that still has it finds the kept one. Stale too when both have accounts, and they differ.
   */
  | {
      readonly kind: 'people.merged';
      readonly keptId: string;
      readonly droppedId: string;
      readonly seen: { readonly kept: number; readonly dropped: number };
      readonly at: Instant;
    }
  /** What is still to be done goes to another person. Stale when that is not exactly this any more. */
  | {
      readonly kind: 'duties.handed';
      readonly fromId: string;
      readonly toId: string;
      readonly today: LocalDate;
      readonly visitIds: readonly string[];
      readonly contactIds: readonly string[];
      readonly taskIds: readonly string[];
      readonly findingIds: readonly string[];
      /** Restricted problems that the successor may see from now on; of the others only who answers for them moves. */
      readonly sightIds: readonly string[];
      readonly seen: number;
    }
  /** These accounts may see a restricted problem from now on. */
  | { readonly kind: 'sight.given'; readonly findingId: string; readonly openIds: readonly string[] }
  /** The account sees no restricted problem any more that somebody else sees too. */
  | { readonly kind: 'sight.ended'; readonly openId: string }
  | {
      readonly kind: 'person.left';
      readonly personId: string;
      readonly successorId?: string | undefined;
      readonly at: Instant;
      readonly seen: number;
    }
  /** The address book's liaison is none any more. */
  | { readonly kind: 'liaison.withdrawn'; readonly personId: string; readonly seen: number }
  /** Serves again, without an account until one is found anew. */
  | { readonly kind: 'person.returned'; readonly personId: string; readonly seen: number };
