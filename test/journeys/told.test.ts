import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, shanghai, type World } from '../support/world.ts';
import { boundGroup, claim, importDistrict, type People, people } from './district.ts';

let world: World;
let who: People;
let desk: string;
let city: string;
/** What the answers call each chat that may be told. */
let names: ReadonlyMap<string, string>;
beforeAll(async () => {
  world = await openWorld('SQLite', shanghai('2026-04-20', '09:02'), 'journey_told');
  who = people(world);
  desk = world.lark.control.p2p(who.director);
  await claim(world, who);
  await importDistrict(world);
  city = await boundGroup(world, '市局工作群', '云溪市', [who.bureau, who.leader, who.second], who);
  const wanghai = await boundGroup(world, '望海区工作群', '望海区', [who.wanghai, who.school], who);
  // The next heartbeats learn who people are.
  await world.to(shanghai('2026-04-20', '09:15'));
  const { control } = world.lark;
  const direct = [
    [who.bureau, '周丙（市教育局）'],
    [who.leader, '韩丙（市教育局督导室）'],
    [who.wanghai, '陈甲（望海区教育局）'],
    [who.linjiang, '陈甲（临江区教育局）'],
    [who.school, '朱戊（望海区第一中学）'],
  ].map(([openId = '', name = '']) => [control.p2p(openId), name] as const);
  names = new Map([[city, '市局工作群'], [wanghai, '望海区工作群'], ...direct]);
});
afterAll(() => world.close());

const say = (text: string) => world.ask(desk, who.director, text);
/** Who has got something since this was last asked. */
const got = () => [...names].filter(([chatId]) => world.fresh(chatId).length > 0).map(([, name]) => name);
/** Whom the sentence about it names. */
const namedIn = (answer: string, sentence: RegExp) => {
  const [said = ''] = sentence.exec(answer) ?? [];
  return [...names.values()].filter((name) => said.includes(name));
};
const TOLD = /(?:已告知|已发到) [^。]*。/;
const numberIn = (answer: string) => /T\d+/.exec(answer)?.[0] ?? '';

/** Says it, and gives whom the answer says to be told and who got a message. */
async function tell(text: string) {
  got();
  const answer = await say(text);
  return { answer, named: namedIn(answer, TOLD), got: got() };
}

