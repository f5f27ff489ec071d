import { heading, note, run, when } from '../../cards/kit.ts';
import type { Block, Button, Doc, Entry, Inline, Needs, Tone } from '../../cards/views.ts';
import { describeDate, describeDue } from '../../domain/calendar/describe.ts';
import { describeDaysLeft } from '../../domain/calendar/due.ts';
import { daysBetween, type LocalDate } from '../../domain/calendar/local-date.ts';
import { closingGate } from '../../domain/findings/closing.ts';
import { owedStep, readyMoves, spokenMoves } from '../../domain/findings/decide.ts';
import {
  dueTime,
  type Finding,
  findingName,
  findingSubject,
  isSafety,
  lateBy,
  SEVERITY_WORD,
  type ToldEvent,
} from '../../domain/findings/finding.ts';
import { type Rung, rungOf } from '../../domain/findings/ladder.ts';
import { MOVE_WORD, type MoveRule, moveRule, type StateMove } from '../../domain/findings/moves.ts';
import type { FindingRules } from '../../domain/findings/rules.ts';
import { isOpen, STATES } from '../../domain/findings/states.ts';
import { lastDayOf } from '../../domain/findings/time-limits.ts';
import { visitNumber } from '../../domain/visits/inspection.ts';
import { momentText } from '../groups/groups-card.ts';
import { accountText } from '../people/roles-card.ts';
import { stepFormDoc, stepForms } from './finding-form-card.ts';

/** One problem: where it stands, until when, what can be done, and its life. */
function findingDoc(
  finding: Finding,
  history: readonly ToldEvent[],
  rules: FindingRules,
  more: { readonly lead?: string; readonly once?: string; readonly team?: readonly string[] } = {},
): Doc {
  const name = findingName(finding);
  const needs = needsOf(finding, more.team);
  const lead = more.lead ?? stateLine(finding, rules);
  return {
    title: `问题 ${name} · ${STATES[finding.state].word}`,
    subtitle: finding.unit.name,
    tone: toneOf(finding, rules),
    tags: tagsOf(finding, rules),
    summary: `${name} ${finding.unit.name}：${lead}`,
    blocks: [
      { kind: 'text', text: [{ strong: finding.description }] },
      ...(more.lead ? [{ kind: 'text', text: [more.lead] } as const] : []),
      { kind: 'fields', fields: fieldsOf(finding, rules) },
      ...buttonsOf(finding, rules, needs),
      ...(more.once ? stepForms(finding, more.once, needs) : []),
      ...hintsOf(finding, needs),
      heading('经过'),
      // The newest first: what happened last is on the first page, however long the story.
      { kind: 'entries', entries: history.map((event) => entryOf(event, rules)).reverse() },
    ],
    live: [findingSubject(finding)],
    query: `整改 ${name}`,
  };
}

/** Who may take a step; `team` are the problem's inspectors. */
const needsOf = ({ unit, responsible }: Finding, team: readonly string[] = []) => {
  const on = { unitIds: [unit.id], team, responsible: responsible?.personId ? [responsible.personId] : [] };
  return (move: StateMove): Needs => ({ ...on, right: moveRule(move).right });
};
type NeedsOf = ReturnType<typeof needsOf>;

const dayText = (day: LocalDate, { today }: FindingRules): string => describeDate(day, today);

/** 已下达，期限 5月7日（周四），还剩 9 个工作日. */
function stateLine(finding: Finding, rules: FindingRules): string {
  return [`现在是“${STATES[finding.state].word}”`, dueText(finding, rules)].filter(Boolean).join('，');
}

function dueText(finding: Finding, rules: FindingRules): string {
  const { due, state, dayUnit } = finding;
  if (due === undefined || !isOpen(state)) return '';
  const late = lateBy(finding, rules.today, rules.calendar);
  const left = late === undefined ? '' : `，${describeDaysLeft(0 - late, dayUnit, daysBetween(rules.today, due))}`;
  return `${state === 'longTerm' ? '下次复查' : '期限'} ${describeDue(due, dueTime(finding), rules.today, !rules.calendar.isWorkday(due))}${left}`;
}

function toneOf(finding: Finding, { today, calendar }: FindingRules): Tone {
  if (finding.state === 'closed') return 'done';
  if (!isOpen(finding.state)) return 'muted';
  const late = lateBy(finding, today, calendar);
  if (late === undefined) return 'normal';
  return late > 0 ? 'late' : late >= -3 ? 'soon' : 'normal';
}

