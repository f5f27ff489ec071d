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

export type Role = 'administrator' | 'supervisor' | 'liaison' | 'leader';

/** A role for a unit and all below it; without a unit it holds everywhere. */
export interface RoleGrant {
  readonly role: Role;
  readonly unitId?: string | undefined;
}

/** A person as written in a schedule or a task: the name, and who that is when it is known. */
export interface NamedPerson {
  readonly name: string;
  readonly personId?: string | undefined;
  readonly openId?: string | undefined;
}
