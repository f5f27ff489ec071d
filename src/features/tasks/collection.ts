import { cardMessage } from '../../app/card-message.ts';
import type { WithoutLark } from '../../app/core.ts';
import type { Block, Doc } from '../../cards/views.ts';
import type { Instant, LocalDate } from '../../domain/calendar/local-date.ts';
import type { Calendar } from '../../domain/calendar/working-days.ts';
import { besidesPeak } from '../../domain/reminders/spread.ts';
import { settingOf } from '../../domain/settings.ts';
import { type Collection, collectionOf, reportDay } from '../../domain/tasks/collection.ts';
import { computeTaskStates, type TaskState } from '../../domain/tasks/task-board.ts';
import type { NewMessage } from '../../ports/changes.ts';
import type { Scope } from '../../ports/scope.ts';
import type { Reads } from '../../ports/store.ts';
import { askedDoc, askingBlocks, collectedBlocks } from './collection-card.ts';

interface Reading {
  readonly store: Reads;
  readonly zone: string;
  readonly calendar: Calendar;
}

/** A section of a group's card. */
interface Collected {
  readonly title: string;
  readonly summary: string;
  readonly tone: Doc['tone'];
  readonly provisional: false;
  readonly blocks: readonly Block[];
}

export async function collect({ store, zone, calendar }: Reading, scope: Scope, day: LocalDate): Promise<Collection> {
  const [tasks, programs, settings] = await Promise.all([
    store.tasks({ scope }),
    store.programs(scope),
    store.settings(),
  ]);
  const reports = await store.progress(tasks.map(({ id }) => id));
  const milestones = new Map(programs.map((program) => [program.id, program.milestones]));
  const by = reportDay(day, settingOf(settings, 'progressDay'), calendar);
  const states = computeTaskStates(tasks, { reports, milestones, today: day, zone, calendar });
  return collectionOf(states, { reports, day, by, zone });
}

/** 进展催报 is silent once everybody has reported; 进展汇总 where there was nothing to report. */
export async function collectionSection(
  core: Reading,
  of: {
    readonly scope: Scope;
    readonly day: LocalDate;
    readonly content: 'collect' | 'collected';
    readonly calls: boolean;
  },
): Promise<Collected | undefined> {
  const { scope, day, content, calls } = of;
  const collection = await collect(core, scope, day);
  const { month, reported, missing, late } = collection;
  const told = { zone: core.zone, today: day };
  if (content === 'collect') {
    if (missing.length === 0) return undefined;
    const blocks = askingBlocks(collection, told, calls);
    return {
      title: '进展催报',
      summary: `${month}进展还有 ${missing.length} 项没有报`,
      tone: 'soon',
      provisional: false,
      blocks,
    };
  }
  if (reported.length + missing.length === 0) return undefined;
  return {
    title: '进展汇总',
    summary: `${month}进展：已报 ${reported.length} 项${late.length > 0 ? `（迟报 ${late.length} 项）` : ''}，未报 ${missing.length} 项`,
    tone: missing.length > 0 ? 'soon' : 'done',
    provisional: false,
    blocks: collectedBlocks(collection, told),
  };
}

/** Beside the group's card: whoever answers for a task that was not reported is asked in the direct chat, with a form for each. */
export async function collectionMessages(
  core: WithoutLark & Reading,
  asked: {
    readonly chatId: string;
    readonly unitId: string;
    readonly day: LocalDate;
    readonly nominalAt: Instant;
    readonly now: Instant;
  },
): Promise<readonly NewMessage[]> {
  const { chatId, unitId, day, nominalAt, now } = asked;
  const { month, missing } = await collect(core, { unitIds: [unitId] }, day);
  const byPerson = new Map<string, TaskState[]>();
  for (const state of missing)
    for (const { openId } of state.task.people)
      if (openId !== undefined) byPerson.set(openId, [...(byPerson.get(openId) ?? []), state]);
  return [...byPerson].map(([openId, states]) =>
    cardMessage(askedDoc(month, states, { zone: core.zone, today: day }), {
      key: `collect:${chatId}:${nominalAt}:${openId}`,
      lane: 'push',
      remake: { kind: 'alert', of: 'progress', unitIds: [unitId], day },
      chatId: openId,
      openId,
      uuid: core.ids.next('p'),
      dueAt: besidesPeak(now),
      now,
    }),
  );
}
