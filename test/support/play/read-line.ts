import { type LocalDate, type LocalTime, parseDate } from '../../../src/domain/calendar/local-date.ts';
import {
  type Assertion,
  type Attached,
  type Fill,
  HOME_WORDS,
  type HomeWord,
  type Place,
  type Press,
  type Say,
  SCENES,
  type Send,
  type Setting,
  type Step,
} from './step.ts';

export type Item = Setting | Step | Assertion;

/** Why a line is not understood, in the words of whoever wrote it. */
export class LineError extends Error {
  /** Where another line than the one that was read last is meant. */
  readonly line: number | undefined;
  constructor(why: string, line?: number) {
    super(why);
    this.line = line;
  }
}

/** A line by itself. One that ends with ： and can have | lines under it is given without them. */
export function readLine(text: string): Item {
  const line = text.trim();
  for (const read of [world, clock, person, group, assertion, press, fill, send, say]) {
    const item = read(line);
    if (item) return item;
  }
  throw new LineError(`没有看懂“${line}”。`);
}

/** Whether | lines may follow: a table after 发文件 …：, a text of several lines after 人 群：. */
export const opensBlock = (item: Item, line: string): item is Say | Send =>
  item.kind === 'send' ? /[：:]\s*$/.test(line) : item.kind === 'say' && item.text === '' && !item.attached;

const NAME = '[^\\s：:、]+';
const IN_CHAT = `(${NAME})\\s+(${NAME})`;
const placeOf = (who: string, where: string): Place => (where === '私聊' ? { direct: who } : { group: where });
const inChat = (who = '', where = '') => ({ who, place: placeOf(who, where) });
const names = (text: string): readonly string[] => text.split(/[、,，\s]+/).filter(Boolean);

function dayOf(text: string): LocalDate {
  const day = parseDate(text);
  if (!day) throw new LineError(`没有“${text}”这一天；日期这样写：2026-04-20`);
  return day;
}

const isTime = (text: string): text is LocalTime => /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text);
function timeOf(text: string): LocalTime {
  const padded = text.replace('：', ':').padStart(5, '0');
  if (!isTime(padded)) throw new LineError(`没有“${text}”这个时间；时间这样写：09:00`);
  return padded;
}

function world(line: string): Setting | undefined {
  const [word, scene, day = '', time = '', ...homes] = line.split(/\s+/);
  if (word !== '世界') return undefined;
  const known = SCENES.find((name) => name === scene);
  if (!known) throw new LineError(`没有“${scene ?? ''}”这个世界；这样写：世界 样区 2026-04-20 09:00`);
  const asked = names(homes.join(' ')).map((name) => {
    const home = HOME_WORDS.find((each): each is HomeWord => each === name);
    if (!home) throw new LineError(`没有“${name}”，有：${HOME_WORDS.join('、')}`);
    return home;
  });
  return {
    kind: 'world',
    scene: known,
    day: dayOf(day),
    time: timeOf(time),
    homes: asked.length === 0 ? ['SQLite'] : asked,
  };
}

function clock(line: string): Step | undefined {
  const [word, first = '', second] = line.split(/\s+/);
  if (word !== '时间') return undefined;
  if (second === undefined) return { kind: 'clock', time: timeOf(first) };
  return { kind: 'clock', day: dayOf(first), time: timeOf(second) };
}

function person(line: string): Step | undefined {
  const [, name, mobile] = /^新人\s+(\S+)(?:\s+(\d{11}))?$/.exec(line) ?? [];
  return name === undefined ? undefined : { kind: 'person', name, ...(mobile !== undefined && { mobile }) };
}

function group(line: string): Step | undefined {
  const [, name, members = ''] = new RegExp(`^建群\\s+(${NAME})\\s*[：:](.+)$`).exec(line) ?? [];
  return name === undefined ? undefined : { kind: 'group', name, members: names(members) };
}

const ASSERTED = new RegExp(`^(?:(${NAME})\\s+)??(?:(私聊)\\s+)?(见|不见|沉默|未写)(?:\\s+(.+))?$`);

function assertion(line: string): Assertion | undefined {
  const [, where, direct, word, text] = ASSERTED.exec(line) ?? [];
  if (word === undefined) return undefined;
  if (where === undefined && direct) throw new LineError('请写明谁的私聊，例如：朱戊 私聊 见 已签收');
  const place = where === undefined ? {} : { place: direct ? { direct: where } : { group: where } };
  if (word === '未写' || word === '沉默') {
    if (text !== undefined) throw new LineError(`“${word}”后面不写别的`);
    if (word === '沉默') return { kind: 'silent', ...place };
    if (where !== undefined) throw new LineError('“未写”说的是全部数据，前面不写群或人');
    return { kind: 'unwritten' };
  }
  if (text === undefined) throw new LineError(`“${word}”后面要写文字`);
  return { kind: word === '见' ? 'sees' : 'seesNot', ...place, text };
}

