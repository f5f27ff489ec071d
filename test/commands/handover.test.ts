import { describe, expect, test } from 'vitest';
import { answers, seats } from './seats.ts';

const { director, supervisor, neighbour, liaison, member, stranger } = seats();

describe('离任 is not for', () => {
  for (const seat of [stranger, member, liaison, supervisor, member.in('county')])
    answers(seat, [
      ['离任 望海区财政局 王丁', '“离任”只有管理员可以用，请联系管理员'],
      ['接替 望海区教育局 陈甲 何辛', '只有管理员可以用'],
    ]);
  answers(neighbour, [['离任 望海区第一中学 朱戊', '您的角色只管所授单位及下属单位']]);
});

describe('离任 that is half said', () => {
  answers(director, [
    ['离任', '请写上离任人员的单位和姓名'],
    ['接替', '请写上离任人员的单位和姓名'],
    ['离任 朱戊', '登记离任', '确认'],
    ['何辛调走了', '望海区实验小学 何辛离任'],
  ]);
});

describe('离任 in everyday words', () => {
  const BOTH = '望海区教育局 陈甲离任，由望海区实验小学 何辛接替';
  answers(director, [
    ['离任 望海区教育局陈甲主任 由何辛同志接替', BOTH],
    ['离任 望海区教育局 陈甲，工作移交给望海区实验小学何辛', BOTH],
    ['接替 望海区教育局陈甲、何辛', BOTH],
    ['离任 望海区教育局 陈甲，接替人：何辛', BOTH],
    ['离任 望海区教育局 陈甲 → 望海区实验小学 何辛', BOTH],
    ['离任 朱戊 望海区第一中学', '望海区第一中学 朱戊离任'],
    ['朱戊已经调离', '朱戊离任'],
  ]);
});

test('the unit’s group and the successor hear of it, and the answer says whom it did not reach', async () => {
  const confirmed = async (line: string) => {
    const preview = await director.say(line);
    return director.order(/离任 \S+ .+ 确认 \w{6}/.exec(preview)?.[0] ?? preview);
  };
  const answer = await confirmed('离任 望海区教育局 陈甲 何辛');
  expect(answer).toContain('已告知 1 个群、1 人：望海区工作群、陈甲（望海区教育局）');
  expect(answer).toContain('没有告知：何辛（未关联飞书账号');
  expect(await confirmed('离任 望海区第一中学 朱戊')).toContain('已告知 1 个群、1 人：望海一中群、朱戊');
});

describe('离任 with bad input', () => {
  answers(director, [
    ['离任 钱多多', '通讯录里没有“钱多多”'],
    ['离任 陈甲', '叫“陈甲”的有 2 人'],
    ['离任 望海区第一中学 朱戊 三楼', '没有“三楼”'],
    ['离任 朱戊 两项督导', '通讯录里没有“两项督导”'],
    ['离任 临江区 望海区第一中学 朱戊', '没看懂“临江区 望海区第一中学”：单位写在各人姓名的前面'],
    ['离任 望海区第一中学 朱戊 临江区', '没看懂“临江区”'],
    ['离任 朱戊 朱戊', '“朱戊”写了两次'],
    ['离任 朱戊 何辛 下月起', '“下月起”'],
    ['离任 朱戊 赵六', '通讯录里没有“赵六”'],
    ['离任 朱戊 何辛 许庚', '一次只能登记一个人离任，这里写了 朱戊、何辛、许庚'],
    ['离任 吕壬', '是最后一位管理员'],
    ['离任 恢复 韩丙', '人员 返岗 单位 姓名'],
    ['离任 朱戊 确认 ABCDEF', '情况有变化，请重新核对'],
  ]);
});
