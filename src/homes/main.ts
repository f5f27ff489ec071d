import { pino } from 'pino';
import { ConfigError, readConfig } from './config.ts';
import { cronHeartbeat } from './heartbeat.ts';
import { start } from './node.ts';
import { StartError } from './start-error.ts';
import { systemTime } from './system-time.ts';

/** npm start. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = pino({ level: config.LOG_LEVEL });
  const running = await start({ config, time: systemTime, heartbeat: cronHeartbeat(systemTime, log), log });
  // A second signal ends the program at once.
  const end = () =>
    running.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  process.once('SIGINT', end).once('SIGTERM', end);
  log.info({ url: running.url }, 'listening; events go to /lark/events');
  if (running.claimCode)
    console.log(
      `\nThere is no administrator yet. Send this to the bot in a direct chat:\n\n    认领 ${running.claimCode}\n`,
    );
}

function fail(error: unknown): never {
  console.error(error instanceof ConfigError || error instanceof StartError ? error.message : error);
  process.exit(1);
}

main().catch(fail);
