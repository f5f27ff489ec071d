import type { Doc } from '../cards/views.ts';
import { type Instant, wallClock } from '../domain/calendar/local-date.ts';
import { catchUp } from '../domain/schedule/catch-up.ts';
import { quietEnd } from '../domain/schedule/quiet-hours.ts';
import type { ReminderContent, RuleMention } from '../domain/schedule/reminder.ts';
import { isLifted, type SettingValue, settingOf } from '../domain/settings.ts';
import type { WorkGroup } from '../domain/work/group.ts';
import type { ReminderRule } from '../ports/rows.ts';
import { type Pusher, pushDoc } from './push.ts';

/** What becomes of an occurrence, and the card that it makes if there is something to say. */
export interface DecidedOccurrence {
  readonly outcome: 'sent' | 'late' | 'missed' | 'empty';
  /** What it brings, each kind once; when it was missed, what it would have brought. */
  readonly contents: readonly ReminderContent[];
  readonly doc: Doc | undefined;
}

export interface Occurrence {
  readonly group: WorkGroup;
  /** The group's rules of one nominal time. */
  readonly rules: readonly ReminderRule[];
  readonly nominalAt: Instant;
  readonly settings: readonly SettingValue[];
}

/** Decides an occurrence at the instant `now`. The heartbeat and the rehearsal both ask here. */
export async function decideOccurrence(
  core: Pusher,
  { group, rules: due, nominalAt, settings }: Occurrence,
  now: Instant,
): Promise<DecidedOccurrence> {
  const { zone, calendar } = core;
  const day = wallClock(nominalAt, zone).date;
  const rests =
    settingOf(settings, 'vacationPushes', group.chatId) === 'rest' &&
    calendar.ofUnit(group.unit?.id).isVacation?.(day) === true &&
    !isLifted(settings, group.chatId, now);
  // The countdown to a visit from above goes on in a vacation.
  const rules = rests ? due.filter(({ content }) => content === 'countdown') : due;
  if (rules.length === 0)
    return { outcome: 'empty', contents: [...new Set(due.map(({ content }) => content))], doc: undefined };
  const quiet = settingOf(settings, 'quietHours', group.chatId);
  const free = (quiet && quietEnd(quiet, nominalAt, zone)) ?? nominalAt;
  const fates = new Map(
    rules.map(({ content }) => [content, catchUp({ nominal: nominalAt, free, now, content, zone, calendar })] as const),
  );
  const alive = [...fates].filter(([, fate]) => fate !== 'missed');
  if (alive.length === 0) return { outcome: 'missed', contents: [...fates.keys()], doc: undefined };
  const contents = alive.map(([content]) => content);
  const late = alive.some(([, fate]) => fate === 'late');
  const doc =
    group.state === 'active'
      ? await pushDoc(core, { group, contents, mentions: mentionsOf(rules), day, now, late, settings })
      : undefined;
  return { outcome: doc === undefined ? 'empty' : late ? 'late' : 'sent', contents, doc };
}

const STRENGTH: readonly RuleMention[] = ['nobody', 'responsible', 'everyone'];

/** Where two rules of one content meet, whoever is to be called is called. */
const mentionsOf = (rules: readonly ReminderRule[]): ReadonlyMap<ReminderContent, RuleMention> =>
  new Map(
    rules
      .map(({ content, mention = 'responsible' }) => [content, mention] as const)
      .sort(([, a], [, b]) => STRENGTH.indexOf(a) - STRENGTH.indexOf(b)),
  );
