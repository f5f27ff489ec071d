import { describe, expect, test } from 'vitest';
import { answers, seats } from './seats.ts';

const { director, supervisor, neighbour, liaison, member, stranger } = seats();

describe('人员 is not for', () => {
  for (const seat of [stranger, member, liaison, member.in('county')])
    answers(seat, [
      ['人员', '只有管理员、督导员可以用，请联系管理员'],
      ['人员 解除 望海区第一中学 朱戊', '可以用，请联系管理员'],
      ['人员 合并 韩丙', '可以用，请联系管理员'],
    ]);
  answers(supervisor, [
    ['人员 解除 望海区第一中学 朱戊', '只有管理员可以更改人员'],
    ['人员 临江区', '您的角色只管所授单位及下属单位'],
  ]);
  answers(neighbour, [
    ['人员 望海区', '您的角色只管所授单位及下属单位'],
    ['人员 解除 望海区第一中学 朱戊', '您的角色只管所授单位及下属单位'],
  ]);

  test('more than the unit of the role', async () => {
    expect(await neighbour.say('人员')).not.toContain('望海区');
    expect(await supervisor.say('人员 望海区')).toContain('望海区财政局');
    expect(await neighbour.say('人员 解除 临江区第一中学 许庚')).toContain('没有关联飞书账号');
  });
});

describe('人员 that is half said', () => {
  answers(director, [
    ['人员 解除', '请写上一个人的单位和姓名'],
    ['人员 返岗', '请写上一个人的单位和姓名'],
    ['人员 合并', '请写上姓名'],
  ]);
});

describe('人员 with bad input', () => {
  answers(director, [
    ['人员 赵六', '通讯录里没有“赵六”'],
    ['人员 火星区', '没有找到单位“火星区”'],
    ['人员 解除 陈甲', '叫“陈甲”的有 2 人'],
    ['人员 解除 望海区 李己', '通讯录里没有“望海区 李己”'],
    ['人员 解除 望海区第一中学 查无此人', '通讯录里没有“望海区第一中学 查无此人”'],
    ['人员 解除 何辛', '没有关联飞书账号，不用解除'],
    ['人员 返岗 朱戊', '没有离任，不用恢复'],
    ['人员 合并 朱戊', '不到两行，不用合并'],
    ['人员 合并 陈甲 1 7', '请写两个不同的行号'],
    ['人员 解除 朱戊 三楼', '没有执行。没看懂“三楼”'],
    ['人员 解除 朱戊 两项督导', '没有执行。没看懂“两项督导”'],
    ['人员 解除 望海区第一中学 临江区 朱戊', '写了 2 个单位（望海区第一中学、临江区）'],
    ['人员 解除 朱戊、韩丙', '写了 2 个人（朱戊、韩丙）'],
    ['人员 朱戊 解除关联 三楼', '没有执行。没看懂“三楼”'],
    ['人员 合并 陈甲 1 2 7', '一次只能合并两行，写了 1、2、7'],
    ['人员 合并 陈甲 1', '没有执行。没看懂“1”'],
    ['人员 合并 查无此人', '通讯录里没有“查无此人”'],
    ['人员 返岗 望海区第一中学的朱戊', '没有离任，不用恢复'],
    ['人员 恢复朱戊在岗', '没有离任，不用恢复'],
    ['还有谁没登记', '还没有关联飞书账号'],
    ['人员 返岗 朱戊 下周起', '没有执行。没看懂“下周起”'],
    ['人员 合并 陈甲 1 2 三楼', '没有执行。没看懂“三楼”'],
    ['人员 合并 陈甲 李庚 韩丙', '一次只能合并两个人'],
    ['人员 合并 陈甲，谢谢', '2 行可能是同一个人'],
    ['人员 删除 朱戊', '人员不能删除。调走、退休请登记离任'],
  ]);
});

test.each(['人员 解除朱戊的关联', '人员 朱戊 解除关联', '人员 解除 望海区第一中学的朱戊'])('%s', async (line) => {
  expect(await director.order(line)).toContain('已解除望海区第一中学 朱戊的飞书账号关联');
});

describe('what is asked in a group is read by the group:', () => {
  const county = director.in('county');

  test('人员 and 角色 list its own people, whoever asks', async () => {
    expect(await county.say('人员')).toMatch(/^(?!.*(?:临江|沈乙|许庚)).*何辛/s);
    expect(await county.say('角色')).toMatch(/^(?!.*临江).*吕壬.*韩丙/s);
    expect(await director.in('unbound').say('人员')).not.toMatch(/何辛|沈乙/);
  });

  answers(county, [
    ['人员 临江区', '这里不能查看“临江区人民政府”'],
    ['人员 解除 临江区人民政府 李己', '本群只能办理本单位及下属单位的人员，“临江区人民政府”请在单聊里办理'],
    ['人员 返岗 临江区人民政府 李己', '本群只能办理本单位及下属单位的人员'],
    ['人员 合并 陈甲 1 2', '本群只能办理本单位及下属单位的人员'],
    ['离任 临江区第一中学 许庚', '本群只能办理本单位及下属单位的人员，“临江区第一中学”请在单聊里办理'],
  ]);
});
