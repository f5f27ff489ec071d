import type { Change } from '../../ports/changes.ts';
import type { Ids } from '../../ports/ids.ts';
import type { PersonRow } from '../../ports/rows.ts';

/**
 * Finds or makes the people that a table names. A name is a person only within a unit: 陈甲 of 督导室 and 陈甲 of 编办 are two, until an
 * administrator says otherwise.
 */
export class PeopleBook {
  readonly #byKey: Map<string, string>;
  readonly #ids: Ids;
  readonly #added: Omit<PersonRow, 'version'>[] = [];

  constructor(people: readonly PersonRow[], ids: Ids) {
    this.#byKey = new Map(people.map((person) => [personKey(person), person.id]));
    this.#ids = ids;
  }

  /** The person of this name in the first of these units that has it; a new one in the first unit when none has. */
  idOf(unitIds: readonly string[], name: string): string | undefined {
    const known = unitIds.map((unitId) => this.#byKey.get(personKey({ unitId, name }))).find(Boolean);
    const [first] = unitIds;
    return known ?? (first && this.#add(first, name));
  }

  #add(unitId: string, name: string): string {
    const id = this.#ids.next('person');
    this.#byKey.set(personKey({ unitId, name }), id);
    this.#added.push({ id, unitId, name, position: '', mobile: undefined, officePhone: '', email: '' });
    return id;
  }

  /** Adds the new ones; undefined when there is none. */
  change(): Change | undefined {
    return this.#added.length > 0 ? { kind: 'people.put', rows: this.#added } : undefined;
  }
}

export const personKey = ({ unitId, name }: Pick<PersonRow, 'unitId' | 'name'>): string => `${unitId}\n${name}`;
