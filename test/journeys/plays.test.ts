import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Performance, perform, playThrough } from '../support/play/perform.ts';
import { readPlay } from '../support/play/read-play.ts';

const PLAYS = new URL('../plays/', import.meta.url);
const plays = readdirSync(PLAYS).map((file) => ({ file, play: readPlay(readFileSync(new URL(file, PLAYS), 'utf8')) }));
const onHomes = plays.flatMap(({ file, play }) =>
  play.setting.homes.map((home) => ({
    home,
    file,
    play,
    subject: `play_${basename(file, '.play').replace(/\W/g, '_')}`,
  })),
);

test.each(onHomes)('$file goes as written on $home: $play.title', async ({ home, play, subject }) => {
  const transcript: string[] = [];
  const wrong = await playThrough(play, home, subject, (line) => transcript.push(line));
  expect(wrong, transcript.join('\n')).toEqual([]);
});

test('every play says in its first line what it shows', () => {
  expect(plays.filter(({ play }) => play.title.length < 5).map(({ file }) => file)).toEqual([]);
});

const HEAD = '世界 样区 2026-04-20 09:00';

test('a play that goes otherwise names each line that does not hold, and ends with the step that cannot be done', async () => {
  const play = readPlay(`# 题目
${HEAD}
朱戊 望海群：日程 本周
  见 综合督导
  见 火星…督导
  不见 综合…招生收费
  沉默
  临江群 见 综合督导
  一中群 沉默
吕壬 望海群：通知 停电
  未写
  见 通知 1 市教育局督导室　吕壬
陈甲 私聊：我的
吕壬 私聊：帮助`);
  const transcript: string[] = [];
  const wrong = await playThrough(play, 'SQLite', 'play_otherwise', (line) => transcript.push(line));
  expect(wrong).toEqual([
    '第 5 行：见 火星…督导　来的里面没有',
    '第 6 行：不见 综合…招生收费　来的里面有',
    '第 7 行：沉默　来了 1 条',
    '第 8 行：临江群 见 综合督导　什么也没有来',
    expect.stringMatching(/^第 11 行：未写　写了：.*notice/),
    '第 13 行：有两个陈甲，请写：望海陈甲、临江陈甲',
  ]);
  const shown = transcript.join('\n');
  expect(shown).toMatch(/✓ 见 综合督导\n {2}✗ 见 火星…督导　来的里面没有/);
  expect(shown).not.toContain('吕壬 私聊：帮助');
});

describe('what nobody could do is no step, and the way is said', () => {
  let performance: Performance;
  const done = async (...lines: readonly string[]): Promise<void> => {
    for (const { step } of readPlay([HEAD, ...lines].join('\n')).steps) await performance.step(step);
  };
  beforeAll(async () => {
    performance = await perform(readPlay(HEAD).setting, 'SQLite', 'play_steps', () => {});
    await done('吕壬 望海群：提醒 新增', '吕壬 市局群：人员 望海区教育局');
  });
  afterAll(() => performance.close());

  test.each([
    ['陈甲 市局群：我的', '有两个陈甲'],
    ['吕壬 市局群：角色 授予 联络员 @陈甲 望海区', '有两个陈甲'],
    ['临江陈甲 望海群：我的', '临江陈甲不在望海群里'],
    ['张三 望海群：我的', '没有“张三”这个人；有：吕壬、'],
    ['吕壬 岛湾群：我的', '没有“岛湾群”这个群；有：市局群、'],
    ['时间 08:00', '时间不能往回拨，现在是 2026-04-20 09:0'],
    ['吕壬 私聊 发文件 没有.xlsx', '没有文件“没有.xlsx”'],
    ['过路人 私聊 回复：取消', '过路人 私聊里没有可以回复的消息'],
    ['吕壬 市局群 按 解除', '市局群里没有【解除】；最近一张卡片：【解除关联】'],
    ['吕壬 市局群 填 解除关联：原因=换人', '市局群里没有提交按钮是【解除关联】的表单'],
    ['吕壬 望海群 填 新增提醒：哪天=每周', '表单里没有“哪天”；有：哪些天发、周几'],
    ['吕壬 望海群 填 新增提醒：哪些天发=每三周', '“哪些天发”里没有“每三周”；有：每个工作日、每天'],
    ['吕壬 望海群 填 新增提醒：几点=九点', '“几点”这样填：09:00'],
    ['新人 朱戊', '已经有朱戊了'],
    ['建群 望海群：吕壬', '已经有望海群了'],
  ])('%s', async (line, why) => {
    await expect(done(line)).rejects.toThrow(why);
  });

  test('of namesakes in a group the one who is there speaks, and the one who is called by label is meant', async () => {
    await done('陈甲 临江群：我的');
    expect(performance.look({ kind: 'sees', text: '临江区教育局 陈甲' })).toBeUndefined();
    await done('吕壬 市局群：角色 授予 联络员 @临江陈甲 临江区');
    expect(performance.look({ kind: 'sees', text: '临江区教育局 陈甲' })).toBeUndefined();
    expect(performance.look({ kind: 'silent', place: { direct: '望海陈甲' } })).toBeUndefined();
    expect(() => performance.look({ kind: 'silent', place: { group: '岛湾群' } })).toThrow('没有“岛湾群”这个群');
  });

  test('a file goes first and the text answers it; a newcomer with a number is known a day later', async () => {
    await done('新人 何辛 13900000014', '建群 实小群：何辛、吕壬', '吕壬 实小群：绑定 望海区实验小学');
    await done('时间 2026-04-21 09:20');
    await done('何辛 私聊：我的');
    expect(performance.look({ kind: 'sees', text: '望海区实验小学 何辛' })).toBeUndefined();
    await done('望海陈甲 望海群：进展 T1 40% 见附件 ［文件 自查表.xlsx］');
    expect(performance.look({ kind: 'sees', text: '40%，附材料 1 份' })).toBeUndefined();
  });
});

test('outside the tests the same lines are answered one by one, by whoever types them', async () => {
  const main = fileURLToPath(new URL('../support/play/main.ts', import.meta.url));
  const typed = [
    '望海陈甲 私聊：我的',
    '看不懂',
    '吕壬 私聊：',
    '| 任务 T1',
    '| 任务 T2',
    '',
    '见 T3',
    '世界 空 2026-05-06 08:00',
    '退出',
  ];
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const child = execFile(process.execPath, [main, '-'], (error, out) => (error ? reject(error) : resolve(out)));
  child.stdin?.end(typed.join('\n'));
  const shown = await promise;
  expect(shown).toMatch(/望海陈甲　望海区教育局联络员.*望海群　吕壬、望海陈甲、朱戊、过路人.*怎么写/s);
  expect(shown).toMatch(/2026-04-20 09:00　望海陈甲 私聊：我的\n.*望海区教育局 陈甲.*报送自查报告/s);
  expect(shown).toContain('没有看懂“看不懂”。（输入“怎么写”看写法）');
  expect(shown).toMatch(/\| 任务 T1\n {2}\| 任务 T2\n.*报送自查报告.*化解大班额.*✗ 见 T3/s);
  expect(shown).toMatch(/还没有群，机器人里还没有任何数据。\n管理员认领码：\S+/);
});
