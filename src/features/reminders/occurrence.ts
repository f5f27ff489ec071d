import type { Doc } from '../../cards/views.ts';
import { describeDate } from '../../domain/calendar/describe.ts';
import {
  addDays,
  daysBetween,
  type Instant,
  instantAt,
  type LocalDate,
  wallClock,
} from '../../domain/calendar/local-date.ts';
import type { Calendar } from '../../domain/calendar/working-days.ts';
import type { WorkGroup } from '../../domain/groups/group.ts';
import { HEARTBEAT, type Notice, pushId } from '../../domain/notices/notice.ts';
import { catchUp } from '../../domain/reminders/catch-up.ts';
import type { ReminderContent } from '../../domain/reminders/contents.ts';
import { heldUntil } from '../../domain/reminders/leaving.ts';
import { meantDay } from '../../domain/reminders/recurrence.ts';
import type { RuleMention } from '../../domain/reminders/reminder.ts';
import { isLifted, type SettingValue, settingOf } from '../../domain/settings.ts';
import type { ReminderRule } from '../../ports/reminders.ts';
import { receiptDoc } from '../notices/notice-card.ts';
import { withEveryoneOnFirstPage } from './everyone-card.ts';
import { type PushCard, type Pusher, pushCard } from './push.ts';

/** What becomes of an occurrence, and the card that it makes if there is something to say. */
export interface DecidedOccurrence {
  readonly outcome: 'sent' | 'late' | 'missed' | 'empty';
  /** What it brings, each kind once; when it was missed, what it would have brought. */
  readonly contents: readonly ReminderContent[];
  readonly doc: Doc | undefined;
  /** The card before it asks for 收到, and what is to be confirmed; undefined when it names nobody. */
  readonly bare?: Doc | undefined;
  readonly receipt?: Notice | undefined;
}

export interface Occurrence {
  readonly group: WorkGroup;
  /** The group's rules of one nominal time. */
  readonly rules: readonly ReminderRule[];
  readonly nominalAt: Instant;
  readonly settings: readonly SettingValue[];
}

/** What a rule brings, and whom it calls. */
type Brings = Pick<ReminderRule, 'content' | 'mention' | 'recurrence'>;

/** Decides an occurrence at the instant `now`. The heartbeat and the rehearsal both ask here; what is withheld at `seenAt` stays withheld. */
export async function decideOccurrence(
  core: Pusher,
  { group, rules: due, nominalAt, settings }: Omit<Occurrence, 'rules'> & { readonly rules: readonly Brings[] },
  now: Instant,
  seenAt = now,
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
  const free = heldUntil({ nominal: nominalAt, chatId: group.chatId, quiet, zone });
  const fates = new Map(
    rules.map(({ content }) => [content, catchUp({ nominal: nominalAt, free, now, content, zone, calendar })] as const),
  );
  const alive = [...fates].filter(([, fate]) => fate !== 'missed');
  if (alive.length === 0) return { outcome: 'missed', contents: [...fates.keys()], doc: undefined };
  const contents = alive.map(([content]) => content);
  const late = alive.some(([, fate]) => fate === 'late');
  const card =
    group.state === 'active'
      ? await pushCard(core, {
          group,
          contents,
          mentions: mentionsOf(rules),
          meant: meantBy(rules, day, calendar.ofUnit(group.unit?.id)),
          nominalAt,
          now,
          seenAt,
          late,
          settings,
        })
      : undefined;
  if (!card) return { outcome: 'empty', contents, doc: undefined };
  const outcome = late ? 'late' : 'sent';
  const bare = withEveryoneOnFirstPage(card.doc);
  if (card.asked.length === 0) return { outcome, contents, doc: bare };
  const receipt = receiptOf(core, { group, nominalAt, settings }, card, now);
  const doc = withEveryoneOnFirstPage(
    receiptDoc(card.doc, { notice: receipt, receivers: [], chatId: group.chatId, open: true, zone, today: day }),
  );
  return { outcome, contents, doc, bare, receipt };
}

/** What those who are named in a push confirm, until its days are over; by the time of day of 签收期限, if one is set. */
function receiptOf(
  { zone }: Pusher,
  { group, nominalAt, settings }: Omit<Occurrence, 'rules'>,
  { doc, until }: PushCard,
  now: Instant,
): Notice {
  const { date: day } = wallClock(nominalAt, zone);
  const limit = settingOf(settings, 'confirmPushes', group.chatId);
  const confirmBy = limit && instantAt(day, limit, zone);
  return {
    id: pushId(group.chatId, nominalAt),
    push: { nominalAt, closesAt: instantAt(addDays(until, 1), '00:00', zone) },
    words: `${doc.title}　${describeDate(day, day)}`,
    sender: HEARTBEAT,
    sentAt: now,
    confirmBy: confirmBy !== undefined && confirmBy > now ? confirmBy : undefined,
    targets: [{ chatId: group.chatId, group: group.name, unit: group.unit, known: false }],
    version: 1,
  };
}

const STRENGTH: readonly RuleMention[] = ['nobody', 'responsible', 'everyone'];

/** Where two rules of one content meet, whoever is to be called is called. */
const mentionsOf = (rules: readonly Brings[]): ReadonlyMap<ReminderContent, RuleMention> =>
  new Map(
    rules
      .map(({ content, mention = 'responsible' }) => [content, mention] as const)
      .sort(([, a], [, b]) => STRENGTH.indexOf(a) - STRENGTH.indexOf(b)),
  );

/** The days that rules mean which come on `day`; of two rules of one content the one that means the day itself. */
export const meantBy = (
  rules: readonly Pick<ReminderRule, 'content' | 'recurrence'>[],
  day: LocalDate,
  calendar: Calendar,
): ReadonlyMap<ReminderContent, LocalDate> =>
  new Map(
    rules
      .map(({ content, recurrence }) => [content, meantDay(recurrence, day, calendar)] as const)
      .toSorted(([, a], [, b]) => daysBetween(a, b)),
  );
