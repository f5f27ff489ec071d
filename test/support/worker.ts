import type { VirtualTime } from './virtual-time.ts';
import type { Bot } from './world.ts';

export async function startWorker(_environment: Readonly<Record<string, string>>, _time: VirtualTime): Promise<Bot> {
  throw new Error('not there yet');
}
