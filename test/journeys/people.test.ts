import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { date } from '../../src/domain/calendar/local-date.ts';
import { openWorld, shanghai, type World } from '../support/world.ts';
import { boundGroup, claim, importDistrict, type People, people } from './district.ts';

let world: World;
let who: People;
let clerk: string;
beforeAll(async () => {
  world = await openWorld('SQLite', shanghai('2026-04-20', '07:00'), 'journey_people');
  who = people(world);
  clerk = world.person('钱壬', '13900000010');
  await claim(world, who);
  await importDistrict(world);
  await world.importTable(
    '补充通讯录.csv',
    '云溪市单位通讯录\n序号,单位名称,简称,类别,联络员,职务,手机\n1,市教育局,教育局,成员单位,韩丙,督学,\n',
  );
  await boundGroup(world, '望海区工作群', '望海区', [who.wanghai, who.school, who.stranger, clerk], who);
  await world.to(shanghai('2026-04-20', '07:15'));
});
afterAll(() => world.close());

const direct = (openId: string) => world.lark.control.p2p(openId);
const privately = (openId: string, text: string) => world.ask(direct(openId), openId, text);
const admin = (text: string) => privately(who.director, text);
const told = (openId: string) => world.fresh(direct(openId)).map(({ text }) => text);
const codeOf = (text: string | undefined) => /我是 确认 (\w+)/.exec(text ?? '')?.[1] ?? '';
/** What the card of this line offers to confirm, typed. */
const confirming = (card: string, line: string) => `${line} ${/确认 [0-9A-F]{6}/.exec(card)?.[0]}`;

describe('who is linked', () => {
  test('the list brings the unlinked first, with what stands in the way, then the others and how they are linked', async () => {
    const list = await admin('人员');
    expect(list).toMatch(/共 \d+ 人，\d+ 人还没有关联飞书账号/);
    expect(list).toMatch(/王丁.*望海区财政局.*未关联：手机号没有查到飞书账号/s);
    expect(await admin('人员 望海区教育局')).toMatch(/共 1 人，都已关联飞书账号.*陈甲.*已关联（按手机号）/s);
    expect(await admin('人员 陈甲')).toMatch(/共 2 人.*望海区教育局|临江区教育局/s);
    expect(await admin('通讯录 何辛')).toContain('未关联：');
    expect(await admin('人员 赵六')).toContain('通讯录里没有“赵六”');
  });

  test('a request to be somebody is confirmed or refused by button, and whoever asked is told', async () => {
    told(who.director);
    await privately(who.stranger, '我是 望海区实验小学 何辛');
    expect(told(who.director)).toEqual([expect.stringMatching(/过路人.*登记为：望海区实验小学 何辛.*请核实/s)]);
    await privately(who.stranger, '我是 望海区实验小学 何辛');
    expect(told(who.director)).toEqual([]);
    told(who.stranger);
    const [card] = await world.say(direct(who.director), who.director, '人员');
    expect(card?.text).toContain('等待确认身份');
    const press = (buttonText: string) => world.lark.control.press(card?.messageId ?? '', who.director, { buttonText });
    expect(await press('不是本人')).toMatchObject({ toast: { type: 'success' } });
    await world.settle();
    expect(told(who.stranger)).toEqual([expect.stringContaining('管理员没有确认您是望海区实验小学 何辛')]);
    await privately(who.stranger, '我是 望海区实验小学 何辛');
    const [again] = await world.say(direct(who.director), who.director, '人员');
    told(who.stranger);
    await world.lark.control.press(again?.messageId ?? '', who.director, { buttonText: '确认 何辛' });
    await world.settle();
    expect(told(who.stranger)).toEqual([expect.stringContaining('管理员已确认您是望海区实验小学 何辛')]);
    expect(await admin('人员 何辛')).toContain('已关联（由管理员确认）');
  });

  test('a wrong account is taken away, is told so, and does not come back by itself', async () => {
    expect(await admin('人员 解除 望海区实验小学 何辛')).toContain('已解除望海区实验小学 何辛的飞书账号关联');
    expect(told(who.stranger).at(-1)).toContain('管理员解除了您与“望海区实验小学 何辛”的关联');
    expect(await admin('人员 解除 何辛')).toContain('没有关联飞书账号，不用解除');
    expect(await privately(who.stranger, '我的')).not.toContain('何辛');
  });
});

