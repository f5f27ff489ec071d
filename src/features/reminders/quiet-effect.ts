import { type Instant, wallClock } from '../../domain/calendar/local-date.ts';
import type { Calendar } from '../../domain/calendar/working-days.ts';
import type { WorkGroup } from '../../domain/groups/group.ts';
import { describeRule } from '../../domain/reminders/describe-rule.ts';
import { leavesAt } from '../../domain/reminders/leaving.ts';
import { type SettingValue, settingOf } from '../../domain/settings.ts';
import type { ReminderRule } from '../../ports/rows.ts';
import type { Reads } from '../../ports/store.ts';
import { groupLabel } from './named-groups.ts';
import { before } from './rule-times.ts';

interface Asking {
  readonly read: Pick<Reads, 'dueRules'>;
  readonly chat: { readonly chatId: string };
  readonly zone: string;
  readonly calendar: Calendar;
}

/** All groups of a city, and every rule of theirs that is on. */
const MAX_GROUPS = 1_000;
const EVER = Number.MAX_SAFE_INTEGER;
const SHOWN = 20;

/** What becomes of reminder rules when a setting changes: which do not come any more, with the mend, and which come at another time. */
export async function ruleEffects(
  { read, chat, zone, calendar }: Asking,
  old: readonly SettingValue[],
  now: readonly SettingValue[],
): Promise<readonly string[]> {
  const found = await read.dueRules(EVER, MAX_GROUPS);
  const groups = found.map(({ group }) => group);
  const silenced: string[] = [];
  const moved: string[] = [];
  for (const { group, rules } of found) {
    const own = group.unit && calendar.ofUnit ? calendar.ofUnit(group.unit.id) : calendar;
    for (const rule of rules) {
      const at = (written: readonly SettingValue[]) => leaving(rule, group, written, { zone, calendar: own });
      const [then, next] = [at(old), at(now)];
      if (then === undefined || then === next) continue;
      const words = `${nameOf(group)}第 ${rule.number} 条“${describeRule(rule)}”`;
      const quiet = settingOf(now, 'quietHours', group.chatId);
      const place = group.chatId === chat.chatId ? '' : ` 在“${groupLabel(group, groups)}”`;
      if (next === undefined)
        silenced.push(`${words}，改时间请发送：提醒 修改 ${rule.number} ${quiet ? before(quiet) : rule.time}${place}`);
      else moved.push(`${words}，改在 ${wallClock(next, zone).time} 发`);
    }
  }
  return [
    ...(silenced.length > 0 ? [`注意：${silenced.length} 条提醒落在免打扰时段，不会再发：`, ...shown(silenced)] : []),
    ...(moved.length > 0 ? [`${moved.length} 条提醒换了时间：`, ...shown(moved)] : []),
  ];
}

const leaving = (
  { nominalAt: nominal, content }: ReminderRule,
  { chatId }: WorkGroup,
  written: readonly SettingValue[],
  by: { readonly zone: string; readonly calendar: Calendar },
): Instant | undefined =>
  leavesAt({ ...by, nominal, content, chatId, quiet: settingOf(written, 'quietHours', chatId) });

const nameOf = ({ name, unit }: WorkGroup): string => name || `${unit?.name ?? ''}的群`;

const shown = (lines: readonly string[]): readonly string[] =>
  lines.length > SHOWN ? [...lines.slice(0, SHOWN), `另有 ${lines.length - SHOWN} 条，发送“提醒”查看。`] : lines;
