import type { UnitRef } from './unit.ts';

/** A name within a unit. `openId` is known once the person is linked; until then the person is plain text everywhere. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly unit: UnitRef;
  readonly position: string;
  readonly openId?: string | undefined;
  readonly version: number;
}

export type Role = 'administrator' | 'supervisor' | 'inspector' | 'liaison' | 'leader' | 'observer';

/** A role for a unit and all below it; without a unit it holds everywhere. */
export interface RoleGrant {
  readonly role: Role;
  readonly unitId?: string | undefined;
}

/**
 * A role as it works. One for an education bureau works for the government that it is of, with all below it; of a liaison it is a second
 * role beside the one for the bureau.
 */
export interface HeldRole extends RoleGrant {
  /** The bureau, when the role is for it and works for its government. */
  readonly of?: string | undefined;
  /** Of a bureau's liaison: acts for the government itself, or, where that has a liaison of its own, for nobody; reads below it either way. */
  readonly extent?: 'itself' | 'sight' | undefined;
}

/** Whoever keeps the bot running; an administrator of a unit is one of its office. */
export const isAdministratorOfAll = ({ role, unitId }: RoleGrant): boolean =>
  role === 'administrator' && unitId === undefined;

/** A person as written in a schedule or a task: the name, and who that is when it is known. */
export interface NamedPerson {
  readonly name: string;
  readonly personId?: string | undefined;
  readonly openId?: string | undefined;
}
