import type { z } from 'zod';
import type { Doc } from '../cards/views.ts';
import type { Instant, LocalDate } from '../domain/calendar/local-date.ts';
import type { Span } from '../domain/calendar/span.ts';
import type { Calendar } from '../domain/calendar/working-days.ts';
import type { WorkGroup } from '../domain/work/group.ts';
import type { Viewer } from '../domain/work/inspection.ts';
import type { Person, RoleGrant } from '../domain/work/person.ts';
import type { Action } from '../domain/work/rights.ts';
import type { UnitRef } from '../domain/work/unit.ts';
import type { AuditEntry, Change, Seen, SentFile } from '../ports/changes.ts';
import type { Ids } from '../ports/ids.ts';
import type { Mentioned } from '../ports/inbound.ts';
import type { Reads, Scope } from '../ports/store.ts';
import type { Brought } from './evidence.ts';
import type { Preview } from './preview.ts';
import type { Workbooks } from './workbooks.ts';

/** A name of the directory found in the message; several candidates are asked back, never guessed. */
export interface UnitMention {
  readonly written: string;
  readonly candidates: readonly UnitRef[];
}

/** What the grammar understood of a line, before a command's own schema reads it. */
export interface Slots {
  /** The days meant, both ends included. */
  readonly when?: Span | undefined;
  /** "…前": everything due until the end of `when`. */
  readonly until?: boolean | undefined;
  /** A date that does not exist, as typed: 2月30日. */
  readonly impossibleDate?: string | undefined;
  /** The dates depend on a year whose statutory calendar is not known yet. */
  readonly provisional?: boolean | undefined;
  readonly units: readonly UnitMention[];
  /** Names of people, titles cut off. */
  readonly people: readonly string[];
  /** 我: the sender is meant. */
  readonly me?: boolean | undefined;
  readonly programs: readonly {
    readonly name: string;
    readonly programId: string;
    readonly checklistId?: string | undefined;
  }[];
  readonly checklists: readonly { readonly name: string; readonly checklistId: string }[];
  /** An indicator's code in upper case: YZ-2.11, 2.11. */
  readonly code?: string | undefined;
  /** A fixed filter of the language: veto 一票否决, unmet 未达标, missing 未完成/未报, overdue 逾期. */
  readonly filter?: 'veto' | 'unmet' | 'missing' | 'overdue' | undefined;
  /** A fact that is asked for and that the tables may not hold: 值班, 集合, 食宿 …, as typed. */
  readonly asks?: string | undefined;
  /** Accounts mentioned in the line, the bot aside; read by the commands that act on accounts. */
  readonly mentions?: readonly Mentioned[] | undefined;
  /** What is left when everything above is cut out; a keyword, a code to claim, a name. Original characters, spaces collapsed. */
  readonly rest: string;
}

export interface Chat {
  readonly chatId: string;
  readonly type: 'group' | 'p2p';
  /** In a group: what is known of it. */
  readonly group?: WorkGroup | undefined;
}

export interface Actor {
  readonly openId: string;
  /** Rows of the address book linked to this account. */
  readonly people: readonly Person[];
  readonly roles: readonly RoleGrant[];
  /** Named in ADMIN_OPEN_IDS, or granted the role for everything, not for a unit. */
  readonly isAdministrator: boolean;
}

/** What a handler may know. It reads; it cannot send, write or look at a clock. */
export interface Context<Args> {
  readonly args: Args;
  readonly chat: Chat;
  readonly actor: Actor;
  readonly scope: Scope;
  readonly viewer: Viewer;
  /** A button's line, of which the answer takes the card's place; what is typed is answered by a message of its own. */
  readonly pressed?: true | undefined;
  /** The message that this one answers. */
  readonly parentId?: string | undefined;
  readonly now: Instant;
  readonly today: LocalDate;
  readonly zone: string;
  readonly calendar: Calendar;
  readonly ids: Ids;
  readonly read: Reads;
  readonly preview: Preview;
  readonly workbooks: Workbooks;
  /** Pictures and files that came with the line; a button brings none. */
  readonly brought?: Brought | undefined;
  /** Commands by name, for 帮助. */
  readonly commands: readonly CommandCard[];
}

/** The answer and what becomes true together with it. */
export interface Outcome {
  readonly reply: Doc;
  readonly changes?: readonly Change[];
  readonly seen?: readonly Seen[];
  readonly audit?: readonly Pick<AuditEntry, 'action' | 'subject' | 'before' | 'after'>[];
  /** Sent after the reply, in a group under it: whoever reads the chat reads them, so that they hold no more than it may see. */
  readonly files?: readonly SentFile[];
  /** What has changed of what cards show (`Doc.live`): their sent copies are updated, in every chat. */
  readonly refresh?: readonly string[];
  /** Said to others, together with the change that concerns them. */
  readonly notices?: readonly Notice[];
}

/** What is said elsewhere: to a person in the direct chat, or in a group that the bot sits in. */
export interface Notice {
  readonly to: { readonly openId: string } | { readonly chatId: string };
  readonly doc: Doc;
}

/** What help, suggestions and the README show of a command. */
export interface CommandCard {
  readonly name: string;
  readonly aliases: readonly string[];
  /** One line, what it is for. */
  readonly summary: string;
  readonly usage: string;
  /** Each is parsed by the real grammar in a test. */
  readonly examples: readonly string[];
  /**
   * anyone · member: in a bound group, or linked in a direct chat · administrator of everything · an action of the table of rights: whoever
   * holds it for some unit, the handler then asks `requireRight` for the unit that is meant.
   */
  readonly allow: 'anyone' | 'member' | 'administrator' | Action;
  readonly where: readonly Chat['type'][];
}

export interface Command<Args> extends CommandCard {
  /** Sentences that mean this command without naming it: 今天谁去哪个学校. Matched on the normalised line with its spaces taken out. */
  readonly phrases: readonly RegExp[];
  readonly args: z.ZodType<Args>;
  run(context: Context<Args>): Promise<Outcome>;
}

/** A command as the registry holds it, its argument type closed over. */
export interface RegisteredCommand extends CommandCard {
  readonly phrases: readonly RegExp[];
  run(slots: Slots, context: Omit<Context<never>, 'args'>): Promise<Outcome>;
}

/** Declares a command; the registry sees it with its argument type closed over. */
export function defineCommand<Args>(command: Command<Args>): RegisteredCommand {
  const { args: schema, run, ...card } = command;
  return { ...card, run: (slots, context) => run.call(command, { ...context, args: schema.parse(slots) }) };
}
