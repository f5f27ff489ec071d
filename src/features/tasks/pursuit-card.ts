import { note, section } from '../../cards/kit.ts';
import { plainDoc } from '../../cards/plain.ts';
import type { Block, Doc, Entry } from '../../cards/views.ts';
import { describeDate } from '../../domain/calendar/describe.ts';
import type { LocalDate } from '../../domain/calendar/local-date.ts';
import { type Task, taskName, taskSubject, unitWord } from '../../domain/tasks/task.ts';
import type { TaskState } from '../../domain/tasks/task-board.ts';
import { figureOf } from './task-card.ts';

const leadOf = ({ task }: TaskState): string =>
  task.units
    .filter(({ role }) => role === 'lead')
    .map(unitWord)
    .join('、') || '未登记';

function entryOf(state: TaskState, today: LocalDate): Entry {
  const { task, due, latest, light } = state;
  return {
    head: [`${taskName(task)} `, { strong: task.title }],
    lines: [
      [{ text: light?.why ?? '', tone: 'late' }, `　进展：${figureOf(task, latest)}`],
      [`${leadOf(state)}　截止：${due ? describeDate(due, today) : '未定'}`],
    ],
  };
}

/** More buttons nobody looks through on a phone. */
const MOST_BUTTONS = 5;

const reports = (states: readonly TaskState[]): Block => ({
  kind: 'buttons',
  buttons: states.slice(0, MOST_BUTTONS).map(({ task }) => ({
    label: `报 ${taskName(task)}`,
    press: { v: 1, op: 'open', query: `进展 ${taskName(task)}`, page: 1 },
  })),
});

const RED = '进展 红灯';

/** 催办: to those who lead, all that has turned red since the last time. */
export const urgedDoc = (states: readonly TaskState[], today: LocalDate): Doc => ({
  title: `催办：${states.length} 项任务滞后`,
  tone: 'late',
  summary: `催办：${states.map(({ task }) => taskName(task)).join('、')} 进展滞后，请尽快推进并报进展`,
  blocks: [
    { kind: 'text', text: ['以下任务亮红灯，请尽快推进，建议每日调度，有进展随时报：'] },
    { kind: 'entries', entries: states.map((state) => entryOf(state, today)) },
    reports(states),
  ],
  footer: '也可以打字：进展 T12 60% 已完成主体施工',
  // The further pages of a long list: all that stands red, as it is then.
  query: RED,
  shows: states.map(({ task }) => taskSubject(task)),
});

/** `tried`: who should have heard of it, and why they do not. */
export type Unheard = TaskState & { readonly tried: string };

/** Nobody who leads could be told. */
export const unreachedDoc = (states: readonly Unheard[], today: LocalDate): Doc => ({
  title: '任务滞后，没有人可告知',
  tone: 'late',
  summary: `${states.map(({ task }) => taskName(task)).join('、')} 没有人可告知，没有催办，请另行催办`,
  blocks: [
    { kind: 'text', text: ['以下任务没有人可告知，没有催办，请另行催办。有工作群或有人关联飞书账号以后会自动催办：'] },
    {
      kind: 'entries',
      entries: states.map((state) => {
        const entry = entryOf(state, today);
        const tried = state.tried || '没有登记牵头单位和责任人';
        return { ...entry, lines: [...(entry.lines ?? []), [`没有告知：${tried}`]] };
      }),
    },
  ],
  query: RED,
});

/** What is due of confidential tasks, which no group is reminded of. */
export const confidentialDueDoc = (states: readonly TaskState[], today: LocalDate): Doc => ({
  title: '保密任务截止提醒',
  tone: 'soon',
  summary: `保密任务截止提醒：${states.map(({ task }) => taskName(task)).join('、')}`,
  blocks: [{ kind: 'entries', entries: states.map((state) => entryOf(state, today)) }, reports(states)],
  footer: '只在单聊里办理：进展 T12 60% 说明',
  query: '进展',
});

/** A step that needs the office's word, drafted for those who may give it and sent to nobody else. */
export function limitDraftDoc(state: TaskState, today: LocalDate, once: string): Doc {
  const name = taskName(state.task);
  const sentence = `${leadOf(state)}牵头的 ${name} 催办后仍亮红灯（${state.light?.why ?? '滞后'}），建议限期整改。`;
  return {
    title: `待确认：限期整改 · 任务 ${name}`,
    tone: 'late',
    summary: sentence,
    blocks: [
      { kind: 'text', text: [sentence] },
      { kind: 'entries', entries: [entryOf(state, today)] },
      {
        kind: 'form',
        line: `任务 限期整改 ${name}`,
        once,
        submit: `下达限期整改 ${name}`,
        fields: [{ kind: 'date', name: 'day', label: '整改期限', required: true }],
      },
      note(`确认前不会发给责任单位。也可以打字：任务 限期整改 ${name} 10个工作日内。不办就不用回复。`),
    ],
  };
}

/** Several steps that wait for one person's word: one card, each with its own form. */
export const draftsDoc = (drafts: readonly Doc[]): Doc => ({
  title: `待确认：${drafts.length} 项任务督办`,
  tone: 'late',
  summary: `待确认 ${drafts.length} 项：${drafts.map(({ summary }) => summary).join('')}`,
  blocks: drafts.flatMap(({ title, blocks }) => [section(title.replace(/^待确认：/, '')), ...blocks]),
});

/** The bulletin as it is proposed; the office edits it and gives it a number. */
export function bulletinDraftDoc(state: TaskState, text: string, once: string): Doc {
  const name = taskName(state.task);
  const sentence = `${leadOf(state)}牵头的 ${name} 限期整改到期仍亮红灯，已起草通报，请修改后确认。`;
  return {
    title: `待确认：通报 · 任务 ${name}`,
    tone: 'late',
    summary: sentence,
    blocks: [
      { kind: 'text', text: [sentence] },
      {
        kind: 'form',
        line: `任务 通报 ${name}`,
        once,
        submit: `确认通报 ${name}`,
        confirm: '确认后发给牵头、配合单位的群和责任人，并记录您的姓名。',
        fields: [
          ...([{ kind: 'text', name: 'number', label: '文号', as: '文号 {}', required: true, maxLength: 60 }] as const),
          ...([
            { kind: 'text', name: 'words', label: '通报内容', multiline: true, maxLength: 1000, initial: text },
          ] as const),
        ],
      },
      note(`确认前不会发给责任单位。也可以打字：任务 通报 ${name} 文号 云教督〔2026〕5号`),
    ],
  };
}

/** 通报 as those concerned read it. */
export const bulletinDoc = (task: Pick<Task, 'number'>, document: string, text: string): Doc => ({
  ...plainDoc(`通报：任务 ${taskName(task)}`, text, { tone: 'late' }),
  subtitle: document,
  shows: [taskSubject(task)],
});
