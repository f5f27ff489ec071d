import { heading, note, run, when } from '../../cards/kit.ts';
import { plainDoc } from '../../cards/plain.ts';
import { renderCard } from '../../cards/render.ts';
import type { Block, Doc, Entry, Inline } from '../../cards/views.ts';
import { describeComing, describeDate } from '../../domain/calendar/describe.ts';
import { addDays, type Instant, type LocalDate, wallClock } from '../../domain/calendar/local-date.ts';
import type { Calendar } from '../../domain/calendar/working-days.ts';
import type { Notice, NoticeReceiver, NoticeTarget } from '../../domain/notices/notice.ts';
import { momentText } from '../groups/groups-card.ts';

interface Told {
  readonly zone: string;
  readonly today: LocalDate;
  /** Says when a day is a rest day; absent where none is at hand. */
  readonly calendar?: Calendar;
}

export const noticeSubject = ({ id }: Pick<Notice, 'id'>): string => `notice:${id}`;

/** What it is called in a sentence: 通知 3, “今日督导　4月20日（周一）”. */
export const noticeName = ({ number, words }: Pick<Notice, 'number' | 'words'>): string =>
  number === undefined ? `“${words}”` : `通知 ${number}`;

/** What stands for it in a line: 收到 3, 收到 2026-04-20 08:30. */
export function noticeCode({ number, push }: Pick<Notice, 'number' | 'push'>, { zone }: Pick<Told, 'zone'>): string {
  if (number !== undefined || !push) return String(number);
  const { date, time } = wallClock(push.nominalAt, zone);
  return `${date} ${time}`;
}

/** The same as people say and type it: 3, 4月20日 08:30. Without a year it is the last such day. */
export function spokenCode({ number, push }: Pick<Notice, 'number' | 'push'>, { zone }: Pick<Told, 'zone'>): string {
  if (number !== undefined || !push) return String(number);
  const { date, time } = wallClock(push.nominalAt, zone);
  const [, month, day] = date.split('-');
  return `${Number(month)}月${Number(day)}日 ${time}`;
}

/** Names that a phone shows at a glance. */
const NAMES = 12;

export interface NoticeView extends Told {
  readonly notice: Notice;
  /** All of the notice's. */
  readonly receivers: readonly NoticeReceiver[];
  readonly senderName: string;
  /** The chat that reads it: a group sees its own members; undefined is the sender's overview. */
  readonly chatId?: string | undefined;
  /** In the direct chat of a receiver: whether they have confirmed. */
  readonly own?: NoticeReceiver | undefined;
  readonly news?: string | undefined;
  /** Whether it may still be confirmed. */
  readonly open: boolean;
  /** For whoever only looks after it and confirms nothing. */
  readonly overseen?: true | undefined;
  /** When it leaves to groups where quiet hours hold it still. */
  readonly unsent?: ReadonlyMap<string, Instant> | undefined;
}

/** 通知 3: the words, who has confirmed, and the button. */
export function noticeDoc(view: NoticeView): Doc {
  const { notice, receivers, senderName, chatId, own, news, open, overseen } = view;
  const targets = notice.targets.filter((target) => chatId === undefined || target.chatId === chatId);
  const blocks = own
    ? ownBlocks(own, view)
    : targets.flatMap((target) => countBlocks(target, receivers, { named: targets.length > 1, view }));
  const [code, spoken] = [noticeCode(notice, view), spokenCode(notice, view)];
  return {
    title: notice.number === undefined ? '推送' : noticeName(notice),
    subtitle: notice.number === undefined ? '' : `${senderName}　${momentText(notice.sentAt, view)}`,
    tone: 'normal',
    summary: news ?? (notice.number === undefined ? notice.words : `${noticeName(notice)}：${notice.words}`),
    blocks: [
      ...withdrawnBlocks(notice),
      { kind: 'text', text: [notice.words] },
      ...(notice.withdrawn ? [] : byBlocks(notice, view)),
      ...blocks,
      ...(open && !overseen && own?.confirmedAt === undefined ? [buttonBlock(code)] : []),
    ],
    footer: !open
      ? notice.withdrawn
        ? '这条通知不再统计。'
        : '这条通知已过期，不再统计。'
      : overseen
        ? `看还差谁请发送：谁没收到 ${spoken}`
        : own && notice.push
          ? `也可以打字：收到 ${spoken}；看具体安排请发送：我的`
          : `也可以打字：收到 ${spoken}；谁没收到 ${spoken}`,
    query: `通知 ${code}`,
    live: [noticeSubject(notice)],
  };
}