describe('two rows of one person', () => {
  test('are merged by number after a preview; both names lead to the kept row, and a new import adds nobody', async () => {
    const card = await admin('人员 合并 韩丙');
    expect(card).toMatch(/2 行可能是同一个人.*市教育局.*市教育局督导室/s);
    expect(await admin('人员 合并 韩丙 1 7')).toContain('请写两个不同的行号');
    const line = '人员 合并 韩丙 2 1';
    const preview = await admin(line);
    expect(preview).toContain('市教育局 韩丙将并入市教育局督导室 韩丙');
    expect(await admin(`${line} 确认 ABCDEF`)).toContain('情况有变化');
    expect(await admin(confirming(preview, line))).toContain('已并入市教育局督导室 韩丙');
    expect(await admin('人员 韩丙')).toContain('共 1 人');
    await world.importTable(
      '补充通讯录.csv',
      '云溪市单位通讯录\n序号,单位名称,简称,类别,联络员,职务,手机\n1,市教育局,教育局,成员单位,韩丙,督学,\n',
    );
    expect(await admin('人员 韩丙')).toContain('共 1 人');
  });
});

describe('leaving and replacing', () => {
  test('what moves is shown, moves in one step by the button, and the successor is told what', async () => {
    await admin('角色 授予 联络员 望海区教育局 陈甲');
    told(clerk);
    told(who.wanghai);
    const [card] = await world.say(direct(who.director), who.director, '接替 望海区教育局 陈甲 望海区人民政府 钱壬');
    expect(card?.text).toMatch(/由望海区人民政府 钱壬接替：任务 4 项、联络员（望海区教育局）.*报送自查报告/s);
    const pressed = await world.lark.control.press(card?.messageId ?? '', who.director, { buttonText: '确认接替' });
    expect(pressed).toMatchObject({ toast: { type: 'success' } });
    await world.settle();
    expect(told(clerk)).toEqual([expect.stringMatching(/您接替望海区教育局 陈甲：任务 4 项、联络员.*化解大班额/s)]);
    expect(told(who.wanghai)).toEqual([expect.stringContaining('已登记您从望海区教育局离任，由钱壬接替')]);
    expect(await privately(clerk, '我的')).toContain('报送自查报告');
    expect(await privately(clerk, '角色')).toContain('联络员（望海区教育局）');
    expect(await world.bot.core.store.roles(who.wanghai)).toEqual([]);
    expect(await privately(who.wanghai, '我的')).toContain('我是 姓名');
    // Confirmed again, it says what is so and changes nothing.
    const again = confirming(card?.text ?? '', '离任 望海区教育局 陈甲 望海区人民政府 钱壬');
    expect(await admin(again)).toContain('情况有变化，请重新核对');
    expect(world.fresh(direct(clerk))).toEqual([]);
  });

  test('a preview that is out of date is not confirmed', async () => {
    const line = '离任 朱戊 何辛';
    const preview = await admin(line);
    expect(preview).toContain('本单位迎检联络');
    await admin('人员 解除 朱戊');
    expect(await admin(confirming(preview, line))).toContain('情况有变化，请重新核对');
    expect((await world.bot.core.store.peopleByName('朱戊')).length).toBe(1);
  });

  test('without a successor it says that nobody will do what is open, and can be caught up later', async () => {
    const line = '离任 朱戊';
    const preview = await admin(line);
    expect(preview).toContain('这些事会没有人办');
    expect(await admin(confirming(preview, line))).toContain('望海区第一中学 朱戊已登记离任');
    expect(await admin('离任 朱戊')).toContain('已经登记离任');
    expect(await admin('人员 朱戊')).toMatch(/名下还有 \d 件没办完的事，请登记接替：离任 望海区第一中学 朱戊/);
    const later = await admin('接替 朱戊 何辛');
    expect(await admin(confirming(later, '离任 朱戊 何辛'))).toContain('由望海区实验小学 何辛接替');
    expect(await admin('人员 朱戊')).not.toContain('没办完的事');
    expect(await admin('人员 朱戊')).toMatch(/已离任（4月20日（周一）.*由何辛接替/s);
  });

  test('the old address book does not bring anybody back; an administrator does', async () => {
    const old = `云溪市单位通讯录\n序号,单位名称,简称,类别,联络员,职务,手机\n6,望海区第一中学,一中,中学,朱戊,主任,13900000013\n`;
    const bytes = new TextEncoder().encode(old);
    await world.lark.control.say(direct(who.director), who.director, '', { file: { name: '旧通讯录.csv', bytes } })
      .delivered;
    await world.to(shanghai('2026-04-20', '07:17'));
    const preview = told(who.director).join('\n');
    expect(preview).toContain('已离任，没有恢复：望海区第一中学 朱戊');
    expect(await world.bot.core.store.peopleByName('朱戊')).toEqual([]);
    expect(await admin('人员 返岗 朱戊')).toContain('望海区第一中学 朱戊已恢复在岗');
    expect((await world.bot.core.store.peopleByName('朱戊')).length).toBe(1);
  });

  test('past visits keep the name of whoever made them', async () => {
    const { store } = world.bot.core;
    await world.importTable(
      '上月日程.csv',
      '云溪市2026年督导日程表\n编制单位：市教育局督导室\n序号,督导日期,时段,督导类型,督导对象,督导内容,组长,成员,联络员,备注\n1,2026-03-02,上午,专项督导,临江区第一中学,开学检查,李庚,,许庚,\n',
    );
    const line = '离任 李庚 市教育局督导室 韩丙';
    expect(await admin(confirming(await admin(line), '离任 市教育局督导室 李庚 市教育局督导室 韩丙'))).toContain(
      '已登记离任',
    );
    const all = await store.importedInspections({ from: date('2026-03-01'), to: date('2026-12-31') });
    const named = all.map(({ from, team }) => `${from} ${team.map(({ name }) => name)}`);
    expect(named[0]).toBe('2026-03-02 李庚');
    expect(named.slice(1).join()).not.toContain('李庚');
    const there = await boundGroup(world, '临江区工作群', '临江区', [who.linjiang], who);
    expect(await world.ask(there, who.linjiang, '@督导助手 日程 3月2日 李庚')).toContain('临江区第一中学');
  });
});

