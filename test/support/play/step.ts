import type { LocalDate, LocalTime } from '../../../src/domain/calendar/local-date.ts';

// What a play file may say, line by line. `written` gives the line back: what the transcript shows is what was understood.

export const HOME_WORDS = ['SQLite', 'PostgreSQL', 'Worker'] as const;
export type HomeWord = (typeof HOME_WORDS)[number];

export const SCENES = ['样区', '空'] as const;

/** The head: where it plays, from which moment, and on which homes it is tested. */
export interface Setting {
  readonly kind: 'world';
  readonly scene: (typeof SCENES)[number];
  readonly day: LocalDate;
  readonly time: LocalTime;
  readonly homes: readonly HomeWord[];
}

/** A group by its name, or somebody's direct chat with the bot. */
export type Place = { readonly group: string } | { readonly direct: string };

export interface Attached {
  readonly kind: 'file' | 'image';
  readonly name: string;
}

interface InChat {
  readonly who: string;
  readonly place: Place;
}
interface OnCard extends InChat {
  /** What the card says, where the newest one is not meant. */
  readonly card?: string;
}

/** `aside` is said in a group without naming the bot, `edit` takes the place of what was said last. Lark has no text with a file: what is attached goes first, and the text answers it. */
export interface Say extends OnCard {
  readonly kind: 'say';
  readonly how: 'to the bot' | 'aside' | 'reply' | 'edit';
  readonly text: string;
  readonly attached?: Attached;
}
export interface Press extends OnCard {
  readonly kind: 'press';
  readonly label: string;
  /** Which of several buttons of that label, from 1. */
  readonly nth: number;
}
export interface Fill extends OnCard {
  readonly kind: 'fill';
  /** What the form's button says. */
  readonly submit: string;
  readonly fields: readonly { readonly label: string; readonly value: string }[];
}
export interface Send extends InChat {
  readonly kind: 'send';
  readonly what: Attached['kind'];
  readonly name: string;
  /** The lines of a table that stands in the play; without them the file is a fixture, or a file of the disk when its name holds a /. */
  readonly table?: readonly string[];
}
export type Step =
  | Say
  | Press
  | Fill
  | Send
  | { readonly kind: 'clock'; readonly day?: LocalDate; readonly time: LocalTime }
  | { readonly kind: 'person'; readonly name: string; readonly mobile?: string }
  | { readonly kind: 'group'; readonly name: string; readonly members: readonly string[] };

/** Of what arrived since the last step: in the chat of the step, or where it says. */
export type Assertion =
  | { readonly kind: 'sees' | 'seesNot'; readonly place?: Place; readonly text: string }
  | { readonly kind: 'silent'; readonly place?: Place }
  | { readonly kind: 'unwritten' };

const placed = (place: Place): string => ('group' in place ? place.group : `${place.direct} 私聊`);
const spoken = (who: string, place: Place): string => `${who} ${'group' in place ? place.group : '私聊'}`;
const onCard = (card: string | undefined): string => (card === undefined ? '' : ` ［卡片 ${card}］`);
const attachedMark = ({ kind, name }: Attached): string => `［${kind === 'file' ? '文件' : '图片'} ${name}］`;
const HOW: Readonly<Record<Say['how'], string>> = { 'to the bot': '', aside: ' 闲聊', reply: ' 回复', edit: ' 改成' };
const block = (lines: readonly string[]): string => lines.map((line) => `\n  | ${line}`.trimEnd()).join('');

function writtenSay({ who, place, how, text, attached, card }: Say): string {
  const lines = text.split('\n');
  const words = lines.length > 1 ? '' : text;
  const marks = [words, attached && attachedMark(attached), card !== undefined && onCard(card).trim()];
  return `${spoken(who, place)}${HOW[how]}：${marks.filter(Boolean).join(' ')}${lines.length > 1 ? block(lines) : ''}`;
}

export function written(step: Step | Setting): string {
  switch (step.kind) {
    case 'world':
      return ['世界', step.scene, step.day, step.time, step.homes.join('、')].join(' ');
    case 'say':
      return writtenSay(step);
    case 'press': {
      const nth = step.nth === 1 ? '' : `第${step.nth}个 `;
      return `${spoken(step.who, step.place)} 按 ${nth}${step.label}${onCard(step.card)}`;
    }
    case 'fill': {
      const fields = step.fields.map(({ label, value }) => `${label}=${value}`).join('；');
      return `${spoken(step.who, step.place)} 填 ${step.submit}：${fields}${onCard(step.card)}`;
    }
    case 'send': {
      const file = `${spoken(step.who, step.place)} ${step.what === 'file' ? '发文件' : '发图片'} ${step.name}`;
      return step.table ? `${file}：${block(step.table)}` : file;
    }
    case 'clock':
      return ['时间', step.day, step.time].filter(Boolean).join(' ');
    case 'person':
      return ['新人', step.name, step.mobile].filter(Boolean).join(' ');
    case 'group':
      return `建群 ${step.name}：${step.members.join('、')}`;
  }
}

export function writtenAssertion(assertion: Assertion): string {
  if (assertion.kind === 'unwritten') return '未写';
  const where = assertion.place ? `${placed(assertion.place)} ` : '';
  if (assertion.kind === 'silent') return `${where}沉默`;
  return `${where}${assertion.kind === 'sees' ? '见' : '不见'} ${assertion.text}`;
}
