import { plainDoc } from '../src/cards/plain.ts';
import type { Doc } from '../src/cards/views.ts';
import { answerCourtesy, isCourtesy } from '../src/features/notices/courtesy.ts';
import { commandDoc, helpDoc } from '../src/features/overview/help-card.ts';
import { defineCommand, type RegisteredCommand } from '../src/language/command.ts';
import { commandAtStart, commandBySentence, namedBy } from '../src/language/command-words.ts';
import { redirectAnywhere } from '../src/language/redirects.ts';
import { nearestCommands } from '../src/language/words/nearest.ts';

export default defineCommand({
  name: '帮助',
  aliases: ['help', '?', 'bz', '菜单', '使用说明', '使用帮助', '命令', '功能'],
  says: [
    /^(怎么|如何)(用|使用|操作)|^(你|您|督导助手|机器人)?(都|还)?(能|会|可以)(帮我)?(做|干|查)?(什么|啥|哪些)$|^(你好|您好|在吗?|在不在|hi|hello)$/i,
  ],
  hears: isCourtesy,
  saysBefore: ['日程'],
  apart: true,
  edits: true,
  serves: 'help',
  summary: '看能做什么、怎么写',
  usage: '帮助 [命令]',
  examples: ['帮助', '帮助 提醒'],
  allow: 'anyone',
  where: ['group', 'p2p'],
  async run(context) {
    const { args, chat, actor, read, commands } = context;
    if (isCourtesy(args.rest)) return answerCourtesy(context, args.rest);
    const asked = args.rest
      .replace(/^命令|(?:命令|怎么[写用]|的?用法|的?写法)$/g, '')
      .trim()
      .toLowerCase();
    const said = commandSaid(asked, commands);
    const command = namedBy(asked, commands) ?? (said?.serves === 'help' ? undefined : said);
    if (command) return { reply: commandDoc(command) };
    // 你好, 能做什么 ask for all that there is.
    if (asked !== '' && !said) return { reply: unknownDoc(asked, commands) };
    return {
      reply: helpDoc(commands, {
        type: chat.type,
        about: chat.type === 'group' ? chat.group?.unit?.name : actor.people[0]?.unit.name,
        next: await nextStep(chat, actor, read),
      }),
    };
  },
});

/** 帮助 怎么新增任务, 帮助 登记问题: the command that such a line would be. */
function commandSaid(asked: string, commands: readonly RegisteredCommand[]): RegisteredCommand | undefined {
  if (asked === '') return undefined;
  const line = asked.replace(/^(?:怎么|怎样|如何|要?)/, '');
  return (commandAtStart(line, commands) ?? commandBySentence(line, commands))?.command;
}

/** Never the list of all that there is, as if the word had been among it. */
function unknownDoc(asked: string, commands: readonly RegisteredCommand[]): Doc {
  const instead = redirectAnywhere(asked, commands)?.answer;
  const near = nearestCommands(asked, commands).map((name) => `“帮助 ${name}”`);
  const lines = [...(instead ? [instead] : []), ...(near.length > 0 ? [`您要找的是不是：${near.join('、')}？`] : [])];
  return plainDoc('帮助', `没有“${asked.slice(0, 20)}”这个命令。`, {
    tone: 'muted',
    lines,
    note: '发送“帮助”看全部命令。',
  });
}

/** What stands between this chat and its first answer. */
async function nextStep(
  chat: { readonly type: string; readonly group?: { readonly unit?: unknown } | undefined },
  actor: { readonly people: readonly unknown[] },
  read: { hasAdministrator(): Promise<boolean> },
): Promise<string | undefined> {
  if (chat.type === 'p2p') return actor.people.length === 0 ? '还不知道您是谁，请先发送：我是 姓名' : undefined;
  if (chat.group?.unit) return undefined;
  return (await read.hasAdministrator())
    ? '本群还没有绑定单位，请管理员发送：绑定 单位名称'
    : '还没有管理员：请部署人员把认领码交给管理员，管理员发送：认领 认领码';
}