describe('nobody vouches for themselves', () => {
  const another = '请由另一位管理员办理：市教育局督导室 吕壬';
  const press = (messageId: string | undefined, openId: string, buttonText: string) =>
    world.lark.control.press(messageId ?? '', openId, { buttonText });
  const book = async () =>
    JSON.stringify(await world.bot.core.store.addressBook({ today: date('2026-04-20'), limit: 500 }));

  beforeAll(async () => {
    await admin('角色 授予 管理员 望海区人民政府 钱壬 望海区');
  });

  test('an administrator of a unit does not confirm who they are, by a line or by the button of a group', async () => {
    const before = await book();
    told(who.director);
    const asked = await privately(clerk, '我是 望海区财政局 王丁 确认');
    expect(asked).toContain(another);
    expect(told(who.director)).toEqual([expect.stringContaining('登记为：望海区财政局 王丁')]);
    expect(await privately(clerk, `我是 确认 ${codeOf(asked)}`)).toContain(`不能确认自己的身份。${another}`);
    expect(await privately(clerk, '人员')).not.toContain('等待确认身份');
    const chat = await world.group('望海区政府群', [clerk, who.director]);
    const [card] = await world.say(chat, clerk, '@督导助手 我是 望海区财政局 王丁 确认');
    expect(await press(card?.messageId, clerk, '确认')).toMatchObject({
      toast: { type: 'warning', content: expect.stringContaining(another) },
    });
    expect(await book()).toBe(before);
    expect(await press(card?.messageId, clerk, '不是本人')).toMatchObject({ toast: { type: 'success' } });
  });

  test('nor that another account is them', async () => {
    const code = codeOf(await privately(who.stranger, '我是 望海区人民政府 钱壬'));
    expect(await privately(clerk, `我是 确认 ${code}`)).toContain(`不能确认自己的身份。${another}`);
    expect(await privately(clerk, `我是 拒绝 ${code}`)).toContain('没有确认');
  });

  test('two rows are not merged by whoever is one of them, in neither direction', async () => {
    for (const rows of ['1 2', '2 1'])
      expect(await privately(clerk, `人员 合并 钱壬 王丁 ${rows}`)).toContain(
        `不能由您把别人的一行和自己合并。${another}`,
      );
    expect(await admin('人员 合并 钱壬 王丁 1 2')).toContain('确认合并');
  });

  test('nothing of whoever leaves goes to the administrator who says so, whether there is a secret or not', async () => {
    const deputy = world.person('何辛', '13900000099');
    const code = codeOf(await privately(deputy, '我是 望海区实验小学 何辛'));
    expect(await admin(`我是 确认 ${code}`)).toContain('已确认');
    const line = '离任 望海区实验小学 何辛 望海区人民政府 钱壬';
    const refusal = `望海区实验小学 何辛的工作不能由您交给自己。${another}`;
    expect(await privately(clerk, line)).toContain(refusal);
    await admin('角色 授予 领导 何辛 望海区实验小学');
    expect(await privately(clerk, line)).toContain(refusal);
    expect(await admin(line)).toContain('领导（望海区实验小学）');
    expect(await admin('问题 望海区实验小学 家长反映收费 10个工作日 责任人何辛 保密 可见 何辛')).toContain('限知');
    expect(await privately(clerk, line)).toContain(refusal);
    expect(await privately(clerk, confirming(await admin(line), line))).toContain(refusal);
  });

  test('the sight of a secret goes to a successor when somebody who sees it, or its office, says so', async () => {
    const heir = world.person('沈乙', '13900000097');
    const code = codeOf(await privately(heir, '我是 望海区财政局 王丁'));
    expect(await admin(`我是 确认 ${code}`)).toContain('已确认');
    told(who.director);
    told(heir);
    const line = '离任 望海区实验小学 何辛 望海区财政局 王丁';
    await admin('角色 撤销 领导 何辛 望海区实验小学');
    const done = await privately(clerk, confirming(await privately(clerk, line), line));
    expect(done).toContain('已登记离任');
    expect(done).not.toContain('限知');
    const [card] = world.fresh(direct(who.director)).filter(({ text }) => text.includes('限知问题等您同意'));
    const number = /限知问题 (W\d+)/.exec(card?.text ?? '')?.[1];
    expect(card?.text).toContain(`${number}：望海区实验小学 何辛已登记离任，由望海区财政局 王丁接替。王丁还看不到`);
    expect(await privately(heir, `整改 ${number}`)).toContain(`没有问题 ${number}`);
    expect(await press(card?.messageId, who.director, '同意')).toMatchObject({ toast: { type: 'success' } });
    await world.settle();
    expect(await privately(heir, `整改 ${number}`)).toContain('家长反映收费');
    expect(await privately(clerk, `整改 ${number}`)).toContain(`没有问题 ${number}`);
  });

  test('who would lose the row hears of the request before it holds', async () => {
    const heir = world.person('沈乙', '13900000097');
    told(heir);
    const code = codeOf(await privately(who.stranger, '我是 望海区财政局 王丁'));
    expect(told(heir)).toEqual([expect.stringContaining('另一个账号登记为 望海区财政局 王丁，正等管理员核实')]);
    await admin(`我是 拒绝 ${code}`);
  });

  test('rows of different names are merged by an administrator of everything, who reads what moves', async () => {
    expect(await privately(clerk, '人员 合并 望海区 王丁 朱戊 1 2')).toContain(
      '这项要管理全部单位的管理员才可以更改人员',
    );
    expect(await admin('人员 合并 王丁 朱戊 2 1')).toMatch(/任务：.*限知、保密和没有公布的督导不在这里列出/s);
  });
});

