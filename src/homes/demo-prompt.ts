import { createInterface } from 'node:readline';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../domain/calendar/local-date.ts';
import type { Emulator } from '../emulator/server.ts';
import type { DemoClock } from './demo-clock.ts';
import type { District } from './demo-district.ts';
import { type Screen, shownTime } from './demo-screen.ts';
import type { Talk } from './demo-talk.ts';

interface Stage {
  readonly emulator: Emulator;
  readonly clock: DemoClock;
  readonly district: District;
  readonly talk: Talk;
  readonly screen: Screen;
}

const UNIT_MS = { d: DAY_MS, h: HOUR_MS, m: MINUTE_MS } as const;

/** Stays up and lets a person at the terminal play on; resolves on 退出, Ctrl-C or the end of the input. */
export async function prompt(stage: Stage): Promise<void> {
  const { clock, screen } = stage;
  screen.lines(howTo(stage));
  const input = createInterface({ input: process.stdin, output: process.stdout, prompt: '\n> ' });
  input.on('SIGINT', () => input.close());
  input.prompt();
  for await (const typed of input) {
    const line = typed.trim();
    if (/^(退出|exit|quit|q)$/i.test(line)) break;
    try {
      if (line !== '') await obey(stage, line);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      screen.lines([error.message]);
    }
    screen.lines([`现在是 ${shownTime(clock.now())}`]);
    input.prompt();
  }
  input.close();
}

async function obey({ emulator, clock, district, talk, screen }: Stage, line: string): Promise<void> {
  const turn = /^\+(\d{1,3})\s*([dhm])$/i.exec(line);
  if (turn) {
    const unit = turn[2]?.toLowerCase();
    const ms = unit === 'd' ? UNIT_MS.d : unit === 'h' ? UNIT_MS.h : UNIT_MS.m;
    return clock.advanceTo(clock.now() + Number(turn[1]) * ms);
  }
  if (/^时间$/.test(line)) return;
  const [, number = '', text = ''] = /^([0-3])\s*(.+)$/.exec(line) ?? [];
  const group = district.groups[Number(number) - 1];
  const { director } = district.people;
  const chatId = group?.chatId ?? (number === '0' ? emulator.control.p2p(director) : undefined);
  const speaker = group?.speaker ?? director;
  const button = /^按\s*(.+)$/.exec(text)?.[1];
  if (!chatId) screen.lines(['没有看懂。请这样写：2 截止 本周　或　+1d　或　时间　或　退出']);
  else if (button) await talk.press(chatId, speaker, button);
  else await talk.say(chatId, speaker, group && !text.includes('@督导助手') ? `@督导助手 ${text}` : text);
}

function howTo({ emulator, district }: Stage): readonly string[] {
  const [, county] = district.groups;
  const said = JSON.stringify({ chatId: county.chatId, openId: county.speaker, text: '@督导助手 截止 本周' });
  return [
    '',
    '接下来由您来试。输入“群号 文字”就是在那个群里@督导助手说话：',
    ...district.groups.map(({ name }, index) => `  ${index + 1}　${name}`),
    '  0　管理员吕壬的单聊',
    '例如：',
    '  2 截止 本周　　在望海区教育工作群里问',
    '  2 按 下一页　　按最近一张卡片上的按钮',
    '  +1d　　　　　　时钟往后拨一天（+2h 两小时，+30m 三十分钟），到点的推送会陆续出现',
    '  时间　　　　　　现在几点',
    '  退出',
    '程序也可以这样说话（另开一个终端）：',
    `  curl -s '${emulator.url}/control/say?wait=1' -H 'content-type: application/json' -d '${said}'`,
    `  curl -s '${emulator.url}/control/chats'`,
    `  curl -s '${emulator.url}/control/chats/${county.chatId}/messages'`,
  ];
}
