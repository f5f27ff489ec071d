import { plainDoc } from '../../cards/plain.ts';
import { type Block, type Button, type Doc, LONGEST_QUERY } from '../../cards/views.ts';
import { describeComing } from '../../domain/calendar/describe.ts';
import { type Instant, wallClock } from '../../domain/calendar/local-date.ts';
import type { WorkGroup } from '../../domain/groups/group.ts';
import { remindAt } from '../../domain/notices/notice.ts';
import { mayAnywhere } from '../../domain/people/rights.ts';
import { listed } from '../../language/answer/telling.ts';
import type { Context, Outcome, Situation } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';
import { nameOf } from '../../language/who/account-name.ts';
import { requireRight } from '../../language/who/rights.ts';
import { asWritten } from '../../language/words/as-written.ts';
import { refuseCommand } from './commanding.ts';
import { leavesFor, refuseOverBefore } from './leaving.ts';
import { confirmByText, noticeDoc } from './notice-card.ts';
import { saidDays, untrackedNote, wrongDateDoc } from './notice-dates.ts';
import { type NoticeGroups, noticeGroups, ofThisGroup, refuseSecondAddressee } from './notice-groups.ts';
import { confirmBy, type SendArgs } from './notice-phrase.ts';
import { shiftedDays } from './shifted-days.ts';

/** A notice as it is to be sent. */
interface Sending extends NoticeGroups {
  readonly words: string;
  readonly confirmBy: Instant | undefined;
  /** It leaves in quiet hours too. */
  readonly urgent?: boolean;
}

/** What a line of 通知 sends; `urgent`: at once, in quiet hours too. */
export async function sendNotice({ args, ...context }: Context<SendArgs>, urgent = false): Promise<Outcome> {
  const { actor } = context;
  if (!mayAnywhere(actor, 'notice.send')) await requireRight(context, 'notice.send');
  const said = await meant({ args, ...context }, urgent);
  if (said.words === '') throw new UserError('请写通知内容，例如：通知 明天9点在一楼开会 截止 今天 17:00');
  refuseCommand(said.words);
  if ((args.to ?? []).length > 0 && !args.confirmed) await refuseSecondAddressee(said.words, context);
  const unitIds = said.groups.flatMap(({ unit }) => unit?.id ?? []);
  if (unitIds.length < said.groups.length) await requireRight(context, 'notice.send');
  if (unitIds.length > 0) await requireRight(context, 'notice.send', { unitIds });
  const leaves = await leavesFor(context, said.groups, urgent);
  if (said.confirmBy !== undefined) refuseOverBefore(context, said.confirmBy, leaves);
  if (!args.confirmed) {
    const asked = questionOf(said, args, { leaves, urgent }, context);
    if (asked) return { reply: asked };
  }
  return sent(said, leaves, context);
}

/** Words and groups of a line. In a group what stands before a colon is whom it goes to, if those are groups or units, and else belongs to the words. */
async function meant({ args, ...context }: Context<SendArgs>, urgent: boolean): Promise<Sending> {
  const { chat, now, zone } = context;
  const { to = [], until, words = '', here } = args;
  const whole = asWritten(`${to.map(({ written }) => written).join('')}${words}`);
  const by = until && confirmBy(until, { now, zone });
  const names = to.map(({ name }) => name);
  if (chat.type === 'p2p') {
    if (names.length === 0)
      throw new UserError('请先写发给哪个群或单位，例如：通知 望海区：明天9点开会；发给全部：通知 全部群：内容');
    return { ...(await noticeGroups(names, context)), words: asWritten(words), confirmBy: by, urgent };
  }
  const own = { groups: chat.group ? [chat.group] : [], expanded: false, covered: [], unreached: [] };
  const elsewhere = here ? undefined : await ofThisGroup(names, context);
  return elsewhere
    ? { ...elsewhere, words: asWritten(words), confirmBy: by, urgent }
    : { ...own, words: whole, confirmBy: by, urgent };
}

interface Leaving {
  readonly leaves: ReadonlyMap<string, Instant>;
  readonly urgent: boolean;
}