function tagsOf(finding: Finding, { today, calendar, ladder }: FindingRules): NonNullable<Doc['tags']> {
  const late = lateBy(finding, today, calendar) ?? 0;
  const reached = rungOf(ladder, finding.level);
  // What is only written down is no mark for everybody to see.
  const rung = reached?.how === 'recorded' ? undefined : reached;
  return [
    ...(finding.severity === 'minor' ? [] : [{ text: SEVERITY_WORD[finding.severity], tone: 'late' } as const]),
    ...(late > 0 ? [{ text: '逾期', tone: 'late' } as const] : []),
    ...(rung ? [{ text: rung.word, tone: 'soon' } as const] : []),
    ...(finding.restricted ? [{ text: '限知', tone: 'muted' } as const] : []),
  ];
}

function fieldsOf(finding: Finding, rules: FindingRules) {
  const owed = owedStep(finding, rules.profile, rules.calendar);
  const whose = owed?.by === 'unit' ? finding.unit.name : '督导室';
  const field = (label: string, value: string | undefined) => (value ? [{ label, value: [value] }] : []);
  return [
    ...field('督导', finding.visit && visitNumber(finding.visit.number)),
    ...field('专项', finding.program?.name),
    ...field('指标', finding.indicator && `${finding.indicator.code} ${finding.indicator.title}`),
    ...field('程度', `${SEVERITY_WORD[finding.severity]}${finding.term === 'immediate' ? '，立行立改' : ''}`),
    ...field(
      finding.state === 'longTerm' ? '下次复查' : '期限',
      dueText(finding, rules).replace(/^(?:期限|下次复查) /, '') || proposedText(finding, rules),
    ),
    ...field('申请延到', finding.asked && dayText(finding.asked, rules)),
    ...field('责任人', finding.responsible?.name),
    ...field('原因', finding.cause),
    ...field('佐证', finding.files > 0 ? `${finding.files} 份` : ''),
    ...field('文号', finding.document),
    ...field('销号条件', gateText(finding)),
    ...field('下一步', owed && `${whose}${owed.until ? `，${dayText(owed.until, rules)}前` : ''}`),
  ];
}

/** The ticks of closing, once the unit has reported (S1.10). */
const gateText = (finding: Finding): string =>
  finding.state === 'submitted' || finding.state === 'rechecking' || finding.state === 'closed'
    ? closingGate(finding)
        .map(({ word, isMet }) => `${isMet ? '✓' : '✗'} ${word}`)
        .join('　')
    : '';

/** Before the notice the deadline is only proposed. A last day that moves off a rest day is shown with the day it would have been. */
function proposedText({ limit, state }: Finding, rules: FindingRules): string {
  if (!limit || state === 'dropped' || state === 'closed') return '';
  const { date, written } = lastDayOf(limit, rules.today, rules.calendar, rules.profile.lastDay);
  const days = limit.kind === 'days' ? `${limit.days} ${limit.unit === 'working' ? '个工作日' : '日'}，` : '';
  const moved = written === date ? '' : `（${dayText(written, rules)}是休息日，顺延）`;
  const time = limit.kind === 'date' && limit.date === date ? limit.time : undefined;
  return `${days}今天下达则到 ${describeDue(date, time, rules.today, !rules.calendar.isWorkday(date))}${moved}`;
}

/** What can be done now, each for whom it is; whoever presses is asked for their own right all the same. */
function buttonsOf(finding: Finding, { today, profile }: FindingRules, needs: NeedsOf): readonly Block[] {
  const { due, extensions } = finding;
  const tooLate = (due !== undefined && today > due) || extensions >= profile.extensions;
  const asking = spokenMoves(finding).filter(
    (move) => OPENS_FORM.includes(move) && !(move === 'askExtension' && tooLate),
  );
  const buttons = [...readyMoves(finding), ...asking].map((move, index): Button => {
    const press = run(`整改 ${findingName(finding)} ${moveRule(move).word}`);
    return {
      label: LABEL[move] ?? moveRule(move).word,
      ...(index === 0 && { style: 'primary' }),
      press,
      needs: needs(move),
    };
  });
  return buttons.length > 0 ? [{ kind: 'buttons', buttons }] : [];
}
const LABEL: Partial<Record<StateMove, string>> = { grantExtension: '同意延期', askExtension: '申请延期' };
/** Often wanted, and not on the card: the button gives the form. */
const OPENS_FORM: readonly StateMove[] = ['askExtension', 'dispute'];

/** What has to be said with a move, as one types it. */
const SAID: Partial<Record<StateMove, string>> = {
  dispute: '事实和理由',
  issue: '文号 云教督〔2026〕3号 10个工作日',
  plan: '原因、措施、责任人、步骤',
  returnPlan: '理由',
  submit: '做了什么，原因：为什么会这样',
  askExtension: '6月30日 理由',
  refuseExtension: '理由',
  return: '5个工作日 哪里没改到位',
  close: '复查情况',
  keep: '9月1日 理由',
  reopen: '10个工作日 又发现了什么',
  drop: '理由',
};

