import type { Doc } from '../cards/views.ts';
import type { Instant, LocalDate } from '../domain/calendar/local-date.ts';
import type { Calendar } from '../domain/calendar/working-days.ts';
import type { WorkGroup } from '../domain/groups/group.ts';
import type { HeldRole, Person } from '../domain/people/person.ts';
import type { Action } from '../domain/people/rights.ts';
import type { Viewer } from '../domain/visits/inspection.ts';
import type { AuditEntry } from '../ports/audit.ts';
import type { Change, Seen, SentFile } from '../ports/changes.ts';
import type { Ids } from '../ports/ids.ts';
import type { Mentioned } from '../ports/inbound.ts';
import type { Numbers } from '../ports/numbers.ts';
import type { Remake } from '../ports/remake.ts';
import type { Scope } from '../ports/scope.ts';
import type { Reads } from '../ports/store.ts';
import type { Brought } from './evidence.ts';
import type { Preview } from './preview.ts';
import { fillerOf } from './words/filler.ts';
import type { ArgsOf, LineParts } from './words/line-parts.ts';
import { readSlots, type SlotsContext, wholeLine } from './words/read-slots.ts';
import type { Slots } from './words/slots.ts';
import type { Workbooks } from './workbooks.ts';

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
  readonly roles: readonly HeldRole[];
  /** Named in ADMIN_OPEN_IDS, or granted the role for everything, not for a unit. */
  readonly isAdministrator: boolean;
  /** An account of another tenant: nobody of the address book. */
  readonly foreign?: true;
}

/** What a handler may know. It reads; it cannot send, write or look at a clock. */
export interface Context<Args = unknown> {
  readonly args: Args;
  readonly chat: Chat;
  readonly actor: Actor;
  readonly scope: Scope;
  readonly viewer: Viewer;
  /** A button's line, of which the answer takes the card's place; what is typed is answered by a message of its own. */
  readonly pressed?: true | undefined;
  /** The line ends as a question (吗, ?, 了没): particles are cut from a line before it is read, and what is asked is not to be done. */
  readonly isQuestion?: true | undefined;
  /** The message that this one answers. */
  readonly parentId?: string | undefined;
  /** Of a command with forms: its line, to be said again with a word more. */
  readonly line?: string | undefined;
  /** The command that was understood, as it is called. */
  readonly command?: string | undefined;
  readonly now: Instant;
  readonly today: LocalDate;
  /** The day on which the line was sent, where that is over: Lark brings it late. Its words are counted from there, what is true is today's. */
  readonly saidOn?: LocalDate | undefined;
  readonly zone: string;
  readonly calendar: Calendar;
  readonly ids: Ids;
  readonly numbers: Numbers;
  readonly read: Reads;
  readonly preview: Preview;
  readonly workbooks: Workbooks;
  /** Accounts that the message mentions, the bot aside. */
  readonly mentions?: readonly Mentioned[] | undefined;
  /** Pictures and files that came with the line; a button brings none. */
  readonly brought?: Brought | undefined;
  /** Administrators by configuration (ADMIN_OPEN_IDS), who hold no grant. */
  readonly administrators: ReadonlySet<string>;
  /** Commands by name, for 帮助. */
  readonly commands: readonly RegisteredCommand[];
}

/** All that a handler may know besides what the line says. */
export type Situation = Omit<Context<never>, 'args'>;

/** The answer and what becomes true together with it. */
export interface Outcome {
  readonly reply: Doc;
  readonly changes?: readonly Change[];
  readonly seen?: readonly Seen[];
  readonly audit?: readonly Pick<AuditEntry, 'action' | 'subject' | 'before' | 'after'>[];
  /** Sent after the reply, in a group under it: whoever reads the chat reads them, so that they hold no more than it may see. */
  readonly files?: readonly SentFile[];
  /** The answer is that nothing of the kind was found in what this chat may see: it says where was looked. */
  readonly nothing?: boolean;
  /** What has changed of what cards show (`Doc.live`): their sent copies are updated, in every chat. */
  readonly refresh?: readonly string[];
  /** Said to others, together with the change that concerns them. The answer names them: no command says so itself. */
  readonly notices?: readonly Notice[];
  /** Of a change that others must hear of. */
  readonly owed?: Owed | undefined;
}

