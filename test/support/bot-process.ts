import { pino } from 'pino';
import { readConfig } from '../../src/homes/config.ts';
import { cronHeartbeat } from '../../src/homes/heartbeat.ts';
import { start } from '../../src/homes/node.ts';
import { systemTime } from '../../src/homes/system-time.ts';
import type { Time } from '../../src/ports/time.ts';

/**
 * The bot as a process that can be killed: npm start, but for its clock, which is CLOCK_OFFSET_MS ahead of the machine's. A second life
 * begins with the first one's leases run out. Its first line on stdout is its address.
 */
const aheadMs = Number(process.env['CLOCK_OFFSET_MS'] ?? 0);
const time: Time = {
  now: () => systemTime.now() + aheadMs,
  until: (instant) => systemTime.until(instant - aheadMs),
};

const config = readConfig(process.env);
const log = pino({ level: 'warn' }, pino.destination(2));
const running = await start({ config, time, heartbeat: cronHeartbeat(time, log), log });
process.stdout.write(`${running.url}\n`);
