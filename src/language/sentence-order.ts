import type { RegisteredCommand } from './command.ts';

const sorted = new WeakMap<readonly RegisteredCommand[], readonly RegisteredCommand[]>();

/**
 * The commands in the order in which their sentences are tried: that of the registry, but each before those that it says it comes before
 * (`saysBefore`). Throws RangeError for a name that no command has and for a circle.
 */
export function sentenceOrder(commands: readonly RegisteredCommand[]): readonly RegisteredCommand[] {
  const known = sorted.get(commands);
  if (known) return known;
  const byName = new Map(commands.map((command) => [command.name, command]));
  const ordered = new Set<RegisteredCommand>();
  const under: RegisteredCommand[] = [];
  const place = (command: RegisteredCommand): void => {
    if (ordered.has(command)) return;
    if (under.includes(command)) throw new RangeError(`${command.name} would come before itself`);
    under.push(command);
    for (const other of commands) if (other.saysBefore?.includes(command.name)) place(other);
    under.pop();
    ordered.add(command);
  };
  for (const command of commands) {
    for (const name of command.saysBefore ?? [])
      if (!byName.has(name)) throw new RangeError(`${command.name} comes before ${name}, which is no command`);
    place(command);
  }
  const order = [...ordered];
  sorted.set(commands, order);
  return order;
}