function hintsOf(finding: Finding, needs: NeedsOf): readonly Block[] {
  return [...typedHints(finding, needs), ...secrecyHint(finding)];
}

function secrecyHint(finding: Finding): readonly Block[] {
  if (!finding.restricted) return [];
  const line = `整改 ${findingName(finding)}`;
  const text = `限知：只有 ${finding.viewers.length} 个指定的账号看得到。增加请发送：${line} 可见 姓名；解除请发送：${line} 解除限知 理由`;
  return [note(text)];
}

/** Every step as it is typed, for old clients and screen readers; each side reads its own. */
function typedHints(finding: Finding, needs: NeedsOf): readonly Block[] {
  const ready = readyMoves(finding).map((move) => ({
    move,
    line: `整改 ${findingName(finding)} ${moveRule(move).word}`,
  }));
  const spoken = spokenMoves(finding).map((move) => ({ move, line: howTo(finding, move) }));
  // Whoever acts tells the other side.
  const side = (who: string, tells: readonly MoveRule['tells'][]): readonly Block[] => {
    const own = [...ready, ...spoken].filter(({ move }) => tells.includes(moveRule(move).tells));
    const text = `${who}打字办理：${own.map(({ line }) => line).join('；')}。`;
    return own[0] ? [{ kind: 'note', text, needs: needs(own[0].move) }] : [];
  };
  return [
    ...side('责任单位', ['office', 'nobody']),
    ...side('督导室', ['unit']),
    ...when(isOpen(finding.state), note(evidenceHint(findingName(finding)))),
  ];
}

/** In a group Lark brings only what names the bot, and a picture names nobody. */
const evidenceHint = (name: string): string =>
  `照片和文件：单聊里回复到这张卡片即可；群里请回复那张照片，@督导助手 发送：整改 ${name} 佐证。`;

/** 整改 W12 完成 做了什么. */
const howTo = (finding: Pick<Finding, 'number'>, move: StateMove): string =>
  ['整改', findingName(finding), moveRule(move).word, SAID[move]].filter(Boolean).join(' ');

const whoOf = ({ by, actors }: ToldEvent): string =>
  by === 'heartbeat' ? '督导助手（自动）' : actors.length > 0 ? accountText(by, actors) : '未登记的账号';

/** 4月20日（周一） 09:08 市教育局督导室 吕壬 下达. */
const stepText = (event: ToldEvent, rules: FindingRules): string =>
  `${momentText(event.at, rules)} ${whoOf(event)} ${MOVE_WORD[event.move]}`;

function entryOf(event: ToldEvent, rules: FindingRules): Entry {
  const rung = event.level === undefined ? undefined : rungOf(rules.ladder, event.level);
  const what = rung && event.move !== 'urge' ? `${MOVE_WORD[event.move]}：${rung.word}` : MOVE_WORD[event.move];
  const lines: Inline[][] = [[`${momentText(event.at, rules)}　${whoOf(event)}`]];
  const facts = [
    event.text,
    event.document && `文号 ${event.document}`,
    event.asked && `申请延到 ${dayText(event.asked, rules)}`,
    event.due && `期限 ${describeDue(event.due, dueTime(event), rules.today)}`,
    event.files && `佐证 ${event.files} 份`,
  ].filter(Boolean);
  if (facts.length > 0) lines.push([facts.join('　')]);
  return { head: [{ strong: what }], lines };
}

export interface FindingListView {
  readonly about: string;
  readonly findings: readonly Finding[];
  /** Those that are done with are among them. */
  readonly all: boolean;
  /** There are more than these, with a later deadline. */
  readonly cut: boolean;
  readonly query: string;
}

/** 整改 列表: what is open, the earliest deadline first. */
export function findingsDoc({ about, findings, all, cut, query }: FindingListView, rules: FindingRules): Doc {
  const late = findings.filter((finding) => (lateBy(finding, rules.today, rules.calendar) ?? 0) > 0).length;
  const count = findings.length;
  const what = all ? '问题' : '未销号问题';
  const closed = findings.filter(({ state }) => state === 'closed').length;
  const parts = [
    `${about}${what}${cut ? `超过 ${count} 项，这里只列期限最早的 ${count} 项` : `共 ${count} 项`}`,
    closed > 0 && (closed === count ? '全部销号' : `已销号 ${closed} 项`),
    late > 0 && `逾期 ${late} 项`,
  ];
  const answer = count === 0 ? `${about}没有${what}` : parts.filter(Boolean).join('，');
  return {
    title: `${all ? '问题台账' : '整改清单'}`,
    ...(about && { subtitle: about }),
    tone: late > 0 ? 'late' : count === 0 ? 'muted' : closed === count ? 'done' : 'normal',
    ...(late > 0 && { tags: [{ text: `逾期 ${late}`, tone: 'late' }] }),
    summary: answer,
    blocks: [
      { kind: 'text', text: [`${answer}。`] },
      { kind: 'entries', entries: findings.map((finding) => listed(finding, rules)) },
      ...when(cut, note(`其余的请缩小范围，或发送“导出 问题”得到表格。`)),
      note('看一项：整改 W12；登记：问题 单位 问题描述 10个工作日'),
    ],
    query,
  };
}