/** 通知 3 已撤回，不用办理: of one that is taken back or corrected, before its words. */
export const withdrawnText = (notice: Pick<Notice, 'number' | 'words' | 'withdrawn'>): string => {
  const by = notice.withdrawn?.by;
  return by === undefined
    ? `${noticeName(notice)} 已撤回，不用办理`
    : `${noticeName(notice)} 已更正，以通知 ${by} 为准`;
};

const withdrawnBlocks = (notice: Notice): readonly Block[] =>
  notice.withdrawn ? [{ kind: 'text', text: [{ strong: `${withdrawnText(notice)}。` }] }] : [];

const byBlocks = ({ confirmBy }: Pick<Notice, 'confirmBy'>, told: Told): readonly Block[] =>
  confirmBy === undefined ? [] : [{ kind: 'text', text: [{ strong: confirmByText(confirmBy, told) }] }];

/** 请在 4月25日（周六） 18:00 前确认（当天休息）: the same for whoever sends it and whoever gets it. */
export function confirmByText(confirmBy: Instant, told: Told): string {
  const { text, date } = untilText(confirmBy, told);
  return `请在 ${text} 前确认${told.calendar?.isWorkday(date) === false ? '（当天休息）' : ''}`;
}

/** Midnight is the end of the day before: 24:00. */
function untilText(at: Instant, { zone, today }: Told): { readonly text: string; readonly date: LocalDate } {
  const shown = wallClock(at, zone);
  const [date, time] = shown.time === '00:00' ? [addDays(shown.date, -1), '24:00'] : [shown.date, shown.time];
  return { text: `${describeDate(date, today)} ${time}`, date };
}

const buttonBlock = (code: string): Block => ({
  kind: 'buttons',
  buttons: [{ label: '收到', style: 'primary', press: run(`收到 ${code}`) }],
});

/**
 * A group's push with what those who are named have confirmed, and the button: below what it announces where that fits a page, else above,
 * for a button on a later page is found by nobody.
 */
export function receiptDoc(push: Doc, view: Omit<NoticeView, 'senderName' | 'own'>): Doc {
  const { notice, receivers, chatId, news, open } = view;
  const target = notice.targets.find((one) => one.chatId === chatId);
  // Nobody of those who are named is in the group: there is nothing to count and nobody to press.
  if (target?.known && !receivers.some((receiver) => receiver.chatId === chatId)) return push;
  const receipt: readonly Block[] = [
    ...byBlocks(notice, view),
    ...(target ? countBlocks(target, receivers, { named: false, view }) : []),
    ...(open ? [buttonBlock(noticeCode(notice, view))] : []),
  ];
  const doc = {
    ...push,
    ...(news !== undefined && { summary: news }),
    query: `通知 ${noticeCode(notice, view)}`,
    live: [...(push.live ?? []), noticeSubject(notice)],
  };
  const below = { ...doc, blocks: [...push.blocks, ...receipt] };
  return renderCard(below).pages === 1 ? below : { ...doc, blocks: [...receipt, ...push.blocks] };
}

const ownBlocks = (own: NoticeReceiver, told: Told): readonly Block[] => [
  {
    kind: 'text',
    text: [
      own.confirmedAt === undefined
        ? '您还没有确认。'
        : `您已确认（${momentText(own.confirmedAt, told)}）。${own.words ? `您说：${own.words}` : ''}`,
    ],
  },
];

const partOf = (target: NoticeTarget, receivers: readonly NoticeReceiver[]) => {
  const own = receivers.filter(({ chatId }) => chatId === target.chatId);
  return {
    own,
    confirmed: own.filter(({ confirmedAt }) => confirmedAt !== undefined),
    missing: own.filter(({ confirmedAt }) => confirmedAt === undefined),
  };
};

