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
    ['角色 授予', '请写明角色。可以授予的角色：管理员、督导员（'],
    ['角色 授予 管理员', '请@要授予或撤销的人'],
    ['角色 授予 @过路人', '请写明角色'],
    ['角色 管理员 @过路人', '请写明“授予”还是“撤销”'],
    ['角色 授予 联络员 @过路人', '请写上联络员的单位'],
  ]);
});

describe('a wider role than is written is not given', () => {
  answers(director.in('county'), [
    ['角色 授予 督学 @朱戊', '朱戊的督学管哪些单位？还没有授予'],
    ['角色 授予 督学 李庚', '还没有关联飞书账号'],
    ['任命 @朱戊 为责任督学', '朱戊的督学管哪些单位？还没有授予'],
    ['角色 授予 观察员 @朱戊 全部单位', '请写上观察员的单位'],
    ['角色 授予 观察员 @朱戊', '请写上观察员的单位'],
    ['角色 授予 总督学 @朱戊 望海区', '没有“总督学”这个角色'],
    ['角色 授予 督导员助理 @朱戊 望海区', '没有“督导员助理”这个角色'],
    ['角色 授予 副管理员 @朱戊', '没有“副管理员”这个角色'],
    ['角色 授予 联络员、督导员 @朱戊 望海区', '一次只能写一个角色'],
    ['角色 授予 督导员 @朱戊 火星区', '没有找到单位“火星区”'],
    ['角色 授予 管理员 @朱戊 城东片', '没有看懂“城东片”'],
    ['角色 授予 督导员 @朱戊 望海区、临江区', '写了 2 个单位（望海区、临江区）'],
    ['角色 授予 督导员 @朱戊 望海区 全部单位', '请只写一个'],
    ['角色 授予 督导员 @朱戊', '朱戊的督导员管哪些单位？还没有授予', '【望海区第一中学】'],
    ['角色 授予 督导员 @韩丙', '【望海区人民政府】', '【临江区人民政府】', '【全部单位】'],
    ['角色 授予 督导员 望海区教育局 陈甲', '【望海区人民政府】'],
    ['角色 授予 领导 @朱戊', '朱戊的领导管哪些单位？还没有授予'],
    ['角色 督学 @朱戊', '请写明“授予”还是“撤销”'],
    ['角色 撤销 督学 @朱戊', '没有“督学”这个角色'],
    ['角色 授予 联络员 @朱戊 全部单位', '请写上联络员的单位'],
  ]);
});

describe('角色 with bad input', () => {
  answers(director.in('county'), [
    ['角色 授予 联络员 陈甲', '叫“陈甲”的有 2 人'],
    ['角色 授予 联络员 望海区财政局 王丁', '还没有关联飞书账号'],
    ['角色 授予 管理员 @过路人 @朱戊', '一次只能写一个人'],
    ['角色 授予 联络员 @过路人 望海区第一中学 临时的', '没有看懂“临时”'],
    ['角色 授予 联络员 @过路人 陈甲 望海区第一中学', '一次只能写一个人（写了过路人、陈甲）'],
    ['角色 授予 联络员 @过路人 望海区第一中学 撤销', '没有看懂“授予”'],
    ['角色 授予 联络员 临江区 望海区教育局 陈甲', '姓名前只能写一个单位（写了临江区、望海区教育局）'],
    ['角色 授予 联络员 @李四四 望海区', '“@李四四”不是从@列表里选的人'],
    ['角色 三楼', '没用上“三楼”'],
    ['角色 授予 联络员 @过路人 望海区第一中学 三楼', '没有看懂“三楼”'],
    ['角色 授予 督导员 @过路人 望海区 两项督导', '没看懂“两项督导”'],
    ['角色 授予 督导员 @过路人 望海区 临江区', '写了 2 个单位（望海区、临江区）'],
    ['角色 授予 督导员 @过路人 望海区 下周起', '没有看懂“下周起”'],
    ['角色 授予 联络员 钱多多', '写上单位和姓名'],
    ['角色 授予 联络员 @过路人 火星区', '没有找到单位“火星区”'],
    ['角色 撤销 督导员 @朱戊', '没有“督导员”这个角色'],
    ['角色 授予 联络员 @朱戊 望海区第一中学', '已经是联络员'],
  ]);

  test('the last administrator of everything cannot go', async () => {
    expect(await director.say('角色 撤销 管理员 @吕壬')).toContain('是最后一位管理员，不能撤销');
  });
});

test.each(['角色', '谁是管理员', '管理员是谁', '我有什么角色', '管理员名单', '角色 列表'])(
  '“%s” is a question without a word too many',
  async (line) => {
    expect(await director.say(line)).not.toContain('没用上');
  },
);

test('somebody of a county is not offered the whole district', async () => {
  for (const line of ['角色 授予 督导员 @朱戊', '角色 授予 督学 望海区教育局 陈甲'])
    expect(await director.say(line)).not.toContain('全部单位】');
});

test('督学 is a role of its own, and says whose it is', async () => {
  expect(await director.order('角色 授予 督学 韩丙 望海区')).toContain('督学（望海区人民政府）');
  expect(await supervisor.say('角色')).toMatch(/督学（望海区人民政府）.*督导员（望海区人民政府）|督导员.*督学/s);
  expect(await director.say('角色')).toMatch(/督导员 1 人.*督学 1 人/s);
});

test('granting again with a narrower unit narrows, and says so; what stays beside it is said too', async () => {
  await director.order('角色 授予 督导员 韩丙 全部单位');
  const answer = await director.order('角色 授予 督导员 韩丙 望海区第一中学');
  expect(answer).toContain('不再是：督导员（全部单位）、督导员（望海区人民政府）');
  expect(await supervisor.say('角色')).toMatch(/^.*您的角色：督导员（望海区第一中学）$/m);
  expect(await director.order('角色 授予 督导员 韩丙 临江区')).toContain('原有的仍然有效：督导员（望海区第一中学）');
});

test('an administrator of everything is not locked out by a narrower word', async () => {
  expect(await director.order('角色 授予 管理员 吕壬 望海区')).toContain('原有的仍然有效：管理员');
});

test('the liaison of the address book stands as such, acts without a grant, and is none when an administrator says so', async () => {
  expect(await director.say('角色')).toMatch(/联络员 \d+ 人.*陈甲.*望海区教育局　随通讯录/s);
  expect(await member.say('角色')).toMatch(/联络员（望海区教育局）.*随通讯录/s);
  expect(await member.order('导出 任务')).toContain('望海区');
  expect(await director.order('角色 撤销 联络员 望海区教育局 陈甲')).toMatch(
    /已撤销.*联络员（望海区教育局）.*再导入也不会恢复/s,
  );
  expect(await member.say('角色')).toContain('您没有角色');
  expect(await member.say('导出 任务')).toContain('只有管理员、督导员、督学、领导、联络员可以用');
  expect(await director.order('角色 授予 联络员 望海区教育局 陈甲')).toContain('联络员（望海区教育局）');
});
