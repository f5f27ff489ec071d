import { plainDoc } from '../../cards/plain.ts';
import type { Block, Doc, Entry, Tone } from '../../cards/views.ts';
import { describeDate, describeSpan } from '../../domain/calendar/describe.ts';
import type { LocalDate } from '../../domain/calendar/local-date.ts';
import type { UnitRef } from '../../domain/people/unit.ts';
import type { Countdown, Milestone } from '../../domain/programs/program.ts';
import { PROVISIONAL_MARK } from '../visits/schedule-card.ts';

/** A milestone of a program, and how far it is. */
export interface Counted {
  /** Empty where all are of one program, which is named above. */
  readonly program: string;
  readonly step: Milestone;
  readonly left: Countdown;
}

/** 距市级核查还有 8 个工作日. */
export function countdownLine({ step: { name }, left }: Counted): string {
  switch (left.kind) {
    case 'day':
      if (left.days === 0) return `今天是${name}`;
      return left.workdays === 0
        ? `距${name}还有 ${left.days} 天，其间无工作日`
        : `距${name}还有 ${left.workdays} 个工作日`;
    case 'about':
      return `距${name}约 ${left.workdays} 个工作日`;
    case 'within':
      return left.workdays === 0
        ? `${name}随时可能开始，原定时段只到${left.days === 0 ? '今天' : `${left.days} 天后`}`
        : `${name}随时可能开始，距原定时段结束约 ${left.workdays} 个工作日`;
    case 'lapsed':
      return `${name}原定的时段已过，日期还没有定`;
    case 'over':
      return `${name}的时间已过`;
    case 'open':
      return `${name}的日期还没有定`;
  }
}

/** An hour, or days from which to which: 5月8日10点, 5月8日—10日. */
const MORE_THAN_DAY = /点|时|[:：]|[上下中]午|晚上|[\d日号]\s*(?:[-~–−―〜至到→]|—{1,2})\s*\d/;

/** 4月8日（周三）, or 4月初（4月1日—10日，日期未定）. */
export function milestoneDate({ due, period, dueText }: Milestone, today: LocalDate): string {
  if (due)
    return MORE_THAN_DAY.test(dueText.replace(/\d{4}-\d\d-\d\d/, ''))
      ? `${describeDate(due, today)}（原文：${dueText}）`
      : describeDate(due, today);
  const words = dueText || '未登记';
  return period ? `${words}（约 ${describeSpan(period, today)}，日期未定）` : `${words}（日期未定）`;
}

const toneOf = ({ left }: Counted): Tone => {
  if (left.kind === 'within' || left.kind === 'lapsed') return 'soon';
  if (left.kind !== 'day') return 'muted';
  return left.workdays <= 3 ? 'soon' : 'normal';
};

/** One entry a milestone, in the order given. */
export const countdownBlocks = (counted: readonly Counted[], today: LocalDate): readonly Block[] => [
  { kind: 'entries', entries: counted.map((each) => entryOf(each, today)) },
];

function entryOf(counted: Counted, today: LocalDate): Entry {
  const { left, step } = counted;
  const natural =
    left.kind === 'day' || left.kind === 'about' ? `　自然日${left.kind === 'about' ? '约' : ''} ${left.days} 天` : '';
  return {
    head: [{ text: countdownLine(counted), tone: toneOf(counted) }],
    lines: [[`${counted.program ? `${counted.program}　` : ''}${milestoneDate(step, today)}${natural}`]],
  };
}

/** What the office is asked when the days of a vague milestone begin, and when they are over. */
export function askDayDoc(view: {
  readonly program: { readonly name: string; readonly unit: UnitRef };
  readonly step: Milestone;
  readonly asks: 'begun' | 'over';
  /** Deadlines that follow from it. */
  readonly hanging: number;
  readonly today: LocalDate;
}): Doc {
  const { program, step, asks, hanging, today } = view;
  const when = step.period ? describeSpan(step.period, today) : '';
  const dueText = /^[^（]*/.exec(step.dueText)?.[0] ?? '';
  const said = dueText && dueText !== when ? `${dueText}（${when}）` : when;
  const sentence =
    asks === 'begun'
      ? `${program.name}的${step.name}定在${said}，从现在起随时可能开始。请登记是哪一天。`
      : `${program.name}的${step.name}定在${said}，时段已过，还没有登记是哪一天。请登记，改期的请写新的时间。`;
  const own = `专项 节点 ${program.unit.name} ${program.name}`;
  return plainDoc(`${step.name}是哪一天？`, sentence, {
    tone: 'soon',
    ...(hanging > 0 && { lines: [`有 ${hanging} 项截止按它推算，登记之前只能说“约”。`] }),
    buttons: [{ label: '登记日期', style: 'primary', press: { v: 1, op: 'open', query: own, page: 1 } }],
    note: `也可以打字：${own} ${step.name} 6月15日`,
  });
}

/** The answer to 倒计时. `missed`: words that name no milestone, so that all are shown. */
export function countdownDoc(view: {
  readonly counted: readonly Counted[];
  readonly about?: string | undefined;
  readonly missed: string;
  readonly today: LocalDate;
  readonly query: string;
}): Doc {
  const { counted, about, missed, today } = view;
  const [first] = counted;
  const note = missed && first ? `没有找到叫“${missed}”的节点，下面是全部节点。` : '';
  const sentence = first ? `${countdownLine(first)}。` : `${about ?? ''}没有要倒计时的节点。`;
  return {
    title: '倒计时',
    ...(about && { subtitle: about }),
    tone: first ? toneOf(first) : 'muted',
    summary: `${note}${sentence}`,
    blocks: [
      ...(note ? [{ kind: 'text', text: [note] } as const] : []),
      ...(first
        ? countdownBlocks(counted, today)
        : [{ kind: 'text', text: [`${sentence}管理员可以发送：专项 节点 专项名称 市级核查 4月初`] } as const]),
    ],
    ...(counted.some(({ left }) => 'provisional' in left && left.provisional) && { footer: PROVISIONAL_MARK }),
    query: view.query,
  };
}
