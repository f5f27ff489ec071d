import type { Ids } from '../../ports/ids.ts';
import type { PersonRow } from '../../ports/store.ts';

/**
 * Finds or makes the people that a table names. A name is a person only within a unit: 陈甲 of 督导室 and 陈甲 of 编办 are two, until an
 * administrator says otherwise.
 */
export class PeopleBook {
  readonly #byKey: Map<string, string>;
  readonly #ids: Ids;
  readonly added: Omit<PersonRow, 'version'>[] = [];

  constructor(people: readonly PersonRow[], ids: Ids) {
    this.#byKey = new Map(people.map(({ id, unitId, name }) => [keyOf(unitId, name), id]));
    this.#ids = ids;
  }

  /** The id of this name in this unit; a new person when the address book has none. */
  idOf(unitId: string, name: string): string {
    const known = this.#byKey.get(keyOf(unitId, name));
    if (known) return known;
    const id = this.#ids.next('person');
    this.#byKey.set(keyOf(unitId, name), id);
    this.added.push({ id, unitId, name, position: '', mobile: undefined, officePhone: '', email: '' });
    return id;
  }

  /** The id, if the address book has this name in one of these units; the first unit that has it wins. */
  find(unitIds: readonly string[], name: string): string | undefined {
    for (const unitId of unitIds) {
      const known = this.#byKey.get(keyOf(unitId, name));
      if (known) return known;
    }
    return undefined;
  }
}

const keyOf = (unitId: string, name: string): string => `${unitId}\n${name}`;
