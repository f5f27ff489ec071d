import { run } from '../../cards/kit.ts';
import { plainDoc } from '../../cards/plain.ts';
import { type Doc, LONGEST_QUERY } from '../../cards/views.ts';
import type { Instant, LocalDate } from '../../domain/calendar/local-date.ts';
import { liftedUntil, SETTINGS, type SettingValue, settingOf } from '../../domain/settings.ts';
import { momentText } from '../groups/groups-card.ts';

/** Where and when 紧急 was said. */
interface Asked {
  readonly chat: { readonly type: 'group' | 'p2p'; readonly chatId: string };
  readonly now: Instant;
  readonly zone: string;
  readonly today: LocalDate;
}

/** 紧急 in a group is for that group, in a direct chat for all. */
export const placeOf = ({ chat }: Pick<Asked, 'chat'>) =>
  chat.type === 'group' ? { chatId: chat.chatId, where: '本群' } : { chatId: undefined, where: '全部群' };

/** 紧急: until when pushes leave at night. */
export function liftedDoc(
  until: Instant,
  told: { readonly where: string; readonly reason: string; readonly zone: string; readonly today: LocalDate },
): Doc {
  return plainDoc('紧急推送', `${told.where}的免打扰已解除到${momentText(until, told)}，等着的推送现在发出。`, {
    tone: 'soon',
    lines: [`原因：${told.reason}（已记录）`],
    note: '这只让等着的推送发出，没有发通知。要提前结束请发送：紧急 结束',
  });
}

interface NotLifted {
  readonly reason: string;
  readonly settings: readonly SettingValue[];
  /** Since when nothing leaves at all. */
  readonly pausedAt: Instant | undefined;
}

/** 紧急 that changed nothing, with what it is for and what else sends something. */
export function notLiftedDoc({ reason, settings, pausedAt }: NotLifted, context: Asked): Doc {
  const { chat, now } = context;
  const { chatId, where } = placeOf(context);
  if (pausedAt !== undefined)
    return plainDoc('没有发出', '没有发出任何消息，免打扰也没有解除：现在是全部暂停，恢复之前一条也不会发。', {
      tone: 'late',
      lines: [`暂停从 ${momentText(pausedAt, context)} 起。恢复请发送：全部恢复`],
      buttons: [{ label: '全部恢复', press: run('全部恢复') }],
    });
  const lifted = liftedUntil(settings, chatId, now);
  const hours = SETTINGS.quietHours.write(settingOf(settings, 'quietHours', chatId));
  const why =
    lifted === undefined
      ? `（${where}的免打扰：${hours}）`
      : `：${where}的免打扰已经解除到${momentText(lifted, context)}，要结束请发送：紧急 结束`;
  const query = chat.type === 'group' ? `紧急 通知 只发本群 ${reason}` : `紧急 通知 全部群：${reason}`;
  return plainDoc('没有发出', `没有发出任何消息。现在推送照常发出，不需要解除${why}。`, {
    tone: 'muted',
    lines: [
      '“紧急 原因”只在免打扰时段里用：让等着的消息马上发出。',
      `要现在通知，请发送：紧急 通知 ${chat.type === 'group' ? '' : '望海区：'}内容`,
    ],
    ...(query.length <= LONGEST_QUERY && {
      buttons: [
        {
          label: chat.type === 'group' ? '作为通知发到本群' : '作为通知发给全部群（先预览）',
          press: { v: 1, op: chat.type === 'group' ? 'run' : 'open', query, page: 1 } as const,
        },
      ],
    }),
  });
}