describe('by day', () => {
  test('a unit without a group of its own reads it in its county’s group, and its liaison directly; the answer names both', async () => {
    const { answer, named, got } = await tell('任务 新增 报素材 牵头 望海区教育局 截止 4月30日');
    expect(got).toEqual(['望海区工作群', '陈甲（望海区教育局）']);
    expect(named).toEqual(got);
    expect(answer).toMatch(/已下达任务 T\d+：报素材\s*已告知 1 个群、1 人：望海区工作群、陈甲（望海区教育局）。/);
    expect(answer).toContain('望海区教育局没有自己的工作群，由“望海区工作群”收到。');
    expect(answer).not.toContain('没有告知');
  });

  test('what is said to nobody begins so, and names the unit and why', async () => {
    const { answer, got } = await tell('任务 新增 报名册 牵头 临江区第一中学 截止 4月30日');
    expect(got).toEqual([]);
    const name = numberIn(answer);
    expect(answer).toMatch(new RegExp(`没有告知任何单位。${name} 已登记，请另行通知。`));
    expect(answer).toContain('没有告知：临江区第一中学（没有工作群，联络员未关联）。');
    expect(answer).not.toMatch(/已下达|已告知/);
    const moved = await tell(`任务 改期 ${name} 5月8日 原因 五一放假`);
    expect(moved.got).toEqual([]);
    expect(moved.answer).toMatch(
      /任务 T\d+\s+没有告知任何单位。T\d+ 的截止改为：.* → 5月8日.*原因：五一放假，请另行通知。/s,
    );
  });

  test.each([
    ['任务 新增 汇总名单 牵头 望海区教育局 配合 临江区第一中学、临江区教育局 责任人 陈甲 截止 4月30日', 3],
    ['任务 改期 TX 5月8日 原因 五一放假', 3],
    ['任务 目标 TX 12 所', 3],
    ['任务 节点 TX 初稿 5月6日', 3],
    ['任务 催办 TX', 3],
    ['任务 限期整改 TX 5月7日', 3],
    ['任务 通报 TX 文号 云教督〔2026〕5号', 3],
    ['任务 转交 TX 临江区教育局 原因 职能调整', 3],
    ['任务 完成 TX', 1],
    ['任务 重开 TX', 1],
    ['问题 望海区第一中学 消防通道堆放杂物 10个工作日', 2],
    ['问题 临江区教育局 台账不全 10个工作日', 1],
    ['日程 新增 4月24日 上午 望海区第一中学 专项督导 组长 韩丙', 3],
    ['日程 变更 DX 4月27日 原因 台风', 3],
    ['日程 取消 DX', 3],
    ['通知 望海区：请报送名单', 1],
    ['任务 新增 保密 办理信访件 牵头 望海区教育局 责任人 陈甲 截止 4月30日', 1],
  ])('%s: the answer names exactly who got a message', async (line, least) => {
    const text = line.replace('TX', last.task).replace('DX', last.visit);
    const { answer, named, got } = await tell(text);
    last.task = numberIn(answer) || last.task;
    last.visit = /D\d+/.exec(answer)?.[0] ?? last.visit;
    expect(named).toEqual(got);
    expect(named.length, answer).toBeGreaterThanOrEqual(least);
  });
  const last = { task: 'T1', visit: 'D1' };

  test('a namesake in a unit that assists leaves no doubt who of the leading unit answers for it', async () => {
    const { answer, got } = await tell(
      '任务 新增 校舍排查 牵头 望海区教育局 配合 临江区教育局 责任人 陈甲 截止 4月30日',
    );
    expect(got).toEqual(['望海区工作群', '陈甲（望海区教育局）', '陈甲（临江区教育局）']);
    expect(answer).not.toContain('没有认出');
    expect(await world.ask(world.lark.control.p2p(who.wanghai), who.wanghai, '我的')).toContain('校舍排查');
  });

  test('of a collective each unit is reached or named; so in a notice before it is sent', async () => {
    const answer = await world.ask(desk, who.director, '通知 各县区：请报送名单');
    expect(answer).toMatch(/将发到 1 个群：望海区工作群。.*发不到：临江区人民政府。/s);
    got();
    const inCity = (text: string) => world.ask(city, who.director, `@督导助手 任务 新增 ${text} 截止 6月30日`);
    expect(await inCity('报年度总结 牵头 各县区')).toMatch(/已告知 1 个群、2 人：望海区工作群、陈甲（.*、陈甲（.*。/);
    expect(await inCity('核对学籍 牵头 望海区教育局 配合 各学校、各乡镇')).toContain(
      '没有告知：临江区实验小学、临江区第一中学（没有工作群，联络员未关联）、各乡镇（下属单位里没有）。',
    );
  });
});

describe('a collective, said by an office that has nobody below it', () => {
  const schoolAsks = (line: string) => world.ask(world.lark.control.p2p(who.school), who.school, line);

  test.each([
    ['各学校', ['望海区工作群', '朱戊（望海区第一中学）'], ['临江区实验小学', '临江区第一中学']],
    ['全市各学校', ['望海区工作群', '朱戊（望海区第一中学）'], ['临江区实验小学', '临江区第一中学']],
    ['各区', ['望海区工作群', '陈甲（望海区教育局）', '陈甲（临江区教育局）'], []],
    ['各县区', ['望海区工作群', '陈甲（望海区教育局）', '陈甲（临江区教育局）'], []],
    ['各区教育局', ['望海区工作群', '陈甲（望海区教育局）', '陈甲（临江区教育局）'], []],
    ['各县区教育局', ['望海区工作群', '陈甲（望海区教育局）', '陈甲（临江区教育局）'], []],
  ] as const)(
    '%s: each covering group and liaison gets it, and who gets nothing is named',
    async (written, hear, miss) => {
      const { answer, named, got } = await tell(`任务 新增 报材料 牵头 ${written} 截止 十个工作日`);
      expect(got).toEqual(hear);
      expect(named).toEqual(hear);
      expect(answer).not.toContain('下属单位里没有');
      for (const name of miss) expect(/没有告知：.*。/.exec(answer)?.[0]).toContain(name);
      const later = await tell(`任务 改期 ${numberIn(answer)} 5月15日 原因 五一放假`);
      expect(later.got).toEqual(hear);
    },
  );

  test('each school that is meant finds the task and may report', async () => {
    const name = numberIn(await say('任务 新增 报食谱 牵头 各学校 截止 十个工作日'));
    expect(await schoolAsks(`任务 ${name}`)).toContain('报食谱');
    expect(await schoolAsks(`进展 ${name} 50% 已拟好`)).toContain('已记下');
    expect(await say(`任务 ${name}`)).toContain('已拟好');
  });
});

