import { heading, section } from '../../cards/kit.ts';
import type { Doc } from '../../cards/views.ts';
import { type Action, isAction, whoMay } from '../../domain/people/rights.ts';

interface CommandLine {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly examples: readonly string[];
  readonly allow: 'anyone' | 'member' | 'administrator' | Action;
}

const whoOf = (allow: CommandLine['allow']): string =>
  allow === 'administrator' ? '（管理员）' : isAction(allow) ? `（${whoMay(allow)}）` : '';

/** 帮助: five example lines first, the list of commands after them (S0.7: no manual). */
export function helpDoc(
  commands: readonly CommandLine[],
  place: { readonly type: 'group' | 'p2p'; readonly about?: string | undefined; readonly next?: string | undefined },
): Doc {
  const examples = ['日程 明天', '日程 下周 望海区', '截止 本周', '清单 一票否决', '我的'];
  return {
    title: '督导助手能做什么',
    ...(place.about && { subtitle: place.about }),
    tone: 'normal',
    summary: '查督导日程、到期事项和评估细则',
    blocks: [
      {
        kind: 'text',
        text: [place.type === 'group' ? '在群里先@督导助手，再写一句话，例如：' : '直接写一句话，例如：'],
      },
      { kind: 'entries', entries: examples.map((example) => ({ head: [{ strong: example }] })) },
      ...(place.next ? [{ kind: 'text', text: [{ strong: place.next }] } as const] : []),
      heading('全部命令'),
      {
        kind: 'table',
        columns: [
          { key: 'usage', title: '写法' },
          { key: 'summary', title: '用途' },
        ],
        rows: commands.map(({ usage, summary, allow }) => ({
          usage,
          summary: `${summary}${whoOf(allow)}`,
        })),
      },
    ],
    footer: '一个命令的写法和例子：帮助 提醒。每个工作日早上自动推送当天日程和截止提醒。',
    query: '帮助',
  };
}

/** 帮助 提醒: how one command is written, on a screen of a phone. */
export function commandDoc({ name, usage, summary, examples, allow }: CommandLine): Doc {
  return {
    title: `怎么用：${name}`,
    tone: 'normal',
    summary: `${name}：${summary}${whoOf(allow)}`,
    blocks: [
      { kind: 'text', text: [`${summary}${whoOf(allow)}`] },
      section('写法'),
      // A bar within brackets parts words; outside of them it parts ways to write the line.
      { kind: 'entries', entries: usage.split(/ [|·] (?![^[]*\])/).map((way) => ({ head: [way] })) },
      section('例子'),
      { kind: 'entries', entries: examples.map((example) => ({ head: [{ strong: example }] })) },
    ],
    footer: '方括号里的可以不写；竖线隔开的选一个。发送“帮助”看全部命令。',
    query: `帮助 ${name}`,
  };
}
