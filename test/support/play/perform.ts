import { type Instant, wallClock } from '../../../src/domain/calendar/local-date.ts';
import { openWorld } from '../world.ts';
import { act, type Stage } from './act.ts';
import { type Arrival, arrivalsIn } from './arrivals.ts';
import { chatOf, openedAt, placeName, StepError, settle } from './cast.ts';
import { judge } from './judge.ts';
import { keptNow, writtenSince } from './kept.ts';
import type { Play } from './read-play.ts';
import { type Assertion, type HomeWord, type Setting, type Step, written, writtenAssertion } from './step.ts';

const clock = (instant: Instant) => wallClock(instant, 'Asia/Shanghai');
type Write = (line: string) => void;

/** A world in which steps are done one by one. What happens is written as it happens. */
export interface Performance {
  readonly stage: Stage;
  /** Throws StepError when it cannot be done. */
  step(step: Step): Promise<void>;
  /** Why it does not hold of what the last step brought; undefined when it does. Throws StepError when it names nobody. */
  look(assertion: Assertion): string | undefined;
  close(): Promise<void>;
}

/** What the last step brought and wrote, and the chat it was done in. */
interface Last {
  readonly brought: readonly Arrival[];
  readonly wrote: readonly string[];
  readonly chatId?: string;
}

export async function perform(setting: Setting, home: HomeWord, subject: string, write: Write): Promise<Performance> {
  const world = await openWorld(home, openedAt(setting), subject);
  const cast = await settle(world, setting);
  const stage: Stage = { world, cast, arrivals: arrivalsIn(world) };
  let kept = await keptNow(world);
  let last: Last = { brought: [], wrote: [] };
  return {
    stage,
    async step(step) {
      const now = clock(world.time.now());
      write(`\n${now.date} ${now.time}　${written(step)}`);
      last = { brought: [], wrote: [] };
      await act(stage, step);
      const brought = stage.arrivals.take();
      const after = await keptNow(world);
      const place = 'place' in step ? step.place : step.kind === 'group' ? { group: step.name } : undefined;
      last = { brought, wrote: writtenSince(kept, after), ...(place && { chatId: chatOf(world, cast, place) }) };
      kept = after;
      if (brought.length === 0) write('    （没有回音）');
      for (const arrival of brought) {
        const at = clock(arrival.at);
        const day = at.date === now.date ? '' : `${at.date} `;
        write(`    ${day}${at.time} ${placeName(world, cast, arrival.chatId)}${HOW[arrival.how]}`);
        for (const line of shownLines(arrival, arrival.chatId === last.chatId)) write(`    │ ${line}`.trimEnd());
      }
    },
    look(assertion) {
      const place = 'place' in assertion ? assertion.place : undefined;
      const chatId = place ? chatOf(world, cast, place) : last.chatId;
      const there = last.brought.filter((arrival) => arrival.chatId === chatId);
      const why = judge(assertion, there, last.wrote);
      write(`  ${why === undefined ? '✓' : '✗'} ${writtenAssertion(assertion)}${why === undefined ? '' : `　${why}`}`);
      return why;
    },
    close: () => world.close(),
  };
}

const HOW = { new: '', changed: '（卡片有变化）', recalled: '（已撤回）', toast: '（提示，只有按的人看到）' } as const;

/** A card that has changed elsewhere is shown by its first line and by what it did not say before. */
function shownLines({ how, text, before = '' }: Arrival, isHere: boolean): readonly string[] {
  const lines = text.split('\n');
  if (how !== 'changed' || isHere) return lines;
  const unnumbered = (line: string) => line.replace(/^\d+\. /, '').trim();
  const old = new Set(['', ...before.split('\n').map(unnumbered)]);
  const [title = '', ...rest] = lines;
  return [title, '…', ...rest.filter((line) => !old.has(unnumbered(line)))];
}

/**
 * The whole play. Gives what did not hold, each with its line. It ends with a step that cannot be done: what follows would mean something else.
 */
export async function playThrough(
  play: Play,
  home: HomeWord,
  subject: string,
  write: Write,
): Promise<readonly string[]> {
  write(`# ${play.title}`);
  write(written(play.setting));
  const wrong: string[] = [];
  const performance = await perform(play.setting, home, subject, write);
  try {
    for (const { line, step, assertions } of play.steps) {
      await attempt(line, () => performance.step(step));
      for (const { line: at, assertion } of assertions)
        await attempt(at, async () => {
          const why = performance.look(assertion);
          if (why !== undefined) wrong.push(`第 ${at} 行：${writtenAssertion(assertion)}　${why}`);
        });
    }
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    wrong.push(error.message);
    write(`  ✗ ${error.message}`);
  } finally {
    await performance.close();
  }
  return wrong;
}

async function attempt(line: number, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof StepError || error instanceof RangeError)
      throw new StepError(`第 ${line} 行：${error.message}`);
    throw error;
  }
}
