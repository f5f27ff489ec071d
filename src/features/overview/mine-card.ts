import { note, run, section, when } from '../../cards/kit.ts';
import type { Block, Button, Doc } from '../../cards/views.ts';
import { describeDate } from '../../domain/calendar/describe.ts';
import type { LocalDate } from '../../domain/calendar/local-date.ts';
import type { Span } from '../../domain/calendar/span.ts';
import { type Finding, findingName } from '../../domain/findings/finding.ts';
import type { Notice } from '../../domain/notices/notice.ts';
import type { Person } from '../../domain/people/person.ts';
import type { Deadline } from '../../domain/tasks/deadline.ts';
import type { VisibleInspection } from '../../domain/visits/inspection.ts';
import { noticeCode, spokenCode } from '../notices/notice-card.ts';
import { deadlineBlocks, toneOf } from '../tasks/deadline-card.ts';
import { cancelledBlocks, foundButtons, PROVISIONAL_MARK, type Reader, visitBlocks } from '../visits/schedule-card.ts';

type Linked = Extract<MineView, { readonly kind: 'linked' }>;

/** A problem, what it waits for, and until when that is to be done. */
interface Waiting {
  readonly finding: Finding;
  readonly what: string;
  readonly until?: LocalDate | undefined;
}

export type MineView =
  | { readonly kind: 'unlinked' }
  | {
      readonly kind: 'linked';
      readonly people: readonly Person[];
      readonly span: Span;
      readonly today: LocalDate;
      readonly visits: readonly VisibleInspection[];
      readonly cancelled: readonly VisibleInspection[];
      /** That name me. */
      readonly deadlines: readonly Deadline[];
      /** Tasks on which I may report, the most urgent first: as many as get a button. */
      readonly reportable: readonly number[];
      /** The others of my unit. */
      readonly unitDeadlines: readonly Deadline[];
      /** How many of other units can be seen here, and are not mine. */
      readonly others: { readonly visits: number; readonly tasks: number; readonly findings: number };
      readonly reader: Reader;
      readonly zone: string;
      /** That I have not confirmed. */
      readonly notices: readonly Notice[];
      /** Problems that wait for a step of the office that I may make, the earliest first. */
      readonly waiting: readonly Waiting[];
    };

/** The answer to 我的. */
export function mineDoc(view: MineView): Doc {
  if (view.kind === 'unlinked') {
    return {
      title: '我的',
      tone: 'muted',
      summary: '还不知道您是谁，请发送：我是 姓名',
      blocks: [
        { kind: 'text', text: ['还不知道您是谁。请发送：', { strong: '我是 姓名' }] },
        note('同名较多时请加上单位，例如：我是 望海区教育局 冯癸。管理员确认后即可使用。'),
      ],
    };
  }
  const { visits, span, today, people, notices, waiting } = view;
  const deadlines = [...view.deadlines, ...view.unitDeadlines];
  const names = people.map(({ name, unit }) => `${unit.name} ${name}`).join('、');
  return {
    title: '我的督导安排和到期事项',
    subtitle: names,
    tone: toneOf(deadlines) === 'muted' ? 'normal' : toneOf(deadlines),
    summary: `两周内督导 ${visits.length} 项，到期事项 ${deadlines.length} 项${notices.length > 0 ? `，没确认的通知和推送 ${notices.length} 条` : ''}${waiting.length > 0 ? `，等督导室办理的问题 ${waiting.length} 项` : ''}`,
    blocks: [
      section('两周内的督导'),
      ...(visits.length > 0
        ? visitBlocks(visits, span, today, view.reader)
        : [{ kind: 'text', text: [noVisits(view)] } as const]),
      ...cancelledBlocks(view),
      ...when(
        view.deadlines.length > 0 || view.unitDeadlines.length === 0,
        section('到期事项'),
        ...deadlineBlocks(view.deadlines, today, false),
      ),
      ...when(
        view.unitDeadlines.length > 0,
        section('本单位的到期事项'),
        ...deadlineBlocks(view.unitDeadlines, today, false),
      ),
      ...(deadlines.length === 0 ? [{ kind: 'text', text: [nothingDue(view)] } as const] : []),
      ...(waiting.length > 0 ? waitingBlocks(waiting, today) : []),
      ...(notices.length > 0 ? noticeBlocks(notices) : []),
      // In a group the buttons would be everybody's.
      ...(view.reader === 'person' ? actionBlocks(view) : []),
    ],
    ...(deadlines.some(({ provisional }) => provisional) && { footer: PROVISIONAL_MARK }),
    query: '我的',
  };
}

