import { note, run, section, show, when } from '../../cards/kit.ts';
import { plainDoc } from '../../cards/plain.ts';
import type { Block, Button, Doc, Entry, Inline } from '../../cards/views.ts';
import type { LocalDate } from '../../domain/calendar/local-date.ts';
import type { Person } from '../../domain/people/person.ts';
import { momentText } from '../groups/groups-card.ts';
import { type AskingPerson, requestBlocks } from './waiting-card.ts';

export interface PersonView extends Person {
  readonly linkedBy?: 'mobile' | 'group' | 'administrator' | undefined;
  readonly hasMobile: boolean;
  readonly lookedFor: boolean;
  readonly left?: { readonly at: number; readonly successor?: string | undefined; readonly open: number } | undefined;
}

interface Told {
  readonly zone: string;
  readonly today: LocalDate;
}

const LINKED_BY = { mobile: '按手机号', group: '按群成员姓名', administrator: '由管理员确认' } as const;
const MOST_BUTTONS = 5;

/** The answer to 人员: requests to be settled, then who is linked and how, the unlinked first. */
export function peopleDoc(
  view: {
    readonly about?: string | undefined;
    readonly people: readonly PersonView[];
    readonly total: number;
    readonly unlinked: number;
    readonly left: number;
    readonly requests: readonly AskingPerson[];
    /** The reader may change people. */
    readonly changes: boolean;
    readonly query: string;
  },
  told: Told,
): Doc {
  const { about, people, total, unlinked, left, requests, changes, query } = view;
  if (people.length === 0 && requests.length === 0)
    return plainDoc('人员', about ? `通讯录里没有“${about}”的人员。` : '通讯录里还没有人员，请先导入单位通讯录。', {
      tone: 'muted',
    });
  const counts = `共 ${total} 人${total === 0 ? '在岗' : unlinked > 0 ? `，${unlinked} 人还没有关联飞书账号` : '，都已关联飞书账号'}${left > 0 ? `；已离任 ${left} 人` : ''}`;
  return {
    title: '人员',
    ...(about && { subtitle: about }),
    tone: requests.length > 0 ? 'soon' : 'normal',
    summary: requests.length > 0 ? `${requests.length} 人等待确认身份；${counts}` : counts,
    blocks: [
      { kind: 'text', text: [counts] },
      ...(requests.length > 0 ? requestBlocks(requests, told) : []),
      ...when(requests.length > 0, section('通讯录')),
      { kind: 'entries', entries: people.map((person) => entryOf(person, told)) },
      ...(changes && people.length <= MOST_BUTTONS ? personButtons(people) : []),
      ...when(people.length < total + left, note(`只列前 ${people.length} 人，请加上单位或姓名，例如：人员 望海区`)),
      ...when(changes, note(HOW)),
    ],
    query,
  };
}

const HOW = '解除关联：人员 解除 姓名。同一人有两行：人员 合并 姓名。离任和接替：离任 姓名 接替人。';

function entryOf(person: PersonView, told: Told): Entry {
  const { name, unit, position } = person;
  return {
    head: [{ strong: name }, `　${[unit.name, position].filter(Boolean).join('　')}`],
    lines: [[linkText(person, told)], ...openLines(person)],
  };
}

/** Visits and tasks that came back to somebody who has left: nobody would do them. */
const openLines = ({ left, unit, name }: PersonView): Inline[][] =>
  left && left.open > 0
    ? [[{ text: `名下还有 ${left.open} 件没办完的事，请登记接替：离任 ${unit.name} ${name} 接替人`, tone: 'late' }]]
    : [];

function linkText({ openId, linkedBy, hasMobile, lookedFor, left }: PersonView, told: Told): Inline {
  if (left)
    return {
      text: `已离任（${momentText(left.at, told)}）${left.successor ? `，由${left.successor}接替` : ''}`,
      tone: 'muted',
    };
  if (openId) return linkedBy ? `已关联（${LINKED_BY[linkedBy]}）` : '已关联';
  const why = !hasMobile ? '通讯录没有手机号' : lookedFor ? '手机号没有查到飞书账号' : '还没有查过手机号';
  return { text: `未关联：${why}`, tone: 'soon' };
}

function personButtons(people: readonly PersonView[]): Block[] {
  const buttons = people.flatMap((person): Button[] => {
    const who = `${person.unit.name} ${person.name}`;
    const label = people.length === 1 ? '' : ` ${who}`;
    if (person.left) return [{ label: `返岗${label}`, press: run(`人员 返岗 ${who}`) }];
    return [
      ...(person.openId ? [{ label: `解除关联${label}`, press: run(`人员 解除 ${who}`) } as const] : []),
      { label: `离任${label}`, press: show(`离任 ${who}`) },
    ];
  });
  return buttons.length > 0 ? [{ kind: 'buttons', buttons }] : [];
}

/** Two rows or more that may be one person, numbered. */
export function mergeChoiceDoc(rows: readonly PersonView[], line: string, told: Told): Doc {
  const sentence = `${rows.length} 行可能是同一个人，请选保留哪一行`;
  const choice = (kept: number, dropped: number): Button => ({
    label: `保留第 ${kept} 行`,
    press: show(`${line} ${kept} ${dropped}`),
  });
  const buttons: Block[] = rows.length === 2 ? [{ kind: 'buttons', buttons: [choice(1, 2), choice(2, 1)] }] : [];
  return {
    title: '合并人员',
    tone: 'normal',
    summary: sentence,
    blocks: [
      { kind: 'text', text: [`${sentence}：`] },
      { kind: 'entries', entries: rows.map((row) => entryOf(row, told)) },
      ...buttons,
      note(`也可以发送：${line} 1 2（保留第 1 行，第 2 行并入）`),
    ],
    query: line,
  };
}
