import { plainDoc } from '../../cards/plain.ts';
import type { Block, Doc, Entry } from '../../cards/views.ts';
import { describeDate } from '../../domain/calendar/describe.ts';
import type { LocalDate } from '../../domain/calendar/local-date.ts';
import type { NamedPerson } from '../../domain/people/person.ts';
import type { UnitRef } from '../../domain/people/unit.ts';
import type { Milestone } from '../../domain/programs/program.ts';
import { joined, PROVISIONAL_MARK, personInline } from '../visits/schedule-card.ts';
import { type Counted, countdownBlocks, countdownLine, milestoneDate } from './countdown-card.ts';

interface ProgramView {
  readonly name: string;
  readonly unit: UnitRef;
  readonly archived: boolean;
  /** What it works by; none yet. */
  readonly checklist?: string | undefined;
  /** The nearest milestone that is not over. */
  readonly next?: Counted | undefined;
}

const HOW = '写法：专项 新增 名称 [单位]；专项 节点 名称 市级核查 4月初；专项 改名、清单、单位、归档，后面写名称。';

/** The answer to 专项: what runs here. `archived`: those that no longer run. */
export function programsDoc(view: {
  readonly programs: readonly ProgramView[];
  /** How many others there are: archived ones, or running ones when the archived ones are listed. */
  readonly archived: number;
  readonly listsArchived: boolean;
  readonly isAdministrator: boolean;
}): Doc {
  const { programs, archived, listsArchived, isAdministrator } = view;
  const title = listsArchived ? '已归档的专项' : '专项';
  const rest = !listsArchived && archived > 0 ? `另有 ${archived} 个已归档，发送“专项 列表 归档”查看。` : '';
  if (programs.length === 0)
    return plainDoc(title, listsArchived ? '没有归档的专项。' : '现在没有开展中的专项。', {
      tone: 'muted',
      lines: rest ? [rest] : [],
      ...(isAdministrator && { note: HOW }),
    });
  const count = `${listsArchived ? '已归档' : '开展中'} ${programs.length} 个专项`;
  return {
    title,
    subtitle: count,
    tone: listsArchived ? 'muted' : 'normal',
    summary: count,
    blocks: [
      { kind: 'entries', entries: programs.map(programEntry) },
      ...(rest ? [{ kind: 'note', text: rest } as const] : []),
      { kind: 'note', text: '发送“专项 名称”看路线图，发送“倒计时”看还有几天。' },
      ...(isAdministrator ? [{ kind: 'note', text: HOW } as const] : []),
    ],
    query: listsArchived ? '专项 列表 归档' : '专项 列表',
  };
}

const programEntry = ({ name, unit, checklist, next, archived }: ProgramView): Entry => ({
  head: [{ strong: name }, `　${unit.name}`, ...(archived ? [{ text: '（已归档）', tone: 'muted' } as const] : [])],
  lines: [[next ? countdownLine(next) : '没有未到的节点'], [`评估细则：${checklist ?? '没有选定'}`]],
});

export interface RoadmapView extends Omit<ProgramView, 'next'> {
  readonly steps: readonly Counted[];
  /** As written; empty when all units below take part. */
  readonly participants: readonly string[];
  /** What stands where, in one sentence each. */
  readonly progress: readonly string[];
  readonly today: LocalDate;
  readonly query: string;
}

/** 路线图: the steps of a program with their days, what is next, and how far the work is. */
export function roadmapDoc(view: RoadmapView): Doc {
  const { name, unit, steps, archived, checklist, participants, progress, today } = view;
  const next = steps.find(({ left }) => left.kind !== 'over' && left.kind !== 'open');
  const sentence = archived
    ? '这个专项已归档，不再提醒。'
    : next
      ? `下一步：${countdownLine(next)}。`
      : steps.length > 0
        ? '没有已定日期的下一步。'
        : '还没有登记节点。';
  return {
    title: `${name} · 路线图`,
    subtitle: unit.name,
    tone: archived ? 'muted' : next?.left.kind === 'day' && next.left.workdays <= 3 ? 'soon' : 'normal',
    ...(archived && { tags: [{ text: '已归档', tone: 'muted' }] }),
    summary: `${name}：${sentence}`,
    blocks: [
      { kind: 'text', text: [{ strong: sentence }] },
      ...(steps.length > 0 ? ([{ kind: 'heading', text: '节点' }, ...countdownBlocks(steps, today)] as const) : []),
      ...(progress.length > 0 ? ([{ kind: 'heading', text: '进度' }] as const) : []),
      ...progress.map((line): Block => ({ kind: 'text', text: [line] })),
      {
        kind: 'fields',
        fields: [
          { label: '评估细则', value: [checklist ?? '没有选定'] },
          { label: '参加单位', value: [participants.join('、') || `${unit.name}及下属全部单位`] },
        ],
      },
    ],
    ...(steps.some(({ left }) => 'provisional' in left && left.provisional) && { footer: PROVISIONAL_MARK }),
    query: view.query,
  };
}

interface DueView {
  readonly date: LocalDate;
  readonly approximate: boolean;
}

interface MovedView {
  readonly title: string;
  readonly dueText: string;
  readonly before: DueView | undefined;
  readonly after: DueView | undefined;
  readonly people: readonly NamedPerson[];
  /** task:…, as `Doc.shows` names it. */
  readonly subject?: string | undefined;
}

/** A card that has more is not read; the rest is in 截止. */
const MOST_MOVED = 15;

/** Said once to those whose deadlines hang on a milestone that has moved: old → new. */
export function milestoneMovedDoc(
  program: string,
  step: { readonly name: string; readonly before?: Milestone | undefined; readonly after?: Milestone | undefined },
  moved: readonly MovedView[],
  today: LocalDate,
): Doc {
  const day = (milestone: Milestone | undefined) => (milestone ? milestoneDate(milestone, today) : undefined);
  const sentence = movedSentence(step.name, day(step.before), day(step.after));
  const due = (day: DueView | undefined) =>
    day ? `${day.approximate ? '约 ' : ''}${describeDate(day.date, today)}` : '未定';
  return {
    title: `【变更】${program}节点`,
    shows: moved.slice(0, MOST_MOVED).flatMap(({ subject }) => subject ?? []),
    tone: 'soon',
    summary: `${program}：${sentence}${moved.length} 项截止日随之变动。`,
    blocks: [
      { kind: 'text', text: [sentence, `您处有 ${moved.length} 项截止日随之变动：`] },
      {
        kind: 'entries',
        entries: moved.slice(0, MOST_MOVED).map(({ title, dueText, before, after, people }) => ({
          head: [{ strong: title }],
          lines: [
            [`截止：${due(before)} → `, { strong: due(after) }, dueText ? `（${dueText}）` : ''],
            ...(people.length > 0
              ? [
                  [
                    '责任人：',
                    ...joined(
                      people.map((person) => personInline(person, true)),
                      '',
                    ),
                  ],
                ]
              : []),
          ],
        })),
      },
      ...(moved.length > MOST_MOVED
        ? [{ kind: 'note', text: `其余 ${moved.length - MOST_MOVED} 项请发送“截止”查看。` } as const]
        : []),
    ],
  };
}

/** “市级核查”由 4月初… 改为 4月8日（周三）。 */
export function movedSentence(name: string, before: string | undefined, after: string | undefined): string {
  if (after === undefined) return `节点“${name}”（${before}）已删除。`;
  if (before === undefined) return `新增节点“${name}”：${after}。`;
  return before === after ? `节点“${name}”：${after}。` : `节点“${name}”由 ${before} 改为 ${after}。`;
}
