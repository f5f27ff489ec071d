/** Milliseconds of work that this process has done: a core that is busy with others is not in them, as it would be in a clock's. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
