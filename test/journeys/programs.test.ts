import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MessageView } from '../../src/emulator/message-view.ts';
import { openWorld, shanghai, type World } from '../support/world.ts';
import { boundGroup, claim, importDistrict, mentioned, type People, people } from './district.ts';

const WAITING = `望海区迎接2026年“两项督导”任务分解表
序号,任务内容,牵头单位,配合单位,责任人,完成时限
21,布置迎检现场,望海区教育局,,陈甲,市级核查前3日
`;

/** Friday 17 April 2026. 望海区 and 临江区 each run a program called 两项督导, from their task tables. */
let world: World;
let who: People;
let wanghai: string;
let linjiang: string;
beforeAll(async () => {
  world = await openWorld('SQLite', shanghai('2026-04-17', '10:00'), 'journey_programs');
  await importDistrict(world);
  await world.importTable('望海区任务分解表（二）.csv', WAITING);
  who = people(world);
  await claim(world, who);
  wanghai = await boundGroup(world, '望海区工作群', '望海区', [who.wanghai], who);
  linjiang = await boundGroup(world, '临江区工作群', '临江区', [who.linjiang], who);
  await world.to(shanghai('2026-04-17', '10:10'));
  world.fresh(wanghai);
  world.fresh(linjiang);
});
afterAll(() => world.close());

const direct = (openId: string) => world.lark.control.p2p(openId);
const privately = (text: string, openId = who.director) => world.ask(direct(openId), openId, text);
const grouped = (text: string, openId = who.director) => world.ask(wanghai, openId, `@督导助手 ${text}`);
const heard = (chatId: string) => world.fresh(chatId).map(({ text }) => text);

describe('milestones', () => {
  test('a vague one is understood in words, and is counted as about', async () => {
    const answer = await grouped('专项 节点 两项督导 市级核查 5月中旬');
    expect(answer).toContain('新增节点“市级核查”：5月中旬（约 5月11日—20日，日期未定）');
    expect(answer).toContain('距市级核查约 14 个工作日');
    expect(await grouped('距市级核查还有几天', who.wanghai)).toContain('自然日约 24 天');
  });

  test('when it gets its day, the deadlines that hang on it move, and each group concerned is told once', async () => {
    expect(await grouped('截止 5月15日前', who.wanghai)).toMatch(
      /约还剩 12 个工作日 布置迎检现场.*截止：约 5月8日（周五）（原文：市级核查前3日）/s,
    );
    heard(wanghai);
    // From the direct chat, so that the group is told and not answered.
    const answer = await privately('专项 节点 望海区 两项督导 市级核查 5月12日');
    expect(answer).toContain('由 5月中旬（约 5月11日—20日，日期未定） 改为 5月12日（周二）');
    expect(answer).toMatch(/1 项截止日随之变动。\s+已告知 1 个群：望海区工作群。/);
    const [notice, ...more] = world.fresh(wanghai);
    expect(more).toEqual([]);
    expect(notice?.text).toContain('【变更】两项督导节点');
    expect(notice?.text).toMatch(/布置迎检现场.*截止：约 5月8日（周五） → 5月9日（周六）.*市级核查前3日/s);
    expect(mentioned(notice)).toEqual([who.wanghai]);
    expect(heard(linjiang)).toEqual([]);

    expect(await privately('专项 节点 望海区两项督导 市级核查改为5月14日')).toContain(
      '5月12日（周二） 改为 5月14日（周四）',
    );
    expect(heard(wanghai)).toEqual([expect.stringContaining('5月9日（周六） → 5月11日（周一）')]);
    expect(await privately('专项 节点 望海区 两项督导 市级核查 5月14日')).not.toContain('随之变动');
    expect(heard(wanghai)).toEqual([]);
  });

  test('the road map and the countdown show what is next, in working and calendar days', async () => {
    await grouped('专项 节点 两项督导 省级评估 6月');
    await grouped('专项 节点 两项督导 国家认定 待定');
    const map = await grouped('专项 两项督导', who.wanghai);
    // 17 April to 14 May: the holiday of five days, and Saturday 9 May worked.
    expect(map).toContain('下一步：距市级核查还有 17 个工作日');
    expect(map).toMatch(/市级核查.*省级评估.*国家认定的日期还没有定/s);
    expect(map).toContain('任务 6 项，已办结 0 项，未办结 6 项');
    expect(await grouped('望海区 两项 路线图', who.wanghai)).toBe(map);
    const count = await grouped('倒计时', who.wanghai);
    expect(count).toMatch(
      /距市级核查还有 17 个工作日.*5月14日（周四）　自然日 27 天.*距省级评估约 29 个工作日.*6月（约 6月1日—30日/s,
    );
    expect(await grouped('省级评估之前还剩几天')).not.toContain('市级核查');
    expect(await grouped('离国检还有多少天')).toContain('没有找到叫“国检”的节点');
    expect(await world.ask(linjiang, who.linjiang, '@督导助手 倒计时')).toContain('没有要倒计时的节点');
  });
});

