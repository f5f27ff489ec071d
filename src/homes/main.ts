import { pino } from 'pino';
import { ConfigError, readConfig } from './config.ts';
import { cronHeartbeat } from './heartbeat.ts';
import { start } from './node.ts';
import { systemTime } from './system-time.ts';

/** npm start. */
try {
  const config = readConfig(process.env);
  const log = pino({ level: config.LOG_LEVEL });
  const running = await start({ config, time: systemTime, heartbeat: cronHeartbeat(systemTime), log });
  log.info({ url: running.url }, 'listening; events go to /lark/events');
  if (running.claimCode)
    console.log(
      `\nThere is no administrator yet. Send this to the bot in a direct chat:\n\n    认领 ${running.claimCode}\n`,
    );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      running.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}