describe('while everything is paused', () => {
  test('no group is said to be told; people are', async () => {
    await say('全部暂停');
    const { answer, named, got } = await tell('任务 新增 报预案 牵头 望海区教育局 截止 4月30日');
    expect([named, got]).toEqual([['陈甲（望海区教育局）'], ['陈甲（望海区教育局）']]);
    expect(answer).toContain('没有发到 1 个群：望海区工作群。');
    const notice = await tell('通知 望海区：请报送名单');
    expect(notice.got).toEqual([]);
    expect(notice.answer).toMatch(/没有告知任何单位。通知 \d+ 已登记，请另行通知。.*没有发到 1 个群：望海区工作群。/s);
    await say('全部恢复');
  });
});

describe('in quiet hours', () => {
  test('the answer says when it leaves, and then it does, to groups and to people', async () => {
    await world.downUntil(shanghai('2026-04-20', '22:30'));
    const task = await tell('任务 新增 报简报 牵头 望海区教育局 截止 4月30日');
    expect(task.got).toEqual([]);
    expect(task.answer).toMatch(/现在是免打扰时段，明天 07:00 告知 1 个群、1 人：望海区工作群、陈甲（望海区教育局）。/);
    const notice = await tell('通知 望海区：请报送名单');
    expect(notice.answer).toMatch(/通知 \d+\s+现在是免打扰时段，明天 07:00 发到 1 个群：望海区工作群。/);
    const finding = await tell('问题 望海区第一中学 灭火器过期 10个工作日');
    const visit = await tell('日程 新增 4月29日 上午 望海区第一中学 专项督导 组长 韩丙');
    for (const { answer, got } of [task, notice, finding, visit]) {
      expect(got).toEqual([]);
      expect(answer).toMatch(/免打扰时段，明天 07:00/);
      expect(answer).not.toMatch(TOLD);
    }
    got();
    await world.downUntil(shanghai('2026-04-21', '06:59'));
    expect(got()).toEqual([]);
    await world.downUntil(shanghai('2026-04-21', '07:00'));
    await world.settle();
    const leaving = [task, notice, finding, visit].map(({ answer }) => namedIn(answer, /明天 07:00 [^。]*。/));
    expect(got()).toEqual([...names.values()].filter((name) => leaving.flat().includes(name)));
  });

  test('what changes tomorrow’s visit for a reason does not wait; 紧急 lets the rest go', async () => {
    await world.downUntil(shanghai('2026-04-21', '22:30'));
    const visit = await tell('日程 取消 D4 原因 台风红色预警');
    expect(visit.named).toEqual(visit.got);
    expect(visit.got).toContain('望海区工作群');
    const task = await tell('任务 新增 报灾情 牵头 望海区教育局 截止 4月30日');
    expect([task.got, task.answer]).toEqual([[], expect.stringContaining('等不及的，请在单聊里发送：紧急 原因')]);
    await say('紧急 台风红色预警，马上转移');
    await world.settle();
    expect(got()).toEqual(['望海区工作群', '陈甲（望海区教育局）']);
  });
});