test('a milestone is set by the card’s form as by the line, and a supervisor does it for the units of the grant', async () => {
  const submit = (card: MessageView | undefined, formValue: Record<string, unknown>, by = who.director) =>
    world.lark.control.press(card?.messageId ?? '', by, { name: 'submit', formValue });
  const form = async (openId = who.director) => (await world.say(wanghai, openId, '@督导助手 专项 节点 两项督导'))[0];
  expect(await submit(await form(), { name: '中期调度', day: '2026-05-20 +0800' })).toMatchObject({
    toast: { type: 'success' },
  });
  expect(await grouped('专项 两项督导')).toMatch(/距中期调度.*5月20日（周三）/s);
  expect(await submit(await form(), { name: '中期调度' })).toMatchObject({ toast: { type: 'warning' } });

  await grouped('角色 授予 督导员 @陈甲 望海区');
  expect(await submit(await form(who.wanghai), { name: '中期调度', words: '5月下旬' }, who.wanghai)).toMatchObject({
    toast: { type: 'success' },
  });
  expect(await grouped('专项 新增 别区的专项 临江区', who.wanghai)).toContain('您的角色只管所授单位及下属单位');
  for (const line of ['专项 单位 两项督导 加 望海区一中、临江区', '专项 单位 两项督导 改为 临江区'])
    expect(await grouped(line, who.wanghai)).toMatch(/管不到的单位：临江区人民政府。可以办理的：市教育局督导室 吕壬。/);
  expect(await grouped('专项 单位 两项督导 加 望海区一中', who.wanghai)).toContain('参加单位 1 个：望海区第一中学');
  expect(await grouped('专项 单位 两项督导 全部', who.wanghai)).toContain('已更改参加单位');
  await grouped('角色 撤销 督导员 @陈甲 望海区');
  expect(await grouped('专项 节点 两项督导 中期调度 删除')).toContain('已删除');
});

describe('opening, renaming and archiving', () => {
  test('a new program belongs to the unit written, or to the group’s', async () => {
    expect(await grouped('专项 新增 2026年优质均衡创建')).toContain('由“望海区人民政府”组织');
    expect(await privately('专项 新增 学前普及普惠 临江区')).toContain('由“临江区人民政府”组织');
    expect(await grouped('专项')).not.toContain('学前普及普惠');
  });

  test('of two administrators who rename at once one wins, and the other is told', async () => {
    await grouped('角色 授予 管理员 @陈甲');
    const { control } = world.lark;
    const said = [
      control.say(wanghai, who.director, '@督导助手 专项 改名 2026年优质均衡创建 优质均衡甲'),
      control.say(wanghai, who.wanghai, '@督导助手 专项 改名 2026年优质均衡创建 优质均衡乙'),
    ];
    await Promise.all(said.map(({ delivered }) => delivered));
    await world.settle();
    const answers = heard(wanghai);
    expect(answers.filter((text) => text.includes('已改名为'))).toHaveLength(1);
    expect(answers.filter((text) => text.includes('没有找到专项'))).toHaveLength(1);
    await grouped('角色 撤销 管理员 @陈甲');
  });

  test('archiving says what falls silent and waits for its button; what was archived can still be asked for', async () => {
    heard(wanghai);
    const [card] = await world.say(wanghai, who.director, '@督导助手 专项 归档 两项督导');
    expect(card?.text).toContain('6 项未办结任务不再提醒');
    expect(await grouped('截止 5月15日前', who.wanghai)).toContain('布置迎检现场');
    const { control } = world.lark;
    const refused = await control.press(card?.messageId ?? '', who.wanghai, { buttonText: '确认归档' });
    expect(refused).toMatchObject({ toast: { type: 'warning' } });
    expect(await control.press(card?.messageId ?? '', who.director, { buttonText: '确认归档' })).toMatchObject({
      toast: { type: 'success' },
    });
    expect(await grouped('截止 5月15日前', who.wanghai)).not.toContain('布置迎检现场');
    expect(await grouped('倒计时', who.wanghai)).not.toContain('5月14日');
    expect(await grouped('截止 5月15日前 两项督导', who.wanghai)).toMatch(/截止提醒.*布置迎检现场.*5月11日/s);
    expect(await grouped('截止 5月15日前 学前普及普惠', who.wanghai)).not.toContain('布置迎检现场');
    expect(await grouped('专项 两项督导', who.wanghai)).toContain('已归档');
    expect(await grouped('专项 列表 归档', who.wanghai)).toContain('两项督导');
    expect(await grouped('专项 节点 两项督导 市级核查 5月15日')).toContain('请先恢复');
    await expect(world.importTable('望海区任务分解表（二）.csv', WAITING)).rejects.toThrow('已归档');
    await privately('专项 节点 学前普及普惠 迎检 4月24日');
    heard(wanghai);
    heard(linjiang);
    await world.leap(shanghai('2026-04-20', '08:45'));
    expect(heard(wanghai).join()).not.toContain('化解大班额');
    expect(heard(linjiang).join()).toMatch(/倒计时.*距迎检还有 4 个工作日.*学前普及普惠　4月24日（周五）/s);

    expect(await grouped('专项 恢复 两项督导')).toContain('已恢复');
    expect(await grouped('截止 5月15日前', who.wanghai)).toContain('布置迎检现场');
  });

  test('the record says who did it', async () => {
    const record = await privately('审计');
    for (const words of ['归档专项　两项督导', '恢复专项', '专项改名', '设置专项节点　两项督导 中期调度'])
      expect(record).toContain(words);
    expect(record).toContain('5月20日（周三） → 5月下旬');
  });
});