/** 已收到 3/5; before the members are known only who has. */
function countBlocks(
  target: NoticeTarget,
  receivers: readonly NoticeReceiver[],
  { named, view }: { readonly named: boolean; readonly view: Pick<NoticeView, 'unsent' | 'zone' | 'today'> },
): readonly Block[] {
  const { own, confirmed, missing } = partOf(target, receivers);
  const head = named ? `${groupName(target)}　` : '';
  const leaves = view.unsent?.get(target.chatId);
  if (leaves !== undefined) return [{ kind: 'text', text: [head, { strong: unsentText(leaves, view) }] }];
  const count: Inline = {
    strong: target.known ? `已收到 ${confirmed.length}/${own.length}` : countUnknown(confirmed.length),
  };
  const lines: Block[] = [{ kind: 'text', text: [head, count] }];
  if (target.known && target.readersAt !== undefined && missing.length > 0) {
    const read = own.filter(hasRead).length;
    lines[0] = { kind: 'text', text: [head, count, `，已读 ${read}`] };
  }
  if (target.known && missing.length > 0) lines.push({ kind: 'text', text: [`未收到：${namesText(missing)}`] });
  return [...lines, ...saidBlocks(confirmed)];
}

/** What was said with 收到: 朱戊：由副主任李某代参加. */
const saidBlocks = (confirmed: readonly NoticeReceiver[]): readonly Block[] => {
  const said = confirmed.filter(({ words }) => words);
  const shown = said.slice(0, NAMES).map(({ name, words }) => `${name}：${words}`);
  return said.length === 0
    ? []
    : [{ kind: 'text', text: [`回话：${shown.join('；')}${said.length > NAMES ? ` 等 ${said.length} 人` : ''}`] }];
};

/** 还没有发出，明天 07:00 发: nobody has it who could confirm it. */
const unsentText = (leaves: Instant, { zone, today }: Pick<Told, 'zone' | 'today'>): string =>
  `还没有发出，${describeComing(wallClock(leaves, zone), today)} 发`;

/** Whoever has confirmed has read it, wherever that was. */
const hasRead = ({ confirmedAt, readAt }: NoticeReceiver): boolean => confirmedAt !== undefined || readAt !== undefined;

const groupName = ({ group, unit }: NoticeTarget): string => group || unit?.name || '（没有名称的群）';

function namesText(people: readonly NoticeReceiver[]): string {
  const names = people.slice(0, NAMES).map(({ name }) => name);
  return `${names.join('、')}${people.length > NAMES ? ` 等 ${people.length} 人` : ''}`;
}

/** Of those who are asked only they are known who have confirmed: 1/1 would say that these are all. */
const countUnknown = (confirmed: number): string => `已收到 ${confirmed} 人，应收未知`;

const countOf = ({ targets }: Notice, receivers: readonly NoticeReceiver[], chatId: string | undefined): string => {
  const confirmed = receivers.filter(({ confirmedAt }) => confirmedAt !== undefined).length;
  const here = targets.filter((target) => chatId === undefined || target.chatId === chatId);
  return here.every(({ known }) => known) ? `已收到 ${confirmed}/${receivers.length}` : countUnknown(confirmed);
};

/** 谁没收到: by group, and in it by unit. */
export function missingDoc(
  view: Omit<NoticeView, 'own' | 'news' | 'senderName'> & {
    /** What else waits for somebody here: “通知 3：还有 2 人没有收到”. */
    readonly others?: readonly string[];
  },
): Doc {
  const { notice, receivers, chatId, others = [], unsent } = view;
  const here = notice.targets.filter((target) => chatId === undefined || target.chatId === chatId);
  const leaving = here.flatMap((target) => {
    const leaves = unsent?.get(target.chatId);
    return leaves === undefined ? [] : [{ target, leaves }];
  });
  const targets = here.filter((target) => !leaving.some((one) => one.target === target));
  const parts = targets.map((target) => ({ target, ...partOf(target, receivers) }));
  const sum = (of: (part: (typeof parts)[number]) => number) => parts.reduce((total, part) => total + of(part), 0);
  const [confirmed, all, missing] = [
    sum((p) => p.confirmed.length),
    sum((p) => p.own.length),
    sum((p) => p.missing.length),
  ];
  const unknown = targets.filter(({ known }) => !known);
  const name = noticeName(notice);
  const [first] = leaving;
  const sentence = notice.withdrawn
    ? `${withdrawnText(notice)}，不再统计`
    : first && targets.length === 0
      ? `${name}：${unsentText(first.leaves, view)}`
      : missing > 0
        ? `${name}：${unknown.length > 0 ? countUnknown(confirmed) : `已收到 ${confirmed}/${all}`}，还有 ${missing} 人没有收到`
        : unknown.length > 0
          ? `${name}：${countUnknown(confirmed)}，群成员名单还没有取到`
          : all === 0
            ? `${name}：群里没有要确认的人`
            : `${name}：${all} 人都已收到`;
  return {
    title: '谁没收到',
    subtitle: notice.words.slice(0, 40),
    tone: missing > 0 ? 'soon' : leaving.length > 0 ? 'normal' : 'done',
    summary: sentence,
    blocks: [
      { kind: 'text', text: [`${sentence}。`] },
      ...parts
        .filter((part) => part.missing.length > 0)
        .flatMap((part): Block[] => [
          ...when(
            targets.length > 1,
            heading(`${groupName(part.target)}（${part.confirmed.length}/${part.own.length}）`),
          ),
          { kind: 'entries', entries: missingEntries(part.missing, part.own, part.target) },
          ...(part.target.readersAt === undefined
            ? []
            : [note(`已读、未读查于 ${momentText(part.target.readersAt, view)}`)]),
        ]),
      ...saidBlocks(parts.flatMap((part) => part.confirmed)),
      ...(unknown.length > 0 && missing > 0 ? [note(`还没有取到名单：${unknown.map(groupName).join('、')}`)] : []),
      ...(targets.length > 0 || leaving.length > 1
        ? leaving.map(({ target, leaves }): Block => note(`${groupName(target)}：${unsentText(leaves, view)}`))
        : []),
      ...others.map((other): Block => note(`另有 ${other}`)),
    ],
    query: `谁没收到 ${noticeCode(notice, view)}`,
    live: [noticeSubject(notice)],
  };
}

