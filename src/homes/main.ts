import { pino } from 'pino';
import type { Instant } from '../domain/calendar/local-date.ts';
import { ConfigError, readConfig } from './config.ts';
import { cronHeartbeat } from './heartbeat.ts';
import { start } from './node.ts';
import { StartError } from './start-error.ts';
import { systemTime } from './system-time.ts';

/**
 * A second signal ends the program at once, unless it is the first one's echo: systemd and a terminal signal npm and this process alike, and npm
 * passes its own on to us.
 */
const ECHO_MS = 2_000;

/** npm start. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = pino({ level: config.LOG_LEVEL });
  const running = await start({ config, time: systemTime, heartbeat: cronHeartbeat(systemTime, log), log });
  let since: Instant | undefined;
  const end = () => {
    const asked = since;
    since ??= systemTime.now();
    if (asked === undefined) running.close().then(() => process.exit(0), fail);
    else if (systemTime.now() - asked > ECHO_MS) process.exit(1);
  };
  process.on('SIGINT', end).on('SIGTERM', end);
  log.info({ url: running.url }, 'listening; events go to /lark/events');
  if (running.claimCode)
    console.log(
      `\nThere is no administrator yet. Send this to the bot in a direct chat (the code of an earlier start is void):\n\n    认领 ${running.claimCode}\n`,
    );
}

function fail(error: unknown): never {
  console.error(error instanceof ConfigError || error instanceof StartError ? error.message : error);
  process.exit(1);
}

main().catch(fail);
