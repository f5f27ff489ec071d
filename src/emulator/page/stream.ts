import type { Store } from './store.ts';

/** Listens to the emulator. After a break the browser connects again by itself and gets the whole state anew. */
export function listen(store: Store): void {
  const source = new EventSource('/control/stream');
  const on = <T>(name: string, take: (data: T) => void) =>
    source.addEventListener(name, (event: MessageEvent<string>) => take(JSON.parse(event.data)));
  on('state', store.begin.bind(store));
  on('message', store.message.bind(store));
  on('surroundings', store.around.bind(store));
  on('wire', store.entry.bind(store));
  on('caption', store.caption.bind(store));
  on('clock', store.clock.bind(store));
  source.addEventListener('error', () => store.setOnline(false));
}
