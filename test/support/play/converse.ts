import { createInterface } from 'node:readline';
import { type Instant, wallClock } from '../../../src/domain/calendar/local-date.ts';
import type { Stage } from './act.ts';
import { membersOf, StepError, WHO } from './cast.ts';
import { type Performance, perform } from './perform.ts';
import { LineError, readLine } from './read-line.ts';
import { isAssertion, lineReader } from './read-play.ts';
import type { Setting } from './step.ts';

const BEGINNING = '世界 样区 2026-04-20 09:00';
const HOW_TO: readonly string[] = [
  '怎么写（一行一步，写完回车就看到谁收到了什么）：',
  '  望海陈甲 望海群：任务　　　　　　在群里@督导助手说“任务”；私下说：望海陈甲 私聊：任务',
  '  朱戊 望海群 按 收到　　　　　　　按卡片上的按钮【收到】；填表单：朱戊 一中群 填 申请延期：延到=2026-05-20；理由=假期',
  '  朱戊 一中群 回复：已整改　　　　　回复最近一张卡片；带附件：朱戊 一中群：W1 已整改 ［图片 照片.jpg］',
  '  吕壬 私聊 发文件 通讯录.csv：　　　下面各行以 | 开头写表的内容，空行结束；也可以写自己的文件：发文件 ./表.xlsx',
  '  时间 2026-04-21 08:45　　　　　　　时钟拨到那时，到点的提醒会出现；从空白开始：世界 空 2026-04-20 09:00；退出',
];
const QUIT = /^(?:退出|exit|quit|q)$/i;

/** Lines from somebody who tries the bot, each done at once. Ends with 退出 or the end of the input. */
export async function converse(from: NodeJS.ReadableStream, to: NodeJS.WritableStream): Promise<void> {
  const write = (line: string) => void to.write(`${line}\n`);
  const prompt = () => void to.write('\n> ');
  const reader = lineReader();
  let performance = await opened(settingOf(BEGINNING), write);
  const doAll = async (items: ReturnType<typeof reader.end>) => {
    for (const { item } of items) {
      if (item.kind === 'world') {
        await performance.close();
        performance = await opened(item, write);
      } else if (isAssertion(item)) performance.look(item);
      else await performance.step(item);
    }
  };
  const line = async (text: string) => {
    try {
      await doAll(reader.feed(text, 0));
    } catch (error) {
      if (!(error instanceof LineError || error instanceof StepError || error instanceof RangeError)) throw error;
      write(error instanceof LineError ? `${error.message}（输入“怎么写”看写法）` : error.message);
    }
    if (reader.isOpen() && !/^\s*[|｜]/.test(text)) write('（接着写 | 开头的各行，空行结束）');
  };
  prompt();
  for await (const typed of createInterface({ input: from })) {
    if (QUIT.test(typed.trim())) break;
    if (/^(?:怎么写|帮助|help|\?|？)$/.test(typed.trim())) for (const each of HOW_TO) write(each);
    else await line(typed);
    prompt();
  }
  await line('');
  await performance.close();
}

function settingOf(line: string): Setting {
  const item = readLine(line);
  if (item.kind !== 'world') throw new TypeError(`no world: ${line}`);
  return item;
}

async function opened(setting: Setting, write: (line: string) => void): Promise<Performance> {
  const performance = await perform(setting, 'SQLite', 'play', write);
  for (const line of introduction(performance.stage, setting)) write(line);
  return performance;
}

const shown = (instant: Instant): string => Object.values(wallClock(instant, 'Asia/Shanghai')).join(' ');

/** Who is there, and how to type, for somebody who has read nothing. */
function introduction({ world, cast }: Stage, { scene }: Setting): readonly string[] {
  const { people, groups } = cast;
  const inside = (chatId: string) => {
    const ids = membersOf(world, chatId);
    return people.flatMap(({ label, openId }) => (ids.has(openId) ? [label] : [])).join('、');
  };
  return [
    `督导助手试用：虚构的云溪市，现在是 ${shown(world.time.now())}。机器人是真的，飞书是模拟的。`,
    '人：',
    ...people.map(({ label }) => `  ${label}　${WHO[label] ?? ''}`),
    groups.size > 0 ? '群（都有督导助手）：' : '还没有群，机器人里还没有任何数据。',
    ...[...groups].map(([name, chatId]) => `  ${name}　${inside(chatId)}`),
    ...(scene === '空' ? [`管理员认领码：${world.bot.claimCode}，例如：吕壬 私聊：认领 ${world.bot.claimCode}`] : []),
    ...HOW_TO,
  ];
}