/** What is shown before it is sent: a date that is wrong, whom a word for many means, and days that its readers would take for others. */
function questionOf(said: Sending, args: SendArgs, { leaves, urgent }: Leaving, context: Situation): Doc | undefined {
  const { zone, chat } = context;
  const written = saidDays(context).today;
  const last = Math.max(context.now, ...leaves.values());
  const { days, mended } = shiftedDays(said.words, written, wallClock(last, zone).date);
  const to = (args.to ?? []).map((one) => one.written).join('');
  const own = args.words ?? '';
  const button = (label: string, how: string, text = own): readonly Button[] => {
    const query = `${urgent ? '紧急 ' : ''}通知 ${how} ${to}${text}${args.until?.written ?? ''}`;
    return query.length > LONGEST_QUERY ? [] : [{ label, press: { v: 1, op: 'run', query, page: 1, saidOn: written } }];
  };
  const sure = args.here ? '确认 只发本群' : '确认';
  const wrong = wrongDateDoc(said.words, button('照发', sure), context);
  if (wrong) return wrong;
  if (!said.expanded && days.length === 0) return undefined;
  const mendedOwn = shiftedDays(own, written, wallClock(last, zone).date).mended;
  const [first, ...others] = [
    ...(days.length > 0
      ? [...button(`改为 ${days[0]?.meant}`, sure, mendedOwn), ...button('照发', sure)]
      : button('发送', sure)),
    ...(chat.type === 'group' && said.expanded ? button('只发本群', '只发本群') : []),
  ];
  const names = listed(said.groups.map(({ name, unit }) => name || unit?.name || ''));
  const comes = describeComing(wallClock(last, zone), context.today);
  return plainDoc('请确认后发送', `还没有发送。将发到 ${said.groups.length} 个群：${names}。`, {
    tone: 'soon',
    lines: [
      ...said.covered.map(({ unit, group }) => `${unit}没有自己的工作群，由“${group}”收到。`),
      ...(said.unreached.length > 0 ? [`没有工作群、发不到：${listed(said.unreached.map(({ name }) => name))}。`] : []),
      ...days.map(
        ({ said: word, meant: day, readAs }) =>
          `现在是免打扰时段，${comes} 发出，文中“${word}”到时会读作 ${readAs}。改为 ${day}？`,
      ),
      said.words,
      ...(said.confirmBy === undefined ? [] : [`${confirmByText(said.confirmBy, context)}。`]),
    ],
    buttons: first ? [{ ...first, style: 'primary' }, ...others] : [],
    note: `也可以在“通知”后面加上“确认”再发一次${days.length > 0 ? `，并把日期写明，例如：${mended.slice(0, 30)}` : ''}。`,
  });
}

/** The notice itself, with all that follows; `old` is what it corrects. */
export async function sent(
  said: Sending,
  leaves: ReadonlyMap<string, Instant>,
  context: Situation,
): Promise<Outcome & { readonly number: number }> {
  const { chat, actor, read, ids, numbers, now, zone } = context;
  const { groups, words, covered, unreached, urgent } = said;
  const notice = {
    id: ids.next('notice'),
    number: await numbers.take('notice'),
    words,
    sender: actor.openId,
    sentAt: now,
    confirmBy: said.confirmBy,
  };
  const targets = groups.map(({ chatId, name, unit }) => ({ chatId, group: name, unit, known: false }));
  const view = {
    ...context,
    notice: { ...notice, targets, version: 1 },
    receivers: [],
    senderName: await nameOf(read, actor.openId),
    open: true,
  };
  // Nobody has confirmed anything yet: it looks the same in every group, and is drawn once.
  const [sample] = targets;
  const doc = noticeDoc({ ...view, notice: { ...view.notice, targets: targets.slice(0, 1) }, chatId: sample?.chatId });
  const isHere = groups.some(({ chatId }) => chatId === chat.chatId);
  const others = groups.filter(({ chatId }) => chatId !== chat.chatId);
  const owed = {
    standing: `通知 ${notice.number} 已登记`,
    verb: `通知 ${notice.number} 已发到`,
    ...(isHere && { present: ['本群'] }),
    covered,
    unreached,
  };
  return {
    number: notice.number,
    reply: isHere ? withNote(doc, untrackedNote(words, context)) : sentDoc(notice, context),
    ...((!isHere || others.length > 0) && { owed }),
    changes: [
      {
        kind: 'notice.sent',
        notice,
        remindAt:
          said.confirmBy === undefined
            ? undefined
            : remindAt(Math.min(...leaves.values()), said.confirmBy, zone, context.calendar),
        chatIds: groups.map(({ chatId }) => chatId),
      },
    ],
    audit: [
      {
        action: 'notice.sent',
        subject: notice.id,
        after: `通知 ${notice.number}${urgent ? '（紧急）' : ''}：${words}`,
      },
    ],
    notices: others.map(({ chatId }) => ({
      to: { chatId },
      doc,
      remake: { kind: 'notice', number: notice.number },
      ...(urgent && { urgent }),
    })),
  };
}

const sentDoc = (
  {
    number,
    words,
    confirmBy: by,
  }: { readonly number: number; readonly words: string; readonly confirmBy?: Instant | undefined },
  context: Situation,
): Doc => ({
  title: `通知 ${number}`,
  tone: 'done',
  summary: `通知 ${number}：${words}`,
  blocks: [
    ...(by === undefined ? [] : [{ kind: 'text', text: [confirmByText(by, context)] } as const]),
    ...untrackedNote(words, context),
    { kind: 'note', text: `看确认情况请发送：谁没收到 ${number}；发错了请发送：撤回通知 ${number}` },
  ],
});

const withNote = (doc: Doc, note: readonly Block[]): Doc => ({ ...doc, blocks: [...doc.blocks, ...note] });

/** The groups of a notice that the bot still sits in, for what is said of it afterwards. */
export async function groupsOf(
  { read }: Pick<Situation, 'read'>,
  chatIds: readonly string[],
): Promise<readonly WorkGroup[]> {
  const active = (await read.activeGroups()).map(({ group }) => group);
  return active.filter(({ chatId }) => chatIds.includes(chatId));
}
