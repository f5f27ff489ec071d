import { Failed, tell } from './api.ts';
import { part } from './dom.ts';
import type { Store } from './store.ts';
import { dayText, fullDayText, secondsOf } from './time.ts';
import { toast } from './toast.ts';

const MINUTE_MS = 60_000;
/** Clock minutes for each second of fast play. */
const FAST = 10;

/** Above: what time it is in the demonstration, and the buttons that turn it forward. All tabs share the one clock. */
export function clockBar(store: Store): void {
  const day = part('day', HTMLElement);
  const shortDay = part('short-day', HTMLElement);
  const time = part('time', HTMLElement);
  const buttons = part('turn', HTMLElement);
  const fast = part('fast', HTMLButtonElement);
  const state = part('clock-state', HTMLElement);

  const show = () => {
    const clock = store.whole?.clock;
    if (!clock) return;
    day.textContent = fullDayText(clock.now);
    shortDay.textContent = dayText(clock.now);
    time.textContent = secondsOf(clock.now);
    buttons.hidden = !clock.movable;
    const playing = clock.pace !== undefined;
    fast.textContent = playing ? '停止快放' : '快放';
    fast.setAttribute('aria-pressed', String(playing));
    state.textContent = playing
      ? `每秒 ${clock.pace} 分钟`
      : clock.turning
        ? '正在拨动…'
        : clock.movable
          ? ''
          : '真实时间';
    for (const button of buttons.querySelectorAll('button')) button.disabled = clock.turning && button !== fast;
  };
  const turn = async (order: object) => {
    try {
      await tell('/clock', order);
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      toast('error', error.message);
    }
  };
  part('ten-minutes', HTMLButtonElement).addEventListener('click', () => void turn({ by: 10 * MINUTE_MS }));
  part('one-day', HTMLButtonElement).addEventListener('click', () => void turn({ by: 24 * 60 * MINUTE_MS }));
  part('morning', HTMLButtonElement).addEventListener('click', () => void turn({ to: 'morning' }));
  fast.addEventListener('click', () => void turn({ play: store.whole?.clock.pace === undefined ? FAST : 0 }));
  store.on(['whole', 'clock'], show);
}