/** What is said elsewhere: to a person in the direct chat, or in a group that the bot sits in. */
export interface Notice {
  readonly to: { readonly openId: string } | { readonly chatId: string };
  readonly doc: Doc;
  /** Leaves in quiet hours as well: a visit of today or tomorrow that changes for a reason. */
  readonly urgent?: boolean;
  /** The answer does not name who gets it: that they are told would tell of a restricted problem or task. */
  readonly discreet?: boolean;
  /** What it tells of, beside what its card shows: visit:3. */
  readonly about?: readonly string[];
  /** What makes it again when it has waited; news of what it tells of, unless it says otherwise. */
  readonly remake?: Remake;
}

/** What the answer needs to say of who hears of a change and who does not, beside the notices themselves. */
export interface Owed {
  /** The first sentence, when somebody is told; else the first block of the reply stands first. */
  readonly news?: string;
  /** What is so although nobody was told of it: T12 已登记. */
  readonly standing: string;
  /** Who should hear of it, in 没有告知任何…; units when it says nothing. */
  readonly whom?: string;
  /** 已告知, unless it says otherwise. */
  readonly verb?: string;
  /** Who of those concerned reads the answer itself: 本群, 您本人. */
  readonly present?: readonly string[];
  /** Units without a group of their own, and the group of a unit above in which they read it. */
  readonly covered?: readonly { readonly unit: string; readonly group: string }[];
  readonly unreached?: readonly { readonly name: string; readonly why: string }[];
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

/** What tests a text; a regular expression is one. */
export interface Sentence {
  test(text: string): boolean;
}

/** What a line may do with a command's name besides standing behind it. */
interface AlsoSaid {
  /** Its name stands at the end of a line too: 岱山县 4月日程, unless the line is such a one. */
  readonly atEnd?: true | { readonly unless: RegExp };
  /** 我的日程: its list, of the sender. */
  readonly mine?: true;
  /** A line that holds nothing but a date, or the name of a checklist, asks for it; one that holds only a known name is offered it. */
  readonly bare?: readonly ('date' | 'set' | 'name')[];
  /** 日程 4月 导出: its list as a file; short: only with few words between, since a report may end so. */
  readonly exports?: 'always' | 'short';
  /** 任务 汇总: its figures. */
  readonly counts?: true;
  /** 审计 导入: a word of a change that it is asked about. */
  readonly about?: RegExp;
}

/** What officials ask for under a word that no command has, and which line serves. */
export interface Redirect {
  /** What they ask for, in a word. */
  readonly about: string;
  /** Words that mean it at the start of a line and, when nothing else was understood, anywhere in it. */
  readonly words: readonly string[];
  /** Sentences that mean it, tried on the line without its spaces before those of the commands. */
  readonly says?: readonly RegExp[];
  /** Whether the lines of a message are such a thing as a whole; `isSaid` tells of a line whether it begins with a command. */
  readonly document?: (lines: readonly string[], isSaid: (line: string) => boolean) => boolean;
  /** What the answer is headed with; 请这样发 when absent. */
  readonly heading?: string;
  /** The whole answer: what to send instead. */
  readonly answer: string;
}

/** How a command is said. The language room knows no command but by what stands here. */
interface Wording {
  /** Sentences that mean this command without naming it: 今天谁去哪个学校. Matched on the normalised line with its spaces taken out. */
  readonly says?: readonly RegExp[];
  /** Whole messages that mean it, as they were typed: politeness is cut off a line before it is read. */
  readonly hears?: (typed: string) => boolean;
  /** Sentences that mean it whatever else the line resembles, because they hold a number or a form of its own: W12 申请延期. */
  readonly saysFirst?: readonly Sentence[];
  /** Its sentences are told from the names that a line may end with, too: 每天8点半推送当天督导安排. */
  readonly saysBeforeNames?: true;
  /** Commands whose sentences are wider: where both fit, this one is meant. */
  readonly saysBefore?: readonly string[];
  readonly also?: AlsoSaid;
  /** A line that begins with its name but is such a one means something else: 审计局日程, 专项督导. */
  readonly another?: RegExp;
  /** Its name stands apart from what follows, or is another word: 状态良好, 命令行. */
  readonly apart?: true;
  /** Lines that begin with another command's name and are its own: 日程 取消 D12. */
  readonly takes?: { readonly from: string; readonly when: Sentence };
  /** Its lines may say 新增, 取消, 修改; else such a line is told that this command only shows. */
  readonly edits?: true;
  /** Told in free words and without a way to delete: 通道已清空 is a report. */
  readonly reports?: true;
  /** used: files that come with its lines are kept with what is written; text: its words go to others, who would look for the file as well. */
  readonly files?: 'used' | 'text';
  /** Its items are never deleted: the letter of their numbers, and what serves instead. */
  readonly keeps?: { readonly letter: string; readonly answer: string };
  /** A second command's name among its arguments makes the line two questions. */
  readonly single?: true;
  /** Documents of others begin with its name in brackets (【通知】), which then is no command. */
  readonly headsDocuments?: true;
  /** Whether further lines of the message are its words and no commands of their own; unclear: some may be the one and some the other. */
  readonly takesLines?: (more: readonly string[], isCommand: (line: string) => boolean) => boolean | 'unclear';
  /** Its line for a whole message that was pasted, if it is one. */
  readonly pasted?: (text: string, names: readonly string[]) => string | undefined;
  readonly redirects?: readonly Redirect[];
  /** Its forms, where it declares them; `run` then is theirs (forms.ts). */
  readonly forms?: readonly FormCard[];
  /** The one command that answers for all: a line without words; 我的 before another's name; … 导出; … 汇总; a pasted table. */
  readonly serves?: 'help' | 'mine' | 'exports' | 'counts' | 'imports';
}

/** A word, or a pattern that is matched at the start: /(?:新增|下达)(?:一项)?/. */
export type Verb = string | RegExp;

/** One of the ways in which a command's lines are written: a verb with its parts (form.ts). */
export interface FormCard {
  /** What right behind the command's name chooses it; none: of a line that has no verb. */
  readonly verbs: readonly Verb[];
  /** Whole lines, read as this form in a test. */
  readonly examples: readonly string[];
  /** It changes something: a word that no part takes refuses the line. Else the word is named, and the answer given. */
  readonly changes: boolean;
}

export interface Command<Line extends LineParts> extends CommandCard, Wording {
  /** What its lines may hold: the arguments of `run` follow from it. Without it the whole line is `rest`. */
  readonly line?: Line;
  run(context: Context<ArgsOf<Line>>): Promise<Outcome>;
}

/** What a handler is given, by the parts of its lines. */
export type ContextOf<Line extends LineParts = Record<never, never>> = Context<ArgsOf<Line>>;

/** A command as the registry holds it, its argument type closed over. */
export interface RegisteredCommand extends CommandCard, Wording {
  readonly line?: LineParts;
  /** What stands around its name in a line, read into the parts that its lines may hold. */
  readLine(text: string, context: SlotsContext): Slots;
  run(slots: Slots, context: Situation): Promise<Outcome>;
}

/** Declares the parts of a command's lines, for handlers that stand beside it. */
export const parts = <const Line extends LineParts>(line: Line): Line => line;

/** Declares a command; the registry sees it with its argument type closed over. */
export function defineCommand<const Line extends LineParts = Record<never, never>>(
  command: Command<Line>,
): RegisteredCommand {
  const { line, name, aliases } = command;
  const reader = line && { parts: line, filler: fillerOf(line, [name, ...aliases]) };
  return {
    ...command,
    readLine: (text, context) => (reader ? readSlots(reader, text, context) : wholeLine(text)),
    // The reader of a line has all slots; which of them it fills is declared by `line`, from which the type of args follows.
    run: (slots, context) => command.run({ ...context, args: slots as ArgsOf<Line> }),
  };
}
