import { writeFile } from 'node:fs/promises';
import { calendarsOver, withCalendar } from '../app/calendars.ts';
import {
  addDays,
  instantAt,
  type LocalDate,
  makeDate,
  parseDate,
  wallClock,
  yearOf,
} from '../domain/calendar/local-date.ts';
import { statutoryCalendar } from '../domain/calendar/statutory.ts';
import type { Unit } from '../domain/people/unit.ts';
import { listsFrom } from '../features/exports/lists.ts';
import { namedUnit } from '../features/imports/planning/find-unit.ts';
import type { ListReader, ListRequest } from '../language/workbooks.ts';
import type { Store } from '../ports/store.ts';
import { systemTime } from './system-time.ts';

interface Narrowed {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly unit?: string | undefined;
}

/** Writes a list of the whole district, or of one unit, as a workbook; a second one (a list is kept by program) is FILE-2. */
export async function exportList(
  store: Store,
  zone: string,
  [kind = '', file = '']: readonly string[],
  narrowed: Narrowed,
): Promise<number> {
  const now = systemTime.now();
  const today = wallClock(now, zone).date;
  const { units } = await store.directory();
  const about = narrowed.unit === undefined ? units.find(({ parentId }) => !parentId) : namedUnit(narrowed.unit, units);
  if (about === undefined || typeof about === 'string')
    return failed(about ?? '还没有单位通讯录，请先导入单位通讯录。');
  const request = requestOf(kind, about, days(narrowed, today), zone);
  if (!request)
    return failed(
      'export needs a KIND: findings, schedule, tasks, progress, assessment, directory, milestones, rules or audit',
    );
  const reader: ListReader = { scope: { unitIds: [about.id] }, viewer: { kind: 'operator' }, about, today };
  const { calendar } = await withCalendar({ store, calendars: calendarsOver(statutoryCalendar()) });
  const lists = await listsFrom({ store, zone, now, calendar })(request, reader);
  if ('tooMany' in lists) return failed(`超过${lists.tooMany}行，请用 --from、--to 或 --unit 缩小范围。`);
  if (lists.length === 0) return failed('没有可导出的内容。');
  for (const [at, list] of lists.entries()) {
    const path = at === 0 ? file : file.replace(/(\.\w+)?$/, `-${at + 1}$1`);
    await writeFile(path, list.file.bytes);
    process.stdout.write(`${path}：${list.rows} 行\n`);
  }
  return 0;
}

function failed(why: string): number {
  process.stderr.write(`${why}\n`);
  return 1;
}

function days({ from, to }: Narrowed, today: LocalDate) {
  const year = yearOf(today);
  return {
    from: parseDate(from ?? '') ?? makeDate(year, 1, 1) ?? today,
    to: parseDate(to ?? '') ?? makeDate(year, 12, 31) ?? today,
  };
}

function requestOf(
  kind: string,
  unit: Unit,
  span: { from: LocalDate; to: LocalDate },
  zone: string,
): ListRequest | undefined {
  switch (kind) {
    case 'findings':
      return { kind, about: '' };
    case 'schedule':
      return { kind, span };
    case 'assessment':
      return { kind, unit };
    case 'audit': {
      const query = {
        from: instantAt(span.from, '00:00', zone),
        before: instantAt(addDays(span.to, 1), '00:00', zone),
      };
      return { kind, query };
    }
    case 'tasks':
    case 'progress':
    case 'directory':
    case 'milestones':
    case 'rules':
      return { kind };
    default:
      return undefined;
  }
}
