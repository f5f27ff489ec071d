import type { Instant } from '../domain/calendar/local-date.ts';
import type { Person, Role, RoleGrant } from '../domain/people/person.ts';
import type { UnitRef } from '../domain/people/unit.ts';

/** A granted role, and whom of the address book the account is linked to. */
interface RoleHolder extends RoleGrant {
  readonly openId: string;
  readonly unit?: UnitRef | undefined;
  readonly people: readonly Person[];
  /** An open id, or 'claim' for the one-time code. */
  readonly by: string;
  readonly at: Instant;
}

/** Who may do what, and the code that makes the first administrator. */
export interface RoleReads {
  roles(openId: string): Promise<readonly RoleGrant[]>;
  hasAdministrator(): Promise<boolean>;
  /** Who holds which role, administrators first; of one account only, when it is named. */
  roleHolders(openId?: string): Promise<readonly RoleHolder[]>;
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
