import { plainDoc } from '../../cards/plain.ts';
import type { Block, Doc, Inline } from '../../cards/views.ts';
import { describeDate } from '../../domain/calendar/describe.ts';
import { type Instant, type LocalDate, wallClock } from '../../domain/calendar/local-date.ts';
import type { WorkGroup } from '../../domain/groups/group.ts';

interface Told {
  readonly zone: string;
  readonly today: LocalDate;
}

/** So many failures have a button on the card; an official who has more has another problem. */
const MOST_BUTTONS = 10;
/** The newest; the rest is decided on in one go. */
const MOST_SHOWN = 50;

/** 4月20日 周一 08:31. */
export function momentText(at: Instant, { zone, today }: Told): string {
  const { date, time } = wallClock(at, zone);
  return `${describeDate(date, today)} ${time}`;
}

/** The answer to 工作群. */
export function groupsDoc(
  groups: readonly {
    readonly group: WorkGroup;
    readonly lastSentAt?: Instant | undefined;
    readonly kept: number;
    readonly failing?: Failing | undefined;
  }[],
  told: Told & { readonly pausedAt?: Instant | undefined },
): Doc {
  if (groups.length === 0)
    return plainDoc('工作群', '督导助手还没有进任何群。', {
      tone: 'muted',
      lines: ['把它拉进工作群，再发送：绑定 单位名称'],
    });
  const unbound = groups.filter(({ group }) => !group.unit).length;
  const kept = groups.reduce((sum, group) => sum + group.kept, 0);
  const counts = `共 ${groups.length} 个群${unbound > 0 ? `，${unbound} 个还没有绑定` : ''}${kept > 0 ? `，${kept} 条消息没有送达` : ''}`;
  return {
    title: '工作群',
    tone: kept > 0 ? 'late' : unbound > 0 ? 'soon' : 'normal',
    summary: counts,
    blocks: [
      { kind: 'text', text: [counts] },
      ...(told.pausedAt === undefined
        ? []
        : [
            {
              kind: 'text',
              text: [{ text: `推送已全部暂停（${momentText(told.pausedAt, told)}起）`, tone: 'late' }],
            } as const,
          ]),
      {
        kind: 'entries',
        entries: groups.map(({ group, lastSentAt, kept: own, failing }) => ({
          head: [group.name || '（没有名称的群）'],
          lines: [
            group.unit ? [`绑定：${group.unit.name}`] : [{ text: '还没有绑定单位', tone: 'soon' } as const],
            [lastSentAt === undefined ? '还没有发过消息' : `最近送达：${momentText(lastSentAt, told)}`],
            ...(failing ? [[failingText(failing, told)]] : []),
            ...(own > 0 ? [[{ text: `${own} 条消息没有送达`, tone: 'late' } as const]] : []),
          ],
        })),
      },
      ...(kept > 0 ? [{ kind: 'note', text: '发送“工作群 重发”看没有送达的消息。' } as const] : []),
    ],
    query: '工作群',
  };
}

interface Failing {
  readonly at: Instant;
  readonly code?: number | undefined;
  readonly reason: string;
}

/** Only Lark's refusal tells that a group is muted: there is no event for it. */
const MUTED = 230018;

function failingText({ at, code, reason }: Failing, told: Told): Inline {
  const when = momentText(at, told);
  return code === MUTED
    ? { text: `已禁言（${when}发不进去）：请群主在群设置里允许督导助手发言，再发送“工作群 重发”`, tone: 'late' }
    : { text: `最近一次没有送达：${when}　${reason}`, tone: 'late' };
}

export interface KeptView {
  readonly code: string;
  /** The group's name, or whose direct chat it is. */
  readonly where: string;
  readonly lane: 'reply' | 'push';
  readonly reason: string;
  /** It may have arrived although nobody knows. */
  readonly unknown: boolean;
  /** It leaves by itself once the app is set up rightly. */
  readonly leaves?: boolean | undefined;
  readonly at: Instant;
}

/** What was kept, each with a code and a button to send it again. `done`: what has just been sent again. */
export function keptDoc(all: readonly KeptView[], told: Told, done?: string, atOnce: readonly Block[] = []): Doc {
  const kept = all.slice(0, MOST_SHOWN);
  const count = all.length > 0 ? `${all.length} 条消息没有送达。` : '没有未送达的消息。';
  const buttons: Block[] =
    kept.length > 0
      ? [
          {
            kind: 'buttons',
            buttons: kept.slice(0, MOST_BUTTONS).map(({ code }) => ({
              label: `重发 ${code}`,
              press: { v: 1, op: 'run', query: `工作群 重发 ${code}`, page: 1 },
            })),
          },
        ]
      : [];
  return {
    title: '未送达的消息',
    tone: kept.length > 0 ? 'late' : 'done',
    summary: done ?? count,
    blocks: [
      ...(done ? [{ kind: 'text', text: [done] } as const] : []),
      { kind: 'text', text: [count] },
      ...atOnce,
      {
        kind: 'entries',
        entries: kept.map(({ code, where, lane, reason, unknown, leaves, at }) => ({
          head: [{ strong: code }, `　${where}　${lane === 'push' ? '推送' : '答复'}`],
          lines: [
            [`${momentText(at, told)}　${reason}`],
            ...(unknown ? [[{ text: '可能已经送达，请先到群里看一看再重发', tone: 'soon' } as const]] : []),
            ...(leaves ? [['飞书应用的设置改好以后自动补发']] : []),
          ],
        })),
      },
      ...buttons,
      ...(kept.length > MOST_BUTTONS ? [{ kind: 'note', text: '其余的请发送：工作群 重发 编号' } as const] : []),
    ],
    query: '工作群 重发',
  };
}

/** Sending or dropping in one go what was held until this one. */
export const atOnceButtons = (count: number, code: string): readonly Block[] =>
  count === 0
    ? []
    : [
        {
          kind: 'buttons',
          buttons: [
            {
              label: `全部补发（${count} 条）`,
              press: { v: 1, op: 'run', query: `工作群 重发 全部 ${code}`, page: 1 },
            },
            {
              label: '全部不发',
              style: 'danger',
              press: { v: 1, op: 'run', query: `工作群 不发 全部 ${code}`, page: 1 },
            },
          ],
        },
      ];

/** Offered to those who run the bot: nobody knows whether these have arrived. */
export function heldDoc(held: readonly KeptView[], told: Told): Doc {
  const places = [...Map.groupBy(held, ({ where }) => where)];
  const sentence = `${held.length} 条消息发出时飞书没有回音，不知道是否送达。`;
  return {
    title: '是否补发',
    tone: 'late',
    summary: sentence,
    blocks: [
      { kind: 'text', text: [{ strong: sentence }] },
      {
        kind: 'text',
        text: ['补发的，可能有人收到两次；不发的，可能有人没有收到。不办就不用回复，一个月后自动清除。'],
      },
      ...atOnceButtons(held.length, held[0]?.code ?? ''),
      {
        kind: 'entries',
        entries: places.slice(0, MOST_BUTTONS).map(([where, own]) => ({
          head: [{ strong: where }, `　${own.length} 条`],
          lines: [[`最近：${own[0] ? momentText(own[0].at, told) : ''}`]],
        })),
      },
      ...(places.length > MOST_BUTTONS
        ? [{ kind: 'text', text: [`另有 ${places.length - MOST_BUTTONS} 处没有列出。`] } as const]
        : []),
      { kind: 'note', text: '要一条一条看，请发送：工作群 重发' },
    ],
  };
}
