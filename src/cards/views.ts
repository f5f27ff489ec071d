/**
 * The document that a reply or a push is, before it is a card. Commands and the heartbeat build these; `render.ts` alone knows card
 * JSON. All strings are plain text: the renderer escapes them, so no user text can become a mention, a link, an image or a tag.
 */

import type { LocalDate } from '../domain/calendar/local-date.ts';
import type { Action } from '../domain/people/rights.ts';

/** A person in a text: mentioned when there is an open id of Lark's shape, else the plain name. A push mentions, an answer does not. */
export interface Mention {
  readonly name: string;
  readonly openId?: string | undefined;
  /** 所有人: the whole group. Only a rule that an administrator made says so. */
  readonly everyone?: true;
}

/** normal 蓝 · soon 橙 (due soon) · late 红 (overdue, veto) · done 绿 · muted 灰. Colour never stands alone: the words say it too. */
export type Tone = 'normal' | 'soon' | 'late' | 'done' | 'muted';

/** A piece of running text. The tone `normal` is blue; plain text has none. */
export type Inline =
  | string
  | { readonly strong: string }
  | { readonly text: string; readonly tone: Tone }
  | { readonly mention: Mention };

/** One entry of a list: a heading line and lines under it. Entries are never split over pages unless one alone is too large. */
export interface Entry {
  readonly head: readonly Inline[];
  readonly lines?: readonly (readonly Inline[])[];
}

export interface Column {
  readonly key: string;
  readonly title: string;
}

export type Block =
  | { readonly kind: 'text'; readonly text: readonly Inline[] }
  /** A part of a document that could stand alone; its entries are numbered from 1. */
  | { readonly kind: 'section'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | {
      readonly kind: 'fields';
      readonly fields: readonly { readonly label: string; readonly value: readonly Inline[] }[];
    }
  /** Numbered entries, continued over pages: a page holds fifteen, as a phone is patient with. */
  | { readonly kind: 'entries'; readonly entries: readonly Entry[] }
  /** A table of short plain cells, continued over pages. One without rows shows nothing; one with long cells becomes a list. */
  | {
      readonly kind: 'table';
      readonly columns: readonly Column[];
      readonly rows: readonly Readonly<Record<string, string>>[];
    }
  /** Stacked bars. A picture of figures that stand in the document as text as well: a screen reader and an old client do not see it. */
  | {
      readonly kind: 'chart';
      readonly title: string;
      readonly parts: readonly { readonly bar: string; readonly part: string; readonly value: number }[];
    }
  | { readonly kind: 'note'; readonly text: string; readonly needs?: Needs }
  | { readonly kind: 'buttons'; readonly buttons: readonly Button[] }
  | Form;

/** What a reader must be allowed to do, or it is not shown to them: in a direct chat that person, in a group somebody of it. */
export interface Needs {
  readonly right: Action;
  readonly unitIds: readonly string[];
  /** Person ids. */
  readonly team?: readonly string[] | undefined;
  readonly responsible?: readonly string[] | undefined;
}

export interface Button {
  readonly label: string;
  readonly style?: 'default' | 'primary' | 'danger';
  readonly press: Press;
  /** Without it anybody may press. */
  readonly needs?: Needs;
}

/**
 * What travels back when a button is pressed. It never carries a scope: that comes from the chat of the callback.
 * `query` is a command line in its canonical form, run again for the presser's chat; `page` counts from 1.
 */
/** What a pressed button's line may hold, in UTF-16 units; a canonical command line is a tenth of it. */
export const LONGEST_QUERY = 500;

export interface Press {
  readonly v: 1;
  /**
   * show: puts the answer in the card's place and can change nothing. open: the same as a message of its own, where the card must stay as it
   * is for the others. run: does what the line says, by the presser's own right.
   */
  readonly op: 'show' | 'open' | 'run';
  readonly query: string;
  readonly page: number;
  /** The day from which the words of the line are counted (明天), where it is not the day of the press. */
  readonly saidOn?: LocalDate;
}

/**
 * A form (表单): another way to type a line, which is `line` and then what was filled in, in the order of the fields. It is understood
 * and decided as if the person had typed it, so it can do nothing that a line cannot.
 */
export interface Form {
  readonly kind: 'form';
  /** What the line begins with: 提醒 新增. */
  readonly line: string;
  /** A new id (`ids.next('form')`) each time that it is shown: what is submitted a second time changes nothing. */
  readonly once: string;
  /** Twenty at most. */
  readonly fields: readonly FormField[];
  /** What the button says. */
  readonly submit: string;
  /** Asked before it is sent. */
  readonly confirm?: string;
  readonly needs?: Needs;
}

interface Choice {
  /** What stands in the line. */
  readonly value: string;
  /** What is shown, when it is another. */
  readonly text?: string;
}

export type FormField = {
  /** In ASCII letters; unique in the form. */
  readonly name: string;
  readonly label: string;
  /** How it stands in the line, `截止 {}`; only the value when undefined. What is left empty is left out. */
  readonly as?: string;
  readonly required?: boolean;
  readonly placeholder?: string;
} & (
  | { readonly kind: 'text'; readonly initial?: string; readonly multiline?: boolean; readonly maxLength?: number }
  | { readonly kind: 'number'; readonly initial?: number; readonly min?: number; readonly max?: number }
  | { readonly kind: 'select'; readonly options: readonly Choice[]; readonly initial?: string }
  /** What is chosen is joined by 、. */
  | { readonly kind: 'multiSelect'; readonly options: readonly Choice[]; readonly initial?: readonly string[] }
  /**
   * By account: the candidates are open ids, for Lark says nothing of a list without them, so that whoever has no account is typed in a
   * field beside it. In the line stands the name after the unit's.
   */
  | { readonly kind: 'person' | 'people'; readonly candidates: readonly string[] }
  | { readonly kind: 'date'; readonly initial?: string }
  | { readonly kind: 'time'; readonly initial?: string }
);

export interface Doc {
  readonly title: string;
  readonly subtitle?: string;
  readonly tone: Tone;
  /** At most three short marks beside the title. */
  readonly tags?: readonly { readonly text: string; readonly tone: Tone }[];
  /** The line shown in the chat list and in the notification; the answer in one sentence. */
  readonly summary: string;
  readonly blocks: readonly Block[];
  /** Small print at the end of each page: source, edition, 以正式文件为准. */
  readonly footer?: string;
  /** The canonical command line, of 500 characters at most, that gives this document again; without it a long document is cut into pages that cannot be turned. */
  readonly query?: string;
  /** What it shows (task:…, notice:…): when one of these changes, every sent copy of the card is made again from `query`. */
  readonly live?: readonly string[];
  /** What it shows too, without being made again: by this, as by `live`, a message that waits is withdrawn from whoever may not see it any more. */
  readonly shows?: readonly string[];
}
