import type { Instant } from '../domain/calendar/local-date.ts';
import type { HeldRole, Person, Role, RoleGrant } from '../domain/people/person.ts';
import type { UnitRef } from '../domain/people/unit.ts';

/** Whom of the address book the account is linked to. */
interface Holder {
  readonly openId: string;
  readonly people: readonly Person[];
}

/** A role as it was given. */
export interface GivenRole extends RoleGrant, Holder {
  readonly unit?: UnitRef | undefined;
  /** By somebody, and when: an open id, or 'claim' for the one-time code. Undefined: the address book names them as the unit's liaison. */
  readonly granted?: { readonly by: string; readonly at: Instant } | undefined;
}

/** Who may do what, and the code that makes the first administrator. */
export interface RoleReads {
  /** What an account may by its roles: those granted, and that of the address book's liaison. */
  roles(openId: string): Promise<readonly HeldRole[]>;
  hasAdministrator(): Promise<boolean>;
  /**
   * Who holds one of these roles, as it works, administrators first; only of units that hold one of `over`, when it is given: every school has
   * a liaison.
   */
  roleHolders(roles: readonly Role[], over?: readonly string[]): Promise<readonly (HeldRole & Holder)[]>;
  /** What was given to whom, administrators first; to one account only, when it is named. */
  givenRoles(openId?: string): Promise<readonly GivenRole[]>;
  claimHash(): Promise<string | undefined>;
}

/** Who may do what, and the code that makes the first administrator. */
export type RoleChange =
  | {
      readonly kind: 'role.granted';
      readonly openId: string;
      readonly role: Role;
      readonly unitId?: string | undefined;
      readonly by: string;
      readonly at: Instant;
    }
  /** Stale when it is not granted, or when nobody would be administrator any more. */
  | {
      readonly kind: 'role.revoked';
      readonly openId: string;
      readonly role: Role;
      readonly unitId?: string | undefined;
    }
  /** A new claim code replaces the one before it. */
  | { readonly kind: 'claim.issued'; readonly hash: string }
  /** Uses the code up; `moved` when it is no longer the one. */
  | { readonly kind: 'claim.used'; readonly hash: string };