describe('an account that is taken away', () => {
  const heir = () => world.person('沈乙', '13900000097');

  test('loses its roles and what only it could see; they are listed', async () => {
    await admin('角色 授予 督导员 望海区财政局 王丁 望海区');
    await admin('角色 授予 领导 望海区财政局 王丁 望海区');
    expect(await admin('问题 望海区第一中学 来信反映补课 10个工作日 保密 可见 王丁')).toContain('限知');
    const number = /W\d+/.exec(await privately(heir(), '整改'))?.[0];
    expect(await privately(heir(), `整改 ${number}`)).not.toContain('没有问题');
    expect(await privately(clerk, '人员 解除 王丁 三楼')).toContain('没看懂“三楼”');
    expect(await admin('人员 解除 望海区财政局 王丁')).toMatch(
      /已解除.*角色一并结束：.*督导员（望海区人民政府）.*领导（望海区人民政府）/s,
    );
    expect(await world.bot.core.store.roles(heir())).toEqual([]);
    expect(await privately(heir(), `整改 ${number}`)).not.toContain('来信反映补课');
  });

  test('keeps them by a word; the last administrator is not locked out', async () => {
    expect(await admin(`我是 确认 ${codeOf(await privately(heir(), '我是 望海区财政局 王丁'))}`)).toContain('已确认');
    await admin('角色 授予 领导 望海区财政局 王丁 望海区');
    expect(await admin('人员 解除 王丁 保留角色')).toMatch(/角色保留：领导（望海区人民政府）/);
    expect(await world.bot.core.store.roles(heir())).toHaveLength(1);
    expect(await admin('人员 解除 吕壬')).toContain('最后一位管理员');
  });
});