/** One line a unit; a unit of which somebody has confirmed says so. */
function missingEntries(
  missing: readonly NoticeReceiver[],
  all: readonly NoticeReceiver[],
  { readersAt }: NoticeTarget,
): readonly Entry[] {
  const nameOf = (one: NoticeReceiver) =>
    readersAt === undefined ? one.name : `${one.name}（${hasRead(one) ? '已读未确认' : '未读'}）`;
  const unitOf = ({ unit }: NoticeReceiver) => unit?.name ?? '未登记的成员';
  return [...Map.groupBy(missing, unitOf)].map(([unit, people]) => {
    const others = all.filter((receiver) => unitOf(receiver) === unit && receiver.confirmedAt !== undefined).length;
    return {
      head: [
        { strong: unit },
        `　${people.map(nameOf).join('、')}${others > 0 ? `（该单位已有 ${others} 人收到）` : ''}`,
      ],
    };
  });
}

/** 通知 without words: what was sent, the newest first. */
export function noticesDoc(
  notices: readonly { readonly notice: Notice; readonly receivers: readonly NoticeReceiver[] }[],
  told: Told & { readonly chatId?: string | undefined },
): Doc {
  const how = '发通知：通知 明天9点在一楼开会 截止 今天 17:00；在单聊里先写群或单位：通知 望海区：内容';
  if (notices.length === 0) return plainDoc('通知', '最近没有通知。', { tone: 'muted', lines: [how] });
  return {
    title: '通知',
    tone: 'normal',
    summary: `最近 ${notices.length} 条通知`,
    blocks: [
      {
        kind: 'entries',
        entries: notices.map(({ notice, receivers }) => ({
          head: [
            `${notice.number}　`,
            ...(notice.withdrawn ? [notice.withdrawn.by === undefined ? '（已撤回）' : '（已更正）'] : []),
            { strong: notice.words.slice(0, 60) },
          ],
          lines: [[`${momentText(notice.sentAt, told)}　${countOf(notice, receivers, told.chatId)}`]],
        })),
      },
    ],
    footer: how,
    query: '通知',
  };
}

/** The one line in the group for those who are reached nowhere else. */
export const reminderDoc = (notice: Notice, missing: readonly NoticeReceiver[], confirmBy: Instant, told: Told): Doc =>
  plainDoc(
    remindTitle(notice),
    `${noticeName(notice)} ${confirmByText(confirmBy, told)}，还没有确认的：${namesText(missing)}。`,
    {
      tone: 'soon',
      lines: notice.number === undefined ? [] : [notice.words.slice(0, 80)],
      buttons: [
        {
          label: '收到',
          style: 'primary',
          press: run(`收到 ${noticeCode(notice, told)}`),
        },
      ],
    },
  );

export const remindTitle = ({ number }: Pick<Notice, 'number'>): string =>
  number === undefined ? '请确认收到推送' : `请确认通知 ${number}`;
