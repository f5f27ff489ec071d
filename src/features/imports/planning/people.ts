import type { Change } from '../../../ports/changes.ts';
import type { Ids } from '../../../ports/ids.ts';
import type { PersonRow } from '../../../ports/rows.ts';

type Known = Pick<PersonRow, 'id' | 'name' | 'gone'>;

/**
 * Finds or makes the people that a table names. A name is a person only within a unit: 陈甲 of 督导室 and 陈甲 of 编办 are two, until an
 * administrator merges them; then both names mean the kept one.
 */
export class PeopleBook {
  readonly #byKey: Map<string, Known>;
  readonly #ids: Ids;
  readonly #added: Omit<PersonRow, 'version'>[] = [];
  readonly #left = new Set<string>();

  constructor(people: readonly PersonRow[], ids: Ids) {
    const byId = new Map(people.map((person) => [person.id, person]));
    this.#byKey = new Map(people.map((person) => [personKey(person), byId.get(person.gone?.into ?? '') ?? person]));
    this.#ids = ids;
  }

  /** The person of this name in the first of these units that has it; a new one in the first unit when none has. */
  personOf(unitIds: readonly string[], name: string): { readonly name: string; readonly personId: string | undefined } {
    const written = unitIds.map((unitId) => this.#byKey.get(personKey({ unitId, name }))).find(Boolean);
    const [first] = unitIds;
    const person = written ?? (first ? this.#add(first, name) : undefined);
    if (person?.gone) this.#left.add(name);
    return { name: person && !person.gone ? person.name : name, personId: person?.id };
  }

  #add(unitId: string, name: string): Known {
    const person = { id: this.#ids.next('person'), name };
    this.#byKey.set(personKey({ unitId, name }), person);
    this.#added.push({ ...person, unitId, position: '', mobile: undefined, officePhone: '', email: '' });
    return person;
  }

  /** Adds the new ones; undefined when there is none. */
  change(): Change | undefined {
    return this.#added.length > 0 ? { kind: 'people.put', rows: this.#added } : undefined;
  }

  /** Who is named by the table and serves no more. */
  remarks(): readonly string[] {
    return this.#left.size > 0 ? [`${[...this.#left].join('、')}已离任，表中仍有其姓名，请核对。`] : [];
  }
}

/** Two spellings of one person in one cell are one seat. */
export const onceEach = <Seat extends { readonly personId?: string | undefined }>(seats: readonly Seat[]) =>
  seats.filter(({ personId }, index) => !personId || seats.findIndex((other) => other.personId === personId) === index);

export const personKey = ({ unitId, name }: Pick<PersonRow, 'unitId' | 'name'>): string => `${unitId}\n${name}`;