describe('the checklist', () => {
  test('a built-in set is chosen by the name that officials use', async () => {
    await privately('专项 新增 县域学前普及普惠 临江区');
    expect(await privately('专项 清单 县域学前普及普惠')).toContain('没有选定');
    expect(await privately('专项 清单 县域学前普及普惠 没有这套')).toContain('没有找到评估细则“没有这套”');
    expect(await privately('专项 清单 县域学前普及普惠 普及普惠')).toContain('学前教育');
    expect(await privately('专项 清单 县域学前普及普惠 普及普惠')).toContain('本来就按');
    expect(await privately('专项 县域学前普及普惠')).toMatch(/评估细则：.*学前教育/);
  });

  test('a copy belongs to the district: its workbook changes it, and the built-in set stays', async () => {
    await privately('专项 新增 优质均衡攻坚 临江区');
    const copied = await privately('专项 清单 优质均衡攻坚 复制 优质均衡');
    expect(copied).toContain('今后按自己的这一套评估');
    await world.importTable(
      '临江区攻坚.csv',
      `临江区“优质均衡攻坚”任务分解表
序号,任务内容,评估标准,牵头单位,完成时限
YZ-9.9,本地加项,全区试点,临江区教育局,2026-06-30
1,自设任务,每校一案,临江区教育局,2026-06-30
`,
    );
    const { store } = world.bot.core;
    const [program] = await store.programsByName('优质均衡攻坚');
    const own = await store.importedIndicators(program?.checklistId ?? '');
    expect(own.map(({ standard }) => standard)).toContain('每校一案');
    const built = await store.importedIndicators('yz');
    expect(own.length).toBeGreaterThan(built.length);
    expect(built.map(({ standard }) => standard)).not.toContain('每校一案');
    expect(await privately('专项 清单 优质均衡攻坚 复制 优质均衡')).toContain('已有自己的细则');
    expect(await privately('专项 清单 优质均衡攻坚 优质均衡')).toContain('按《');
    expect(await privately('专项 清单 优质均衡攻坚 自己的')).toContain('优质均衡攻坚评估细则');
    expect(await privately('专项 清单 县域学前普及普惠 自己的')).toContain('还没有自己的细则');
  });
});

describe('who takes part', () => {
  const sees = async (chatId: string, openId: string) =>
    (await world.ask(chatId, openId, '@督导助手 倒计时')).includes('市级验收');

  test('only those who take part see a program of the unit above them; a collective counts', async () => {
    await privately('专项 新增 双减督查');
    await privately('专项 节点 双减督查 市级验收 6月8日');
    expect(await sees(linjiang, who.linjiang)).toBe(true);
    expect(await privately('专项 单位 双减督查 加 望海区一中、临江区')).toContain(
      '参加单位 2 个：望海区第一中学、临江区人民政府',
    );
    expect(await sees(wanghai, who.wanghai)).toBe(true);
    expect(await privately('专项 单位 双减督查 减 望海区第一中学')).toContain('参加单位 1 个：临江区人民政府');
    expect(await sees(wanghai, who.wanghai)).toBe(false);
    expect(await sees(linjiang, who.linjiang)).toBe(true);
    expect(await privately('专项 单位 双减督查 加 各学校')).toContain('各学校');
    expect(await sees(wanghai, who.wanghai)).toBe(true);
    expect(await privately('专项 单位 双减督查 全部')).toContain('下属全部单位');
  });
});

test('the countdown comes with the week’s first push, then daily within the last ten working days', async () => {
  const counts = async (day: string) => (await grouped(`预演 ${day}`)).includes('市级核查');
  // 15, 14 and 12 working days before; the week’s first; ten; fewer.
  const days = ['2026-04-21', '2026-04-22', '2026-04-24', '2026-04-27', '2026-04-28', '2026-05-07'];
  const counted: boolean[] = [];
  for (const day of days) counted.push(await counts(day));
  expect(counted).toEqual([false, false, false, true, true, true]);
});
