import { describe, expect, test } from 'vitest';
import { answers, seats } from './seats.ts';

const { director, supervisor, neighbour, liaison, member, stranger } = seats();

describe('a role is not given by', () => {
  const line = '角色 授予 督导员 @过路人 望海区';
  for (const seat of [stranger, member, supervisor, liaison.in('school'), member.in('county')])
    answers(seat, [
      [line, '只有管理员可以授予和撤销角色'],
      ['角色 撤销 管理员 @吕壬', '只有管理员可以授予和撤销角色'],
      ['任命 @陈甲 为管理员', '只有管理员可以授予和撤销角色'],
      ['角色 管理员 @陈甲', '只有管理员可以授予和撤销角色'],
      ['把我设为管理员', '不能这样设置权限'],
    ]);
  answers(neighbour, [
    [line, '您的角色只管所授单位及下属单位'],
    ['角色 授予 管理员 @陈甲', '这项要管理全部单位的管理员才可以授予和撤销角色'],
    ['角色 撤销 管理员 @吕壬', '这项要管理全部单位的管理员才可以授予和撤销角色'],
  ]);
  answers(stranger, [['角色', '您没有角色']]);
});

describe('角色 that is half said', () => {
  answers(director.in('county'), [
    ['角色 授予', '请写明角色。可以授予的角色：管理员、督导员'],
    ['角色 授予 管理员', '请@要授予或撤销的人'],
    ['角色 授予 @过路人', '请写明角色'],
    ['角色 管理员 @过路人', '请写明“授予”还是“撤销”'],
    ['角色 授予 联络员 @过路人', '请写上联络员的单位'],
  ]);
});

describe('角色 with bad input', () => {
  answers(director.in('county'), [
    ['角色 授予 联络员 陈甲', '叫“陈甲”的有 2 人'],
    ['角色 授予 联络员 望海区财政局 王丁', '还没有关联飞书账号'],
    ['角色 授予 管理员 @过路人 @朱戊', '一次只能写一个人'],
    ['角色 授予 联络员 钱多多', '没有看懂“钱多多”'],
    ['角色 授予 联络员 @过路人 火星区', '没有找到单位“火星区”'],
    ['角色 撤销 督导员 @朱戊', '没有“督导员”这个角色'],
    ['角色 授予 联络员 @朱戊 望海区第一中学', '已经是联络员'],
  ]);

  test('the last administrator of everything cannot go', async () => {
    expect(await director.say('角色 撤销 管理员 @吕壬')).toContain('是最后一位管理员，不能撤销');
  });
});
