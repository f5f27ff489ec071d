import { setTimeout as pause } from 'node:timers/promises';
import { type Instant, MINUTE_MS } from '../domain/calendar/local-date.ts';
import type { Captions } from '../emulator/captions.ts';
import type { DemoClock } from './demo-clock.ts';
import type { Screen } from './demo-screen.ts';
import type { Talk } from './demo-talk.ts';

/** Milliseconds of real time: before somebody speaks, and to read an answer, by its length. */
const BEFORE_SPEAKING = 2500;
const READING = { least: 4000, most: 11_000, perCharacter: 28 };
const CAPTION = 3500;
/** The clock is seen to run: in steps of a minute, or of more where that would take too long to watch. */
const MOST_STEPS = 24;
const STEP_PAUSE = 250;

interface Slowed {
  readonly talk: Talk;
  readonly clock: DemoClock;
  readonly screen: Screen;
}

/** The same people, clock and screen at the speed of reading, for a recording of the page; headings become captions there. */
export function atReadingSpeed({ talk, clock, screen }: Slowed, captions: Captions): Slowed {
  const reading = (text: string) => pause(Math.min(READING.most, READING.least + text.length * READING.perCharacter));
  return {
    screen: {
      ...screen,
      heading(text) {
        captions.say(text);
        screen.heading(text);
      },
    },
    talk: {
      ...talk,
      async say(chatId, openId, text) {
        await pause(BEFORE_SPEAKING);
        captions.say('');
        await talk.say(chatId, openId, text);
        await reading(talk.newest(chatId));
      },
      async press(chatId, openId, buttonText) {
        await pause(BEFORE_SPEAKING);
        await talk.press(chatId, openId, buttonText);
        await reading(talk.newest(chatId));
      },
    },
    clock: {
      ...clock,
      async advanceTo(instant: Instant) {
        await pause(CAPTION);
        const step = Math.max(MINUTE_MS, Math.ceil((instant - clock.now()) / MOST_STEPS));
        while (clock.now() < instant) {
          await clock.advanceTo(Math.min(instant, clock.now() + step));
          await pause(STEP_PAUSE);
        }
        await pause(READING.most);
      },
    },
  };
}
