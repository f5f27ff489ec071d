import { plainDoc } from '../src/cards/plain.ts';
import { SETTINGS, settingOf, waitsUntil } from '../src/domain/settings.ts';
import { SEND_PARTS } from '../src/features/notices/notice-phrase.ts';
import { sendNotice } from '../src/features/notices/send-notice.ts';
import { liftedDoc } from '../src/features/settings/settings-card.ts';
import { type Context, defineCommand, type Outcome } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { deed, mustRead, type OwnReader } from '../src/language/forms/form.ts';
import { inForms } from '../src/language/forms/forms.ts';

const MIN_REASON = 4;
/** What a button can carry. */
const MAX_QUERY = 500;
const ASKS = '请写明紧急的原因，会记录下来。';

/** A notice among the words is sent by its own line; as a reason it would be dropped. */
const readReason: OwnReader<string> = (text) => {
  if (/通知.*[:：]/.test(text))
    throw new UserError(`没看懂“${text.slice(0, 40)}”，没有发出。发通知请发送：紧急 通知 望海区：内容`);
  return text === '' ? undefined : { value: text, rest: '' };
};

export default defineCommand({
  name: '紧急',
  headsDocuments: true,
  takesLines: (more, isCommand) => (more.some(isCommand) ? 'unclear' : true),
  aliases: ['urgent', 'jj', '紧急推送', '解除免打扰'],
  summary: '免打扰时段内让推送马上发出，要写原因；群里只管本群，单聊里管全部群',
  usage: '紧急 原因 · 紧急 通知 群或单位：内容',
  allow: 'administrator',
  where: ['group', 'p2p'],
  ...inForms(
    deed({
      verbs: [],
      examples: ['紧急 台风红色预警，明日督导取消'],
      parts: { reason: mustRead(readReason, { asks: ASKS, free: true }) },
      run: lift,
    }),
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

async function lift({
  args,
  actor,
  chat,
  now,
  zone,
  today,
  read,
}: Context<{ readonly reason: string }>): Promise<Outcome> {
  const reason = args.reason.replace(/^(?:原因|因为|由于)\s*[:,，]?\s*/, '');
  if (reason.length < MIN_REASON) throw new UserError(`${ASKS}例如：紧急 台风红色预警，明日督导取消`);
  const [chatId, where] = chat.type === 'group' ? [chat.chatId, '本群'] : [undefined, '全部群'];
  const settings = await read.settings();
  const until = waitsUntil(settings, chatId, now, zone);
  if (until === undefined) {
    const hours = SETTINGS.quietHours.write(settingOf(settings, 'quietHours', chatId));
    const sentence = `没有发出任何消息。现在推送照常发出，不需要解除（${where}的免打扰：${hours}）。`;
    const query = chat.type === 'group' ? `紧急 通知 只发本群 ${reason}` : `紧急 通知 全部群：${reason}`;
    return {
      reply: plainDoc('没有发出', sentence, {
        tone: 'muted',
        lines: [
          '“紧急 原因”只在免打扰时段里用：让等着的消息马上发出。',
          `要现在通知，请发送：紧急 通知 ${chat.type === 'group' ? '' : '望海区：'}内容`,
        ],
        ...(query.length <= MAX_QUERY && {
          buttons: [
            {
              label: chat.type === 'group' ? '作为通知发到本群' : '作为通知发给全部群（先预览）',
              press: { v: 1, op: chat.type === 'group' ? 'run' : 'open', query, page: 1 } as const,
            },
          ],
        }),
      }),
    };
  }
  return {
    reply: liftedDoc(until, { where, reason, zone, today }),
    changes: [{ kind: 'quiet.lifted', chatId, until, by: actor.openId, at: now }],
    audit: [{ action: 'quiet.lifted', subject: where, after: { reason } }],
  };
}
