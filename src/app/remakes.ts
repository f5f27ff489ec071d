import type { Doc } from '../cards/views.ts';
import { remakeFinding } from '../features/findings/remake-finding.ts';
import { remakeHeld } from '../features/groups/remake-held.ts';
import { remakeNotice, remakeReceipt } from '../features/notices/remake-notice.ts';
import { remakeMilestone } from '../features/programs/remake-milestone.ts';
import { lookAhead } from '../features/reminders/rehearse.ts';
import { remakePush } from '../features/reminders/remake-push.ts';
import { remakeMissing, remakeProgress, remakeTasks, tasksNumbered } from '../features/tasks/remake-tasks.ts';
import { visitAgain } from '../features/visits/remake-visit.ts';
import { forReaders } from '../language/answer/for-readers.ts';
import type { MadeAgain, Waiting } from '../language/answer/made-again.ts';
import { mergeReplies } from '../language/answer/merge-replies.ts';
import type { AlertRemake, AnswerRemake, NewsRemake, Remake } from '../ports/remake.ts';
import { withCalendar } from './calendars.ts';
import type { Core } from './core.ts';
import { decideLine } from './decide-line.ts';

/** What is told again, and by whom: a kind without its maker does not compile. */
type Makers<Kinds extends Remake, By extends keyof Kinds> = {
  readonly [Name in Kinds[By] & string]: (
    core: Core,
    remake: Extract<Kinds, Readonly<Record<By, Name>>>,
    waiting: Waiting,
  ) => Promise<MadeAgain>;
};

const ALERTS: Makers<AlertRemake, 'of'> = {
  tasks: async (core, remake, waiting) => remakeTasks(await withCalendar(core), remake, waiting),
  finding: async (core, remake, waiting) => remakeFinding(await withCalendar(core), remake, waiting),
  progress: async (core, remake, waiting) => remakeProgress(await withCalendar(core), remake, waiting),
  missing: async (core, remake, waiting) => remakeMissing(await withCalendar(core), remake, waiting),
  milestone: remakeMilestone,
  receipt: async (core, remake, waiting) => remakeReceipt(await looking(core, waiting), remake, waiting),
  held: (core, _, waiting) => remakeHeld(core, waiting),
  bot: async () => 'same',
};

const MAKERS: Makers<Remake, 'kind'> = {
  answer: answerAgain,
  push: async (core, remake, waiting) => remakePush(await withCalendar(core), remake, waiting),
  // One cast for the whole dispatch: the record above is complete, and each of its makers gets its own kind.
  alert: (core, remake, waiting) =>
    (ALERTS[remake.of] as Makers<AlertRemake, 'of'>['bot'])(core, remake as never, waiting),
  news: newsAgain,
  notice: async (core, remake, waiting) => remakeNotice(await looking(core, waiting), remake, waiting),
};

/** A message of a program that knew a kind that this one does not know stays as it was made. */
export async function makeAgain(core: Core, remake: Remake, waiting: Waiting): Promise<MadeAgain> {
  if (!Object.hasOwn(MAKERS, remake.kind)) return 'same';
  const make = MAKERS[remake.kind] as (core: Core, remake: never, waiting: Waiting) => Promise<MadeAgain>;
  const made = await make(core, remake as never, waiting);
  if (typeof made !== 'object' || !('doc' in made)) return made;
  const to = waiting.isGroup ? { chatId: waiting.chatId } : { openId: waiting.place };
  return { ...made, doc: await forReaders(made.doc, to, { read: core.store, administrators: core.adminOpenIds }) };
}

/** Of what these say the rows of their basis are only a part: what is new, what is confirmed and what day it is, is in none of them. */
export const isMadeAlways = (remake: Remake | undefined): boolean =>
  remake?.kind === 'push' || remake?.kind === 'alert' || (remake?.kind === 'answer' && remake.query !== undefined);

const GONE = '已不在，或不再允许查看';

const looking = async (core: Core, { now }: Waiting) => ({
  ...core,
  preview: lookAhead(await withCalendar(core), now),
});

/** A question is answered as of now. */
async function answerAgain(
  core: Core,
  { query, openId, about = [] }: AnswerRemake,
  waiting: Waiting,
): Promise<MadeAgain> {
  if (query === undefined) {
    const told = await Promise.all(about.map((subject) => standing(core, subject, waiting)));
    return told.includes('gone') ? { nothing: GONE } : 'same';
  }
  const chatType = waiting.isGroup ? 'group' : 'p2p';
  const { reply, changes } = await decideLine(core, { chatId: waiting.chatId, openId, chatType }, query);
  return changes.length > 0 ? 'same' : { doc: reply };
}

/**
 * News of what has moved since is told as things stand, under its title. What its reader may not know any more is left out. What cannot be
 * shown as it stands (a bulletin, a day that has passed to another unit) is a fact that stays told as it was.
 */
async function newsAgain(core: Core, { title, about, query }: NewsRemake, waiting: Waiting): Promise<MadeAgain> {
  const told = await Promise.all(
    about.map(async (subject) => ({ subject, is: await standing(core, subject, waiting) })),
  );
  const left = told.filter(({ is }) => is !== 'gone');
  if (told.length > 0 && left.length === 0) return { nothing: GONE };
  const [only, ...more] = left;
  const isVisit = ({ subject }: { readonly subject: string }) => subject.startsWith('visit:');
  if (left.length === told.length && more.length > 0 && !left.every(isVisit)) return 'same';
  if (left.length === told.length && query === undefined && !(only && isVisit(only))) return 'same';
  const docs = left.flatMap(({ is }) => (typeof is === 'object' ? [is] : []));
  if (docs.length < left.length) return left.length === told.length ? 'same' : { nothing: GONE };
  if (docs.length === 0) return 'same';
  const doc = mergeReplies(docs);
  // A visit that was cancelled meanwhile is not 变更 any more.
  return { doc: only && isVisit(only) && doc.tone !== 'normal' ? doc : { ...doc, title } };
}

/**
 * gone: this reader may not know of it, or it is no more. unseen: it stands, and has no card here: it has passed to another unit, which the news
 * tells. For a reader who has got another place or other roles since, it is gone.
 */
async function standing(core: Core, subject: string, waiting: Waiting): Promise<Doc | 'gone' | 'unseen'> {
  const [, kind, digits] = /^(finding|task|visit):(\d+)$/.exec(subject) ?? [];
  const number = Number(digits);
  const { place, isGroup, readerMoved } = waiting;
  const unseen = readerMoved ? 'gone' : 'unseen';
  if (kind === 'visit') return (await visitAgain(core, number, waiting)) ?? 'gone';
  if (kind === undefined) return 'unseen';
  if (kind === 'finding') {
    const finding = await core.store.finding(number);
    if (!finding || (finding.restricted && (isGroup || !finding.viewers.includes(place)))) return 'gone';
    return (await cardOf(core, `整改 W${number}`, waiting)) ?? unseen;
  }
  const [task] = await tasksNumbered(core.store, [number]);
  if (!task || (task.restricted && isGroup)) return 'gone';
  return (await cardOf(core, `任务 T${number}`, waiting)) ?? (task.restricted ? 'gone' : unseen);
}

/** As the card of it is brought up to date once it is sent: by its line, for its reader. */
async function cardOf(core: Core, line: string, { chatId, place, isGroup }: Waiting): Promise<Doc | undefined> {
  const from = isGroup ? { chatId } : { chatId, openId: place, chatType: 'p2p' as const };
  const { reply, changes } = await decideLine(core, from, line);
  return changes.length === 0 && reply.live?.length ? reply : undefined;
}