/** Marks in brackets at the end of a line, whichever brackets the keyboard gives. */
const MARK = /\s*[［[](文件|图片|卡片)\s+([^［\][］]+?)\s*[］\]]$/;

function marksOf(line: string): { readonly rest: string; readonly card?: string; readonly attached?: Attached } {
  const [mark, word, name = ''] = MARK.exec(line) ?? [];
  if (mark === undefined) return { rest: line.trim() };
  const { rest, card, attached } = marksOf(line.slice(0, -mark.length));
  if (word === '卡片' ? card !== undefined : attached) throw new LineError(`“${word}”只能写一个`);
  const own =
    word === '卡片' ? { card: name } : { attached: { kind: word === '文件' ? 'file' : 'image', name } as const };
  return { rest, ...(card !== undefined && { card }), ...(attached && { attached }), ...own };
}

/** Of a step on a card, which brings no file. */
function cardOf(line: string): { readonly rest: string; readonly card?: string } {
  const { rest, card, attached } = marksOf(line);
  if (attached) throw new LineError('按按钮、填表单时不能带文件');
  return card === undefined ? { rest } : { rest, card };
}

function press(line: string): Press | undefined {
  const [, who, where, what] = new RegExp(`^${IN_CHAT}\\s+按\\s+(.+)$`).exec(line) ?? [];
  if (what === undefined) return undefined;
  const { rest, ...card } = cardOf(what);
  const [, nth, label] = /^第\s*(\d{1,2})\s*个\s*(.+)$/.exec(rest) ?? [];
  const plain = (label ?? rest).replace(/^【(.+)】$/, '$1');
  if (plain === '') throw new LineError('请写按钮上的字，例如：朱戊 望海群 按 收到');
  return { kind: 'press', ...inChat(who, where), label: plain, nth: Number(nth ?? 1), ...card };
}

function fill(line: string): Fill | undefined {
  const [, who, where, submit = '', what] =
    new RegExp(`^${IN_CHAT}\\s+填\\s+([^：:]+?)\\s*[：:](.*)$`).exec(line) ?? [];
  if (what === undefined) return undefined;
  const { rest, ...card } = cardOf(what);
  const fields = rest.split(/\s*[；;]\s*/).filter(Boolean);
  if (fields.length === 0) throw new LineError('请写填什么，例如：填 申请延期：延到=2026-05-20；理由=假期');
  return {
    kind: 'fill',
    ...inChat(who, where),
    submit: submit.replace(/^【(.+)】$/, '$1'),
    fields: fields.map((field) => {
      const [, label, value] = /^([^=＝]+?)\s*[=＝]\s*(.*)$/.exec(field) ?? [];
      if (label === undefined || value === undefined) throw new LineError(`没有看懂“${field}”；这样写：栏目=内容`);
      return { label, value };
    }),
    ...card,
  };
}

function send(line: string): Send | undefined {
  const found = new RegExp(`^${IN_CHAT}\\s+(发文件|发图片)\\s+([^：:]+?)\\s*[：:]?$`).exec(line) ?? [];
  const [, who, where, word, name] = found;
  if (name === undefined) return undefined;
  if (word === '发图片' && /[：:]$/.test(line)) throw new LineError('图片没有表，行末不写冒号');
  return { kind: 'send', ...inChat(who, where), what: word === '发文件' ? 'file' : 'image', name };
}

function say(line: string): Say | undefined {
  const [, who, where, how, said] = new RegExp(`^${IN_CHAT}(?:\\s+(回复|闲聊|改成))?\\s*[：:](.*)$`).exec(line) ?? [];
  if (said === undefined) return undefined;
  const { rest: text, card, attached } = marksOf(said);
  const kind = ({ 回复: 'reply', 闲聊: 'aside', 改成: 'edit' } as const)[how ?? ''] ?? 'to the bot';
  if (card !== undefined && kind !== 'reply') throw new LineError('只有回复、按、填时才写明卡片');
  if (attached && kind === 'reply' && text !== '') throw new LineError('回复卡片时，文件和文字要分两次发');
  if (attached && kind === 'edit') throw new LineError('改消息只改字，不带文件');
  if (attached && kind === 'aside') throw new LineError('不对督导助手说的话，用“发文件”单独发');
  return {
    kind: 'say',
    ...inChat(who, where),
    how: kind,
    text,
    ...(card !== undefined && { card }),
    ...(attached && { attached }),
  };
}
