import { plainDoc } from '../src/cards/plain.ts';
import { SETTINGS, settingOf, waitsUntil } from '../src/domain/settings.ts';
import { liftedDoc } from '../src/features/settings/settings-card.ts';
import { type Context, defineCommand, type Outcome } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { deed, must } from '../src/language/forms/form.ts';
import { inForms } from '../src/language/forms/forms.ts';

const MIN_REASON = 4;
const ASKS = '请写明紧急的原因，会记录下来。';

export default defineCommand({
  name: '紧急',
  headsDocuments: true,
  aliases: ['urgent', 'jj', '紧急推送', '解除免打扰'],
  summary: '免打扰时段内让推送马上发出，要写原因；群里只管本群，单聊里管全部群',
  usage: '紧急 原因',
  allow: 'administrator',
  where: ['group', 'p2p'],
  ...inForms(
    deed({
      verbs: [],
      examples: ['紧急 台风红色预警，明日督导取消'],
      parts: { reason: must('text', { asks: ASKS }) },
      run: lift,
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
    const sentence = `现在推送照常发出，不需要解除（${where}的免打扰：${hours}）。`;
    return { reply: plainDoc('没有变化', sentence, { tone: 'muted' }) };
  }
  return {
    reply: liftedDoc(until, { where, reason, zone, today }),
    changes: [{ kind: 'quiet.lifted', chatId, until, by: actor.openId, at: now }],
    audit: [{ action: 'quiet.lifted', subject: where, after: { reason } }],
  };
}
