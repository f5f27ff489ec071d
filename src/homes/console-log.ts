import type { Log } from '../ports/log.ts';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/** JSON lines on the console, for the home that has no pino. */
export function consoleLog(level: string): Log {
  const lowest =
    level === 'silent' || level === 'fatal'
      ? LEVELS.length
      : Math.max(0, LEVELS.indexOf(level as (typeof LEVELS)[number]));
  const write = (of: (typeof LEVELS)[number]) => (fields: Record<string, unknown>, line: string) => {
    if (LEVELS.indexOf(of) >= lowest) console[of](JSON.stringify({ level: of, msg: line, ...fields }));
  };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
