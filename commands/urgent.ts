import { plainDoc } from '../src/cards/plain.ts';
import type { Instant } from '../src/domain/calendar/local-date.ts';
import { LIFTED, waitsUntil } from '../src/domain/settings.ts';
import { momentText } from '../src/features/groups/groups-card.ts';
import { otherGroupIn } from '../src/features/notices/notice-groups.ts';
import { SEND_PARTS } from '../src/features/notices/notice-phrase.ts';
import { sendNotice } from '../src/features/notices/send-notice.ts';
import { liftedDoc, notLiftedDoc, placeOf } from '../src/features/settings/urgent-card.ts';
import { type Context, defineCommand, type Outcome, type Situation } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { deed, mustRead, type OwnReader } from '../src/language/forms/form.ts';
import { inForms } from '../src/language/forms/forms.ts';

const MIN_REASON = 4;
const LABEL = /^(?:原因|因为|由于)\s*[:,，：]?\s*/;
/** 到23点, 至明天8:00, 截止 明早, and 2小时 at the end. 台风预计明天到 and 到明天都有雨 are reasons. */
const END_TIME =
  /(?:直?到|至|截[止至]到?(?:时间)?)[\s:：]*(?:(?:今|明|后|当|次|第二)[天日晚早晨]|周[一二三四五六日]|(?:\d{1,2}月)?\d{1,2}[日号]|凌晨|早上|上午|中午|下午|晚上|夜里|[\d一二三四五六七八九十两]{1,3}(?:[点时:：]\d{0,2}分?半?)|\s)+(?:为?止|结束|前|恢复)?(?=$|[\s,，。;；)])|[\s,，;；。](?:解除|持续|维持)?\s*[\d一二两三四五六半]{1,3}\s*(?:个?半?小时|个钟头?|分钟|天)$/;
const ASKS = '请写明紧急的原因，会记录下来。';

const END_WORD = '(?:结束|取消|停止|关闭|终止|撤销|撤回|解除|恢复)(?:紧急)?(?:状态|推送|模式|免打扰)?[了吧]?[。.!！]?';
/** A word of its own: 紧急 取消明日督导 is a reason. */
const ENDS = new RegExp(`(?:已经?|请|现在)*${END_WORD}(?=$|\\s)`);
const ENDS_TOO = new RegExp(`\\s${END_WORD}$`);

/** A notice among the words is sent by its own line; as a reason it would be dropped. */
const readReason: OwnReader<string> = (text) => {
  if (/通知.*[:：]/.test(text))
    throw new UserError(`没看懂“${text.slice(0, 40)}”，没有发出。发通知请发送：紧急 通知 望海区：内容`);
  if (ENDS_TOO.test(text) && !LABEL.test(text))
    throw new UserError(`没看懂“${text.slice(0, 40)}”，没有发出。要结束紧急请只发送：紧急 结束`);
  return text === '' ? undefined : { value: text, rest: '' };
};

export default defineCommand({
  name: '紧急',
  saysFirst: [/^(?:结束|取消|停止|关闭|终止|解除)紧急(?:状态|推送|模式)?[了吧]?$|^恢复免打扰$/],
  headsDocuments: true,
  takesLines: (more, isCommand) => (more.some(isCommand) ? 'unclear' : true),
  aliases: ['urgent', 'jj', '紧急推送', '解除免打扰'],
  summary: '免打扰时段内让推送马上发出，要写原因；群里只管本群，单聊里管全部群',
  usage: '紧急 原因 · 紧急 结束 · 紧急 通知 群或单位：内容',
  allow: 'administrator',
  where: ['group', 'p2p'],
  ...inForms(
    deed({
      verbs: [],
      examples: ['紧急 台风红色预警，明日督导取消'],
      parts: { reason: mustRead(readReason, { asks: ASKS, free: true }) },
      run: lift,
    }),
    deed({ verbs: [ENDS], examples: ['紧急 结束'], parts: {}, run: end }),
    deed({
      verbs: [/通知\s*[:：]?\s*/],
      examples: ['紧急 通知 望海区、临江区：台风红色预警，今天停课'],
      parts: SEND_PARTS,
      takesQuestions: true,
      passesOn: true,
      run: (context) => sendNotice(context, true),
    }),
  ),
});

type Lifting = Context<{ readonly reason: string }>;

async function lift({ args, ...context }: Lifting): Promise<Outcome> {
  const { actor, now, zone, read } = context;
  const isSaidWhole = LABEL.test(args.reason);
  const reason = args.reason.replace(LABEL, '');
  if (reason.length < MIN_REASON) throw new UserError(`${ASKS}例如：紧急 台风红色预警，明日督导取消`);
  const { chatId, where } = placeOf(context);
  const settings = await read.settings();
  const pause = await read.pause();
  const until = waitsUntil(settings, chatId, now, zone);
  if (until === undefined || pause) return { reply: notLiftedDoc({ reason, settings, pausedAt: pause?.at }, context) };
  if (!isSaidWhole) await refuseLimits(reason, until, context);
  return {
    reply: liftedDoc(until, { ...context, where, reason }),
    changes: [{ kind: 'quiet.lifted', chatId, until, by: actor.openId, at: now }],
    audit: [{ action: 'quiet.lifted', subject: where, after: { reason } }],
  };
}

/** It lifts for one group or for all, until the quiet hours end: a group or an hour among the reason would be obeyed by nobody. Throws UserError. */
async function refuseLimits(reason: string, until: Instant, context: Situation): Promise<void> {
  const { where } = placeOf(context);
  const asReason = `只是原因的，请写：紧急 原因 ${reason.slice(0, 40)}`;
  const [end] = END_TIME.exec(reason) ?? [];
  if (end !== undefined)
    throw new UserError(
      `没有发出，免打扰没有解除。“${end.trim()}”像是到什么时候：解除以后一直到${momentText(until, context)}，要提前结束请发送：紧急 结束。${asReason}`,
    );
  const named = await otherGroupIn(reason, context);
  if (named !== undefined)
    throw new UserError(
      `没有发出，免打扰没有解除。“${named}”像是指定发给谁，这里解除的是${where}。只管一个群，请到那个群里发送：紧急 原因；只通知它，请发送：紧急 通知 ${named}：内容。${asReason}`,
    );
}

async function end(context: Situation): Promise<Outcome> {
  const { chat, now, read } = context;
  const { chatId, where } = placeOf(context);
  const settings = await read.settings();
  const lifted = settings.filter(({ key, value }) => key === LIFTED && Number(value ?? 0) > now);
  const mine = lifted.filter((row) => chat.type === 'p2p' || row.chatId === chatId);
  if (mine.length > 0)
    return {
      reply: plainDoc('紧急已结束', `${where}的免打扰恢复，免打扰时段里的推送等到时段结束再发。`, {
        tone: 'done',
        lines: ['已经发出的不能收回；撤回通知请发送：撤回通知 编号'],
      }),
      changes: mine.map((row) => ({ kind: 'quiet.restored' as const, chatId: row.chatId })),
      audit: [{ action: 'quiet.restored', subject: where }],
    };
  const sentence =
    lifted.length > 0 && chat.type === 'group'
      ? '没有结束：紧急是对全部群发的，请在单聊里发送：紧急 结束'
      : `不用结束：${where}的免打扰现在没有被紧急解除。`;
  return { reply: plainDoc('没有紧急', sentence, { tone: 'muted' }) };
}
