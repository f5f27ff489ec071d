/** Counters of one process, in Prometheus' text form. Names and labels come from our own code, never from a request. */
export interface Counters {
  count(name: string, labels?: Readonly<Record<string, string>>): void;
  text(): string;
}

/** Event types that nobody subscribed to are Lark's words; more than this many different series would be an attack on memory. */
const MAX_SERIES = 500;

export function counters(): Counters {
  const series = new Map<string, number>();
  return {
    count(name, labels = {}) {
      const written = Object.entries(labels).map(
        ([key, value]) => `${key}="${value.replace(/[^\w.:/ -]/g, '_').slice(0, 80)}"`,
      );
      const key = written.length > 0 ? `${name}{${written.join(',')}}` : name;
      if (series.has(key) || series.size < MAX_SERIES) series.set(key, (series.get(key) ?? 0) + 1);
    },
    text: () =>
      [...Map.groupBy(series, ([key]) => key.replace(/\{.*/, ''))]
        .map(([name, own]) => `# TYPE ${name} counter\n${own.map(([key, value]) => `${key} ${value}\n`).join('')}`)
        .sort()
        .join(''),
  };
}