describe('what is overdue', () => {
  const given = { heard: '', unheard: '', problem: '', unheardProblem: '' };
  /** What a chat has got since, of one title. */
  const sent = (chatId: string, title: RegExp) => world.fresh(chatId).filter(({ text }) => title.test(text));
  const cardOf = (line: string) => world.ask(desk, who.director, line);
  const wanghaiGroup = () => [...names].find(([, name]) => name === '望海区工作群')?.[0] ?? '';
  let reported: ReturnType<typeof sent> = [];
  const cleared = () => {
    for (const chatId of names.keys()) world.fresh(chatId);
    world.fresh(desk);
  };

  beforeAll(async () => {
    await world.downUntil(shanghai('2026-04-22', '09:30'));
    const order = async (line: string) => /[TW]\d+/.exec(await say(line))?.[0] ?? '';
    given.heard = await order('任务 新增 报值班表 牵头 望海区教育局 截止 4月22日');
    given.unheard = await order('任务 新增 报隐患台账 牵头 临江区第一中学 截止 4月22日');
    given.problem = await order('问题 望海区第一中学 应急灯损坏 1个工作日');
    given.unheardProblem = await order('问题 临江区第一中学 应急灯损坏 1个工作日');
    for (const name of [given.problem, given.unheardProblem]) await say(`整改 ${name} 下达`);
  });

  test('is urged to the liaison who was told of it, without the group, and the card says so', async () => {
    cleared();
    await world.downUntil(shanghai('2026-04-23', '09:30'));
    const title = new RegExp(`催办：.*任务滞后.*${given.heard} `, 's');
    expect(sent(wanghaiGroup(), title)).toEqual([]);
    expect(sent(world.lark.control.p2p(who.wanghai), title)).toHaveLength(1);
    reported = sent(desk, /没有人可告知/);
    expect(await cardOf(`任务 ${given.heard}`)).toContain('催办：已逾期');
  });

  test('and is nobody’s to hear is told to the office with whom it tried, and nothing is entered', async () => {
    expect(reported).toHaveLength(1);
    expect(reported[0]?.text).toMatch(
      new RegExp(`${given.unheard} 报隐患台账.*没有告知：临江区第一中学（没有工作群，联络员未关联）`, 's'),
    );
    expect(reported[0]?.text).not.toMatch(new RegExp(`没有绑定的群|${given.heard} `));
    expect(await cardOf(`任务 ${given.unheard}`)).not.toContain('催办：');
  });

  test('a problem is urged to its liaison; of one that nobody hears the office is told once', async () => {
    cleared();
    await world.downUntil(shanghai('2026-04-24', '09:30'));
    const title = new RegExp(`催办：问题 ${given.problem}`);
    expect(sent(wanghaiGroup(), title)).toEqual([]);
    expect(sent(world.lark.control.p2p(who.school), title)).toHaveLength(1);
    // The task was reported the day before.
    reported = sent(desk, /没有人可告知/);
    expect(reported).toHaveLength(1);
    expect(reported[0]?.text).toContain(`没有人可告知：问题 ${given.unheardProblem}`);
    expect(reported[0]?.text).toContain('没有告知：临江区第一中学（没有工作群，联络员未关联）');
    expect(await cardOf(`整改 ${given.problem}`)).toContain('催办');
    expect(await cardOf(`整改 ${given.unheardProblem}`)).not.toContain('催办');
    world.fresh(desk);
    await world.downUntil(shanghai('2026-04-27', '09:30'));
    expect(sent(desk, /没有人可告知/)).toEqual([]);
  });

  test('is urged as soon as somebody can hear it', async () => {
    const linjiang = await boundGroup(world, '临江区工作群', '临江区', [who.linjiang], who);
    await world.downUntil(shanghai('2026-04-29', '09:30'));
    const texts = world.fresh(linjiang).map(({ text }) => text);
    expect(texts.filter((text) => new RegExp(`催办：.*任务滞后.*${given.unheard} `, 's').test(text))).toHaveLength(1);
    expect(texts.filter((text) => text.includes(`催办：问题 ${given.unheardProblem}`))).toHaveLength(1);
    expect(await cardOf(`任务 ${given.unheard}`)).toContain('催办：已逾期');
  });
});