function listed(finding: Finding, rules: FindingRules): Entry {
  const marks = [
    finding.severity === 'minor' ? '' : SEVERITY_WORD[finding.severity],
    isSafety(finding.description) ? '安全' : '',
  ].filter(Boolean);
  return {
    head: [
      { text: findingName(finding), tone: toneOf(finding, rules) },
      ' ',
      { strong: finding.description },
      ...(marks.length > 0 ? [{ text: `（${marks.join('，')}）`, tone: 'late' } as const] : []),
    ],
    lines: [[[finding.unit.name, STATES[finding.state].word, dueText(finding, rules)].filter(Boolean).join('　')]],
  };
}

/** For the digest and messages to others: what was done, in one line. */
const toldDoc = (finding: Finding, sentence: string, doc: Doc): Doc => ({
  ...doc,
  title: `问题 ${findingName(finding)}：${sentence}`,
  summary: `问题 ${findingName(finding)} ${finding.unit.name}：${sentence}`,
});

/** 催办: to whoever answers for it, privately. */
export function urgeDoc(finding: Finding, rules: FindingRules): Doc {
  const name = findingName(finding);
  const late = lateBy(finding, rules.today, rules.calendar) ?? 0;
  const why = late > 0 ? dueText(finding, rules) : `${dayText(finding.since, rules)}下达，至今没有签收`;
  const sentence = `${finding.unit.name}的问题 ${name} ${why}，请尽快办理。`;
  return {
    ...findingDoc(finding, [], rules, { lead: sentence }),
    title: `催办：问题 ${name}`,
    tone: 'late',
    summary: sentence,
  };
}

/** The office's own step is late: so that nothing that the unit has done waits unseen. */
/** 催办 is owed and nobody hears it; `tried` says who should have, and why they do not. */
export function unheardDoc(finding: Finding, tried: string, rules: FindingRules): Doc {
  const name = findingName(finding);
  const sentence = `${finding.unit.name}的问题 ${name} ${dueText(finding, rules)}，没有人可告知，没有催办，请另行催办。没有告知：${tried || '没有登记责任人'}。`;
  return {
    ...findingDoc(finding, [], rules, { lead: sentence }),
    title: `没有人可告知：问题 ${name}`,
    tone: 'late',
    summary: sentence,
  };
}

export function waitingDoc(finding: Finding, late: number, rules: FindingRules): Doc {
  const name = findingName(finding);
  const sentence = `问题 ${name} ${dayText(finding.since, rules)}起“${STATES[finding.state].word}”，等督导室办理，已超 ${late} 个工作日。`;
  return {
    ...findingDoc(finding, [], rules, { lead: sentence }),
    title: `待办：问题 ${name}`,
    tone: 'soon',
    summary: sentence,
  };
}

/** A level that needs somebody's word: drafted for those who may give it, and sent to nobody else. */
export function draftDoc(finding: Finding, { word, document }: Rung, rules: FindingRules): Doc {
  const name = findingName(finding);
  const sentence = `${finding.unit.name}的问题 ${name} ${dueText(finding, rules) || stateLine(finding, rules)}，建议${word}。`;
  const line = `整改 ${name} ${word}`;
  const press = run(line);
  return {
    title: `待确认：${word} · 问题 ${name}`,
    subtitle: finding.unit.name,
    tone: 'late',
    summary: sentence,
    blocks: [
      { kind: 'text', text: [{ strong: finding.description }] },
      { kind: 'text', text: [sentence] },
      { kind: 'fields', fields: fieldsOf(finding, rules) },
      ...(document
        ? ([{ kind: 'text', text: [`${word}要写文号。确认请发送：${line} 文号 云教督〔2026〕5号`] }] as const)
        : ([{ kind: 'buttons', buttons: [{ label: `确认${word}`, style: 'primary', press }] }] as const)),
      note(`确认前不会发给被督导单位。不${word}就不用回复；降级请发送：整改 ${name} 降级 理由`),
    ],
  };
}

/** The documents that the commands about problems share. */
export const findingCards = {
  card: findingDoc,
  told: toldDoc,
  list: findingsDoc,
  form: stepFormDoc,
  howTo,
  step: stepText,
} as const;
