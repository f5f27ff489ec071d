import { addDays, daysBetween } from '../src/domain/calendar/local-date.ts';
import { reachOf } from '../src/domain/people/rights.ts';
import { rehearsalDoc } from '../src/features/reminders/rehearsal-card.ts';
import { foreseeClashes } from '../src/features/visits/find-clashes.ts';
import { wholeHere } from '../src/features/visits/visit-find.ts';
import { defineCommand } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { refuseImpossible } from '../src/language/who/resolve.ts';
import { reachable, requireRight } from '../src/language/who/rights.ts';

const AHEAD_DAYS = 7;
/** A month of all groups is as much as anybody reads. */
const MAX_DAYS = 31;

/** 明天会发什么消息. */
const ASKED = /(?:还)?会?(?:推送|推|发送|发)(?:什么|哪些)(?:消息|提醒|推送|内容)?/;

export default defineCommand({
  name: '预演',
  aliases: ['rehearse', 'preview', 'yy', '试运行', '推送预演'],
  says: [
    /^(?:今天|明天|后天|本周|下周|本月)?[一二三四五六日]?(?:还)?会?(?:推送|推|发送|发)(?:什么|哪些)(?:消息|提醒|推送|内容)?$/,
  ],
  line: { dates: 'near' },
  summary: '预先看会发哪些消息：什么时候、发到哪个群、@谁；并提示安排上的冲突；什么也不发',
  usage: '预演 [日期] [导出]',
  examples: ['预演', '预演 4月20日-24日', '预演 下周 导出'],
  allow: 'rehearsal.read',
  where: ['group', 'p2p'],
  async run(context) {
    const { args, actor, chat, scope, today, zone, calendar, read, preview } = context;
    refuseImpossible(args.impossibleDate);
    const rest = args.rest.replace(ASKED, '').trim();
    const asFile = /^(导出|下载|表格|excel)$/i.test(rest);
    if (rest && !asFile) throw new UserError(`没有看懂“${rest}”。写法：预演 下周；预演 4月20日-24日 导出。`);
    const { from, to } = args.when ?? { from: today, to: addDays(today, AHEAD_DAYS - 1) };
    if (to < today) throw new UserError('这些日子已经过去，只能预演今天和以后的日子。');
    const begun = from < today;
    const span = { from: begun ? today : from, to };
    if (daysBetween(span.from, to) >= MAX_DAYS) throw new UserError(`一次最多预演 ${MAX_DAYS} 天，请缩短日期范围。`);
    const own = chat.type === 'group';
    if (own) await requireRight(context, 'rehearsal.read', { unitIds: chat.group?.unit ? [chat.group.unit.id] : [] });
    const told = !own && reachOf(actor, 'visit.change') === 'everywhere' ? 'as sent' : 'as of now';
    const [all, pause] = await Promise.all([preview.pushes(own ? chat.chatId : undefined, span, told), read.pause()]);
    const pushes = await reachable(context, 'rehearsal.read', all, ({ group }) => group.unit?.id);
    const clashes = await foreseeClashes(
      { read, calendar, zone, scope, told: (visits) => wholeHere(context, visits) },
      span,
      pushes,
    );
    const about = own ? (chat.group?.name ?? '') : '全部工作群';
    return {
      reply: rehearsalDoc({ pushes, clashes, span, today, zone, about, paused: pause !== undefined }),
      ...(asFile && { files: [await context.workbooks.rehearsal({ pushes, clashes, span, about, today })] }),
    };
  },
});