/** What other commands show here all the same is said, and how it is asked for. */
function noVisits({ span, others }: Linked): string {
  const none = '没有您的督导安排，也没有到本单位的。';
  return others.visits > 0 ? `${none}其他单位有 ${others.visits} 项，请发送：日程 ${span.from}至${span.to}` : none;
}

function nothingDue({ others }: Linked): string {
  const none = '没有您的，也没有本单位的到期事项。';
  const [what, lines] = [
    [others.tasks > 0 && `任务 ${others.tasks} 项`, others.findings > 0 && `问题 ${others.findings} 项`],
    [others.tasks > 0 && '任务', others.findings > 0 && '整改'],
  ].map((words) => words.filter(Boolean));
  return what?.length ? `${none}其他单位有${what.join('、')}，请发送：${lines?.join('，或 ')}` : none;
}

const noticeBlocks = (notices: readonly Notice[]): readonly Block[] => [
  section('没确认的通知和推送'),
  {
    kind: 'entries',
    entries: notices.map(({ number, words }) => ({
      head: [`${number === undefined ? '' : `通知 ${number}　`}${words.slice(0, 60)}`],
    })),
  },
];

/** Of each kind as many as a phone shows without scrolling. */
export const MOST_BUTTONS = 3;

const MOST_WAITING = 10;

function waitingBlocks(waiting: readonly Waiting[], today: LocalDate): readonly Block[] {
  const shown = waiting.slice(0, MOST_WAITING);
  const more = waiting.length - shown.length;
  return [
    section(`等督导室办理的问题（${waiting.length} 项）`),
    {
      kind: 'entries',
      entries: shown.map(({ finding, what, until }) => ({
        head: [
          { text: findingName(finding), tone: until !== undefined && until < today ? 'late' : 'normal' },
          ' ',
          { strong: finding.description },
        ],
        lines: [[`${finding.unit.name}　${what}${until === undefined ? '' : `　${describeDate(until, today)}前办理`}`]],
      })),
    },
    ...when(more > 0, note(`还有 ${more} 项，发送“整改”看全部。`)),
  ];
}

function actionBlocks({ notices, waiting, visits, zone, today, ...view }: Linked): readonly Block[] {
  const deadlines = [...view.deadlines, ...view.unitDeadlines];
  const findings = deadlines.flatMap(({ finding }) => finding ?? []).slice(0, MOST_BUTTONS);
  const decided = waiting.slice(0, MOST_BUTTONS).map(({ finding }) => finding.number);
  const buttons: readonly Button[] = [
    ...notices.slice(0, MOST_BUTTONS).map((notice) => {
      const press = run(`收到 ${noticeCode(notice, { zone })}`);
      return { label: `收到 ${spokenCode(notice, { zone })}`, style: 'primary' as const, press };
    }),
    ...[...findings, ...decided].map((number) => opens(`办 W${number}`, `整改 W${number}`)),
    ...view.reportable.map((number) => opens(`报进展 T${number}`, `进展 T${number}`)),
  ];
  return [...(buttons.length > 0 ? [{ kind: 'buttons', buttons } as const] : []), ...foundButtons(visits, today)];
}

/** The list stays; what is to be done comes as a card of its own. */
const opens = (label: string, query: string): Button => ({ label, press: { v: 1, op: 'open', query, page: 1 } });
