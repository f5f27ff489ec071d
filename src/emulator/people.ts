import type { Ids } from './lark-app.ts';

export interface Person {
  readonly openId: string;
  readonly unionId: string;
  readonly userId: string;
  readonly name: string;
  readonly mobile: string | undefined;
  readonly email: string | undefined;
  /** 职务: shown beside the name where people choose who they are. */
  readonly title: string | undefined;
  /** Whose employee, when not the app's own tenant's: they are in groups with people from outside. */
  readonly tenantKey: string | undefined;
  /** 可用范围: outside it the bot can neither message nor hear this person (230013). */
  available: boolean;
}

export interface NewPerson {
  readonly name: string;
  readonly mobile?: string | undefined;
  readonly email?: string | undefined;
  readonly title?: string | undefined;
  readonly tenantKey?: string | undefined;
}

/** A mainland number is the same with and without +86; others need their country code. */
const bare = (mobile: string) => mobile.replace(/[\s-]/g, '').replace(/^\+86/, '');

/** The tenant's people as this app sees them: open ids belong to the app. */
export class People {
  readonly #ids: Ids;
  readonly #byOpenId = new Map<string, Person>();

  constructor(ids: Ids) {
    this.#ids = ids;
  }

  add({ name, mobile, email, title, tenantKey }: NewPerson): Person {
    const id = this.#ids();
    const person: Person = {
      openId: `ou_${id}`,
      unionId: `on_${this.#ids()}`,
      userId: id.slice(0, 8),
      name,
      mobile,
      email,
      title,
      tenantKey,
      available: true,
    };
    this.#byOpenId.set(person.openId, person);
    return person;
  }

  get(openId: string): Person | undefined {
    return this.#byOpenId.get(openId);
  }

  /** For the control API, where an unknown person is the caller's mistake. */
  need(openId: string): Person {
    const person = this.get(openId);
    if (!person) throw new RangeError(`no such person: ${openId}`);
    return person;
  }

  all(): Person[] {
    return [...this.#byOpenId.values()];
  }

  byMobile(mobile: string): Person | undefined {
    return this.all().find((person) => person.mobile !== undefined && bare(person.mobile) === bare(mobile));
  }

  byEmail(email: string): Person | undefined {
    return this.all().find((person) => person.email === email);
  }
}
