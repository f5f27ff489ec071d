import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { moment } from '../commands/district.ts';
import { type Seat, seats } from '../commands/seats.ts';

interface Line {
  readonly who: string;
  readonly where: string;
  readonly text: string;
  /** What a right answer does. */
  readonly right: string;
}
const { lines } = JSON.parse(readFileSync(new URL('../fixtures/utterances-more.json', import.meta.url), 'utf8')) as {
  readonly lines: readonly Line[];
};

const { director, supervisor, neighbour, liaison, member, stranger, to } = seats();
const SEATS: Readonly<Record<string, Seat>> = {
  朱戊: liaison,
  陈甲: member,
  周丙: neighbour,
  吕壬: director,
  韩丙: supervisor,
  过路人: stranger,
};
const GROUPS = { 'school group': 'school', 'district group': 'county', 'city group': 'city' } as const;
const seatOf = ({ who, where }: Line): Seat => {
  const seat = SEATS[/^\p{Script=Han}+/u.exec(who)?.[0] ?? ''];
  if (!seat) throw new Error(who);
  const group = GROUPS[where as keyof typeof GROUPS];
  return group ? seat.in(group) : seat;
};

/** Nothing was done, and it says that it was not understood, what it lacks, or what to send instead. */
const NOT_ANSWERED =
  /没有看懂|没有记下|没有登记|没有执行|请这样发|像是农历|请写全称|没有找到|通讯录里没有|这里没有|没有要倒计时的节点|最近没有发过|请分开/;

/** What is answered: in these words, which is what `right` of the line asks for or says of itself what it left out. */
const ANSWERED: Readonly<Record<string, RegExp>> = {
  今天谁来我们学校检查: /今天.*望海区第一中学/s,
  督导日呈: /督导日程 · 今天/,
  五一期间有安排吗: /5月1日—5日没有督导安排/,
  督导组几点到: /今天.*望海区第一中学/s,
  我们区月底前要交哪些材料: /4月20日—30日前共/,
  那个自查报告什么时候交啊: /“自查报告”共 1 项.*报送自查报告/s,
  '今天有督导吗 另外这周要交什么': /督导日程 · 今天.*截止提醒 · 4月20日—26日/s,
  '日程 今天\n截止 本周\n我的': /督导日程 · 今天.*截止提醒 · 4月20日—26日.*我的/s,
  帮我查一下韩组长这周去哪儿: /4月20日—26日.*没有理解“韩”/s,
  'T3 谁负责': /牵头：望海区财政局\n配合：望海区教育局\n责任人：王丁/,
  韩丙李庚明天各去哪里: /韩丙、李庚 明天.*韩丙明天.*没有督导安排.*临江区第一中学/s,
  麻烦问一下后天上午十点半那个督导是谁带队呀: /后天.*没有理解“十点半那”.*组长：韩丙/s,
  逾期的有哪些单位: /望海区教育局 1 项/,
  全市还有几项没完成: /没有完成的共 6 项/,
  明年三月有什么安排: /2027年3月1日—31日没有督导安排.*节假日安排尚未公布/s,
  端午前要交的: /4月20日—6月18日前/,
  一票否决的有哪几条: /一票否决/,
  '5月9号是不是要上班': /5月9日（周六）是调休工作日，要上班/,
  今晚别推送了: /请这样发/,
  上个月查了多少所学校: /3月1日—31日没有督导安排。下一次/,
  '收到，谢谢领导，马上安排': /本群最近没有要确认的通知/,
  你好: /督导助手能做什么/,
  下个月第一周有没有督导: /5月4日—10日共 2 项督导安排/,
  我明天去哪: /我的 明天.*没有督导安排/s,
};
/** What is done at once, because it is right and complete. */
const DONE: Readonly<Record<string, RegExp>> = {
  把明天临江一中的督导改到周四上午: /已延期.*4月21日（周二）下午 → 4月23日（周四）上午/s,
  导出本月的督导安排表: /督导日程表.*4月/s,
};

test('all 61 lines that were collected are in the table', () => {
  expect(lines).toHaveLength(61);
  const known = new Set(lines.map(({ text }) => text));
  expect([...Object.keys(ANSWERED), ...Object.keys(DONE)].filter((text) => !known.has(text))).toEqual([]);
});

test.each(lines)('“$text” of $who is not answered wrongly: $right', async (line) => {
  to(moment('2026-04-20', '09:10'));
  const done = DONE[line.text];
  const answer = done ? await seatOf(line).order(line.text) : await seatOf(line).say(line.text);
  expect(answer).toMatch(done ?? ANSWERED[line.text] ?? NOT_ANSWERED);
});
