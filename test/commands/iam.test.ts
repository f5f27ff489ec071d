import { describe, expect, test } from 'vitest';
import { answers, seats } from './seats.ts';

const { director, neighbour, liaison, member, stranger } = seats();

describe('我是 that is half said', () => {
  answers(stranger, [
    ['我是', '请写上姓名，例如：我是'],
    ['我是 确认', '请写上卡片里的8位代码'],
    ['我是 望海区教育局', '请写上姓名'],
  ]);
});

describe('我是 with bad input', () => {
  answers(stranger, [
    ['我是 钱多多', '通讯录里没有“钱多多”'],
    ['我叫 陈甲', '叫“陈甲”的有 2 人', '我是 '],
    ['我是 望海区教育局 何辛', '通讯录里没有', '何辛'],
    ['我是 望海区第一中学 朱戊 三楼', '没有执行。没看懂“三楼”'],
    ['我是 朱戊、何辛', '写了 2 个人（朱戊、何辛）'],
    ['我是 望海区 临江区 朱戊', '写了 2 个单位（望海区、临江区）'],
  ]);
  answers(director, [
    ['我是 确认 K7QM3XPA', '没有等待确认的“K7QM3XPA”'],
    ['我是 确认 K7QM3XPA 三楼', '没有执行。没看懂“三楼”'],
  ]);
  const known = '您已登记为：望海区第一中学 朱戊';
  answers(liaison.in('school'), [
    ['我叫朱戊', known],
    ['我是望海区第一中学的朱戊老师', known],
    ['我是来自望海区第一中学办公室的朱戊，请多关照', known],
    ['我叫朱戊，是望海区第一中学教务处的干事', known],
    ['我是朱戊，望海区第一中学的，谢谢', known],
    ['我是望海区第一中学德育处主任朱戊', known],
    ['我是朱戊，望海区第一中学的联络员', known],
    ['我是望海区第一中学负责督导工作的朱戊', known],
  ]);
});

test('who asks again while it waits has asked once: the code that the administrators have goes on holding', async () => {
  const codeIn = (answer: string) => /我是 确认 (\w+)/.exec(answer)?.[1] ?? '';
  const first = codeIn(await stranger.order('我是 望海区实验小学 何辛'));
  const again = await stranger.say('我是 何辛');
  expect(again).toContain('还在等管理员确认：您是望海区实验小学 何辛');
  expect(codeIn(again)).toBe(first);
  expect(codeIn(await stranger.in('county').say('我是 望海区实验小学 何辛'))).toBe(first);
  expect(await director.order(`我是 确认 ${first}`)).toContain('已确认：望海区实验小学 何辛');
});

test('who names somebody else meanwhile has asked anew: the former code confirms nobody', async () => {
  const codeIn = (answer: string) => /我是 确认 (\w+)/.exec(answer)?.[1] ?? '';
  const first = codeIn(await stranger.order('我是 望海区实验小学 何辛'));
  const second = codeIn(await stranger.order('我是 望海区第一中学 朱戊'));
  expect(second).not.toBe(first);
  expect(await director.say(`我是 确认 ${first}`)).toContain('或者对方又登记了别的姓名');
});

test('who is told of a refusal and is nobody of the address book is called no administrator', async () => {
  const waiting = await stranger.in('county').order('我是 望海区实验小学 何辛');
  const refused = await director.order(`我是 拒绝 ${/我是 确认 (\w+)/.exec(waiting)?.[1] ?? ''}`);
  expect(refused).toContain('已告知 1 人：一位还没有登记姓名的人');
});

test('who is somebody already is asked before the account becomes a second one, and the administrator reads of it', async () => {
  const asked = await liaison.say('我是 望海区实验小学 何辛');
  expect(asked).toContain('还没有登记：您的账号已经是 望海区第一中学 朱戊。要再登记为 望海区实验小学 何辛 吗？');
  expect(asked).toContain('按【再登记】：run 我是 望海区实验小学 何辛 确认');
  const waiting = await liaison.order('我是 望海区实验小学 何辛 确认');
  expect(waiting).toContain('已收到：您是望海区实验小学 何辛');
  expect(waiting).toContain('这个账号已经登记为 望海区第一中学 朱戊');
  expect(await liaison.in('school').say('我是 望海区实验小学 何辛')).not.toContain('按【再登记】');
});

test('who asks to be somebody whom another account is, is told that an administrator looks at it; nothing changes until then', async () => {
  const waiting = await stranger.order('我是 望海区第一中学 朱戊');
  expect(waiting).toContain('通讯录里的这个人已登记过另一个账号，请管理员注意核实');
  expect(await liaison.say('我叫朱戊')).toContain('您已登记为：望海区第一中学 朱戊');
  expect(await stranger.say('我的')).toContain('还不知道您是谁');
});

describe('who somebody is, is not settled by', () => {
  answers(member, [
    ['我是 确认 K7QM3XPA', '只有管理员可以确认身份'],
    ['我是 拒绝 K7QM3XPA', '只有管理员可以确认身份'],
  ]);
  answers(stranger, [['我是 确认 K7QM3XPA', '只有管理员可以确认身份']]);

  test('an administrator of another county', async () => {
    const waiting = await stranger.in('county').order('我是 望海区实验小学 何辛');
    const code = /我是 确认 (\w+)/.exec(waiting)?.[1] ?? '';
    expect(await neighbour.say(`我是 确认 ${code}`)).toContain('您的角色只管所授单位及下属单位');
    expect(await stranger.say('我的')).toContain('还不知道您是谁');
    const confirmed = await director.order(`我是 确认 ${code}`);
    expect(confirmed).toContain('已确认：望海区实验小学 何辛');
    expect(confirmed).toContain('已告知 1 人：何辛（望海区实验小学）');
    expect(await director.say(`我是 确认 ${code}`)).toContain('没有等待确认的');
  });
});

test('a phone number beside the name is not kept, and it is said', async () => {
  for (const line of ['我是望海区实验小学 何辛 13900000015', '我是何辛，我的手机号是13900000015']) {
    const said = stranger.in('county');
    const answer = await (line.includes('手机号') ? said.say(line) : said.order(line));
    expect(answer).toContain('：您是望海区实验小学 何辛');
    expect(answer).toContain('手机号没有记下');
  }
});
