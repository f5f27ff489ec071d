import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, shanghai, type World } from '../support/world.ts';
import { boundGroup, claim, importDistrict, type People, people } from './district.ts';

let world: World;
let who: People;
let city: string;
let group: string;
beforeAll(async () => {
  world = await openWorld('SQLite', shanghai('2026-04-20', '07:00'), 'journey_tasks');
  who = people(world);
  await claim(world, who);
  await importDistrict(world);
  city = await boundGroup(world, '市局工作群', '云溪市', [who.bureau, who.wanghai, who.linjiang], who);
  group = await boundGroup(world, '望海区工作群', '望海区', [who.wanghai, who.school, who.stranger], who);
  // The next heartbeats learn who people are.
  await world.to(shanghai('2026-04-20', '07:15'));
});
afterAll(() => world.close());

const said = (openId: string, text: string) => world.ask(group, openId, `@督导助手 ${text}`);
const cards = (chatId: string) => world.lark.control.messages(chatId).filter(({ from }) => from === 'bot');

describe('tasks', () => {
  test('imported tasks have numbers that officials can type, shown wherever they are listed', async () => {
    expect(await said(who.school, '任务')).toMatch(/T2 .*化解大班额/s);
    expect(await said(who.school, '截止 本周')).toMatch(/第1项　T1　截止/);
    expect(await said(who.school, '任务 T1')).toMatch(/报送自查报告.*望海区教育局.*陈甲.*还没有报过/s);
    expect(await said(who.school, 't-0001')).toContain('报送自查报告');
  });

  test('a task is given in one line; those concerned are told in their groups and directly', async () => {
    const text =
      '任务 新增 新建公办幼儿园 牵头 望海区教育局 配合 望海财政局 责任人 陈甲 截止 12月31日 目标 12 所 类别 民生实事';
    world.fresh(group);
    const answer = await world.ask(city, who.director, `@督导助手 ${text}`);
    expect(answer).toMatch(/已下达任务 T7：新建公办幼儿园.*民生实事.*目标：12 所/s);
    await world.settle();
    expect(world.fresh(world.lark.control.p2p(who.wanghai)).at(-1)?.text).toContain('新任务 T7');
    expect(await said(who.wanghai, '民生实事 亮灯')).toMatch(/共 1 项。.*T7/s);
    expect(await said(who.school, '哪些任务落后')).toMatch(/共 1 项：红灯 1.*T2/s);
    expect(await said(who.school, '谁没报进展')).toMatch(/本月缺报.*T1/s);
  });

  test('a second one is given as well; its unit is named as people name it', async () => {
    const answer = await world.ask(city, who.director, '@督导助手 任务 新增 报送安全台账 牵头 望海区教育局、望海一中');
    expect(answer).toMatch(
      /已下达任务 T8：报送安全台账.*来源：交办任务　重点工作.*牵头：望海区教育局、望海区第一中学/s,
    );
    await world.ask(city, who.director, '@督导助手 任务 完成 T8');
  });

  test('a deadline says its year where it is another one, its own unit of days, and its hour', async () => {
    const names: string[] = [];
    const given = async (due: string) => {
      const text = `任务 新增 报送台账 牵头 望海区教育局 截止 ${due}`;
      const answer = await world.ask(world.lark.control.p2p(who.director), who.director, text);
      const name = /任务 (T\d+)/.exec(answer)?.[1] ?? '';
      names.push(name);
      return { name, answer };
    };
    const next = await given('1月15日');
    expect(next.answer).toContain('2027年1月15日（周五）');
    const counted = await given('5个工作日内');
    expect(counted.answer).toContain('4月27日（周一）　还剩 5 个工作日');
    expect((await given('5个自然日')).answer).toContain('4月25日（周六，休息日）　还剩 5 天');
    expect((await given('四月二十四')).answer).toContain('4月24日（周五）');
    const hour = await given('4月24日18:00');
    expect(hour.answer).toMatch(/4月24日（周五）.{0,3}18:00/);
    const moved = await said(who.director, `任务 改期 ${counted.name} 10个工作日内 原因 台风`);
    expect(moved).toMatch(/4月27日.* → 5月7日（周四），原因：台风.*还剩 10 个工作日/s);
    expect(await said(who.director, `任务 改期 ${hour.name} 从4月24日推迟到4月28日 原因 台风`)).toMatch(
      /4月24日.* → 4月28日（周二），原因：台风/,
    );
    for (const name of names) expect(await said(who.director, `任务 完成 ${name}`)).toContain('已办结');
  });

  test('a deadline is moved with its reason, and everybody concerned reads old and new', async () => {
    world.fresh(world.lark.control.p2p(who.wanghai));
    expect(await said(who.director, '任务 改期 T1 5月8日 原因 五一放假')).toMatch(
      /4月23日.* → 5月8日.*原因：五一放假/s,
    );
    await world.settle();
    expect(world.fresh(world.lark.control.p2p(who.wanghai)).at(-1)?.text).toMatch(/4月23日.* → 5月8日/s);
    expect(await said(who.school, '任务 T1')).toMatch(/改期：4月23日.*→ 5月8日.*吕壬.*五一放假/s);
  });
});

describe('a task in other hands', () => {
  test('goes to another unit with a reason; the old side and the new one are told, and the history keeps it', async () => {
    const text = '任务 新增 更换消防设施 牵头 望海区教育局 责任人 陈甲 截止 6月30日';
    const given = await world.ask(city, who.director, `@督导助手 ${text}`);
    const name = /任务 (T\d+)/.exec(given)?.[1] ?? '';
    world.fresh(world.lark.control.p2p(who.wanghai));
    expect(await said(who.director, `任务 转交 ${name} 望海区财政局 责任人 王丁 原因 职能调整`)).toMatch(
      /已转交：望海区教育局 陈甲 → 望海区财政局 王丁，原因：职能调整/,
    );
    await world.settle();
    expect(world.fresh(world.lark.control.p2p(who.wanghai)).at(-1)?.text).toContain(`任务转交 ${name}`);
    expect(await said(who.director, `${name} 交给 望海区财政局，因为职能调整`)).toMatch(/王丁 → 望海区财政局/);
    expect(await said(who.director, `任务 转交 ${name} 望海区财政局 原因 再来一次`)).toContain(
      '本来就由望海区财政局负责',
    );
    expect(await said(who.school, `任务 ${name}`)).toMatch(
      /转交：望海区教育局 陈甲 → 望海区财政局 王丁.*吕壬.*职能调整/s,
    );
    expect(await said(who.director, `任务 完成 ${name}`)).toContain('已办结');
  });
});

describe('confidential tasks', () => {
  const text = '牵头 望海区教育局 责任人 陈甲 截止 4月24日';
  const direct = (openId: string, line: string) => world.ask(world.lark.control.p2p(openId), openId, line);

  test('are seen by who answers for them and by the office, in direct chats, and count nowhere else', async () => {
    world.fresh(group);
    world.fresh(world.lark.control.p2p(who.wanghai));
    const given = await direct(who.director, `任务 新增 保密 化解家长矛盾 ${text}`);
    const name = /任务 (T\d+)/.exec(given)?.[1] ?? '';
    expect(given).toContain('只有责任人和督导室');
    await world.settle();
    expect(world.fresh(world.lark.control.p2p(who.wanghai)).at(-1)?.text).toContain(`新任务 ${name}`);
    for (const line of ['任务', '截止 本周', '进展', '我的', '汇总'])
      expect(await said(who.wanghai, line)).not.toContain('化解家长矛盾');
    for (const line of [`任务 ${name}`, `进展 ${name} 50%`, `任务 完成 ${name}`, `任务 公开 ${name}`])
      expect(await said(who.director, line)).toContain(`没有编号为 ${name} 的任务`);
    expect(await direct(who.school, `任务 ${name}`)).toContain('没有编号为');
    expect(await direct(who.wanghai, '我的')).toContain('化解家长矛盾');
    expect(await direct(who.wanghai, '截止 本周')).toContain('化解家长矛盾');
    expect(await direct(who.wanghai, `进展 ${name} 50% 已约谈双方`)).toContain('已记下');
    expect(await direct(who.director, `任务 ${name}`)).toMatch(/保密.*50%.*已约谈双方/s);
    expect(world.fresh(group).filter(({ text: sent }) => sent.includes('化解家长矛盾'))).toEqual([]);
    for (const line of ['审计', '审计 任务']) {
      const answer = await said(who.director, line);
      expect(answer).not.toContain('化解家长矛盾');
      expect(answer).not.toContain(name);
    }
    expect(await direct(who.director, '审计')).toContain(name);
    expect(await direct(who.director, `任务 公开 ${name}`)).toContain('已解除保密');
    expect(await said(who.school, '任务')).toContain('化解家长矛盾');
  });

  test('a task that becomes confidential leaves the cards that groups have of it', async () => {
    const [card] = await world.say(group, who.school, '@督导助手 任务 T4');
    expect(await said(who.director, '任务 保密 T4')).not.toContain('归集佐证材料');
    await world.settle();
    expect(world.lark.control.message(card?.messageId ?? '').text).not.toContain('归集佐证材料');
    expect(await direct(who.director, '任务 公开 T4')).toContain('已解除保密');
  });
});

describe('steps of a task', () => {
  test('have days of their own, are owed like tasks, and are done by the unit', async () => {
    expect(await said(who.director, '任务 节点 T7 主体封顶 4月22日')).toContain('T7 节点：主体封顶 4月22日');
    expect(await said(who.director, '任务 节点 T7 主体封顶 4月23日')).toMatch(/4月22日.* → 4月23日/);
    expect(await said(who.school, '截止 本周')).toMatch(/新建公办幼儿园 · 节点 主体封顶/);
    expect(await said(who.wanghai, '任务 节点 T7 主体封顶 完成')).toMatch(/节点.*主体封顶 4月23日（周四）（已完成）/s);
    expect(await said(who.school, '截止 本周')).not.toContain('节点 主体封顶');
    expect(await said(who.director, '任务 节点 T7 主体封顶 删除')).toContain('删除 主体封顶');
  });
});

describe('progress', () => {
  test('a report is kept with its history, and what was said before is repeated', async () => {
    expect(await said(who.wanghai, '进展 T7 完成 3 所 已有3所开园')).toContain('3 所（25%）');
    expect(await said(who.wanghai, '进展 T7 完成 6 所')).toContain('3 所（25%） → 6 所（50%）');
    expect(await said(who.wanghai, 'T7推进到百分之六十')).toContain('6 所（50%） → 60%');
    expect(await said(who.school, '任务 T7')).toMatch(/进展：60%.*历次情况.*60%.*6 所.*3 所/s);
  });

  test('what is said to be done is 100 %, and a report has at least a figure or words', async () => {
    const given = await said(who.director, '任务 新增 报送校舍台账 牵头 望海区教育局');
    const name = /任务 (T\d+)/.exec(given)?.[1] ?? '';
    expect(await said(who.wanghai, `进展 ${name} 完成摸底`)).toContain(
      `已记下 ${name} 的情况说明，完成多少还没有报。请接着报，例如：进展 ${name} 60%`,
    );
    expect(await said(who.wanghai, `进展 ${name} 百分之八十`)).toContain('80%');
    expect(await said(who.wanghai, `进展 ${name} 已经报了`)).toMatch(/80% → 100%。全部完成的，请督导室办结/);
    expect(await said(who.director, `任务 完成 ${name}`)).toContain('已办结');
  });

  test('an explicit correction with a reason may go down, by those who may correct', async () => {
    expect(await said(who.director, '进展 T7 更正 50% 原因 一所未验收')).toContain('60% → 50%');
    expect(await said(who.school, '任务 T7')).toMatch(/更正为 50%.*一所未验收/s);
  });

  test('what looks like a slip of the pen is confirmed by a button, and then kept as it was said', async () => {
    const [asked] = await world.say(group, who.wanghai, '@督导助手 进展 T7 55% 主体已全部完成');
    expect(asked?.text).toMatch(/没有记下：文字写“全部完成”，进度是 55%.*属实，照此上报/s);
    const press = () => world.lark.control.press(asked?.messageId ?? '', who.wanghai, { buttonText: '属实，照此上报' });
    await press();
    await world.settle();
    expect(await said(who.wanghai, '任务 T7')).toMatch(/55%.*主体已全部完成/s);
    expect(await said(who.wanghai, '任务 T7')).not.toContain('属实');
    const [more] = await world.say(group, who.wanghai, '@督导助手 进展 T7 完成 14 所');
    await world.lark.control.press(more?.messageId ?? '', who.wanghai, { buttonText: '超额，照此上报' });
    await world.settle();
    expect(await said(who.wanghai, '任务 T7')).toContain('进展：14 所');
    expect(await said(who.director, '进展 T7 更正 55% 原因 报错')).toContain('→ 55%');
    expect(await said(who.wanghai, '进展 T7 20%')).toMatch(/变少了。上次报错的，请督导室更正：进展 T7 更正 20% 原因/);
  });

  test('photos come with a report: beside it, in answer to its card, or alone and asked back', async () => {
    const photo = { name: '封顶.jpg', bytes: new TextEncoder().encode('jpg') };
    const direct = world.lark.control.p2p(who.wanghai);
    const files = async () => {
      const { store } = world.bot.core;
      const [task] = await store.tasks({ scope: { unitIds: await store.roots() }, number: 7 });
      return (await store.progressEvidence(task?.id ?? '')).map(({ kind }) => kind);
    };
    const [card] = await world.say(group, who.wanghai, '@督导助手 任务 T7');
    const [answered] = await world.say(group, who.wanghai, '@督导助手 57% 楼梯已装', {
      ...(card && { replyTo: card.messageId }),
    });
    expect(answered?.text).toContain('55% → 57%');
    const [question] = await world.say(direct, who.wanghai, '', { file: photo, type: 'image' });
    expect(question?.text).toMatch(/收到 1 份材料。作为哪一项的佐证.*T7 新建公办幼儿园/s);
    await world.lark.control.press(question?.messageId ?? '', who.wanghai, { buttonText: 'T7' });
    await world.settle();
    expect(await files()).toEqual(['image']);
    const sent = world.lark.control.say(group, who.wanghai, '', { file: photo, type: 'image' });
    await sent.delivered;
    const [both] = await world.say(group, who.wanghai, '@督导助手 进展 T7 58% 见照片', { replyTo: sent.messageId });
    expect(both?.text).toMatch(/57% → 58%，附材料 1 份.*附材料 1 份.*57%　*.*附材料 1 份/s);
    expect(await files()).toEqual(['image', 'message']);
  });

  test('the form says what a line says; cards of the task in other chats show it soon after', async () => {
    const [card] = cards(city).filter(({ text }) => text.includes('新建公办幼儿园'));
    const direct = world.lark.control.p2p(who.wanghai);
    const [form] = await world.say(direct, who.wanghai, '进展 T7');
    const answer = await world.lark.control.press(form?.messageId ?? '', who.wanghai, {
      buttonText: '提交进展',
      formValue: { amount: '9', words: '9所封顶' },
    });
    expect(answer).toMatchObject({ toast: { type: 'success' } });
    await world.settle();
    expect(world.lark.control.message(form?.messageId ?? '').text).toContain('9 所（75%）');
    expect(world.lark.control.message(card?.messageId ?? '').text).toMatch(/9 所（75%）.*9所封顶/s);
  });

  test('two reports at the same moment are both kept, one after the other', async () => {
    const both = [
      world.lark.control.say(group, who.wanghai, '@督导助手 进展 T2 30%'),
      world.lark.control.say(group, who.director, '@督导助手 进展 T2 40%'),
    ];
    await Promise.all(both.map(({ delivered }) => delivered));
    await world.settle();
    const [task] = await world.bot.core.store.tasks({
      scope: { unitIds: await world.bot.core.store.roots() },
      number: 2,
    });
    const kept = (await world.bot.core.store.progress([task?.id ?? ''])).map(({ percent }) => percent);
    // 40 first: then 30 is less than before and asked back.
    expect([[30, 40], [40]]).toContainEqual(kept);
  });

  test('a task that is done is no longer reminded of nor reported, until it is opened again', async () => {
    expect(await said(who.school, '截止 逾期')).toContain('化解大班额');
    expect(await said(who.director, '任务 完成 T2')).toContain('T2 已办结');
    expect(await said(who.school, '截止 逾期')).not.toContain('化解大班额');
    expect(await said(who.school, '已办结的任务')).toContain('化解大班额');
    expect(await said(who.director, '任务 重开 T2 原因 班额反弹')).toContain('T2 已重开');
    expect(await said(who.school, '截止 逾期')).toContain('化解大班额');
    expect(await said(who.school, '任务 T2')).toMatch(/重开.*班额反弹.*办结/s);
  });
});

describe('a monthly round', () => {
  test('asks whoever leads, chases who has not answered, and posts the summary', async () => {
    for (const rule of ['每月20日 10:00 进展催报', '每月22日 10:00 进展催报', '每月23日 15:00 进展汇总'])
      expect(await said(who.director, `提醒 新增 ${rule}`)).toContain('已新增提醒');
    await said(who.director, '任务 完成 T3');
    await said(who.director, '任务 完成 T5');
    expect(await world.ask(city, who.director, '@督导助手 设置 进展报送日 20')).toContain('20');
    const direct = world.lark.control.p2p(who.wanghai);
    world.fresh(direct);
    world.fresh(group);
    const office = world.lark.control.p2p(who.director);
    world.fresh(office);
    await world.downUntil(shanghai('2026-05-19', '09:12'));
    expect(world.fresh(office).filter(({ text }) => text.includes('进展缺报清单'))).toMatchObject([
      { text: expect.stringMatching(/2026年5月进展还有 \d 项没有报，报送日 5月20日.*望海区教育局.*T4 归集佐证材料/s) },
    ]);
    world.fresh(group);
    const pushed = () => world.fresh(group).filter(({ text }) => /进展催报|进展汇总/.test(text));

    await world.downUntil(shanghai('2026-05-20', '10:09'));
    const [asking] = pushed();
    expect(asking?.text).toMatch(
      /请牵头单位在 5月20日（周三） 前报2026年5月进展，还有 5 项没有报.*T1 .*报送自查报告.*还没有报过.*T7 .*上次：9 所（75%）　9所封顶（4月20日/s,
    );
    const [personal] = world.fresh(direct).filter(({ text }) => text.includes('请报2026年5月进展'));
    expect(await world.ask(direct, who.wanghai, '我的')).toContain('报进展 T');
    expect(personal?.text).toMatch(/T7 .*上次：9 所（75%）.*报 T7/s);

    for (const report of ['进展 T1 100% 已报送', '进展 T7 完成 9 所 无变化', '进展 T2 60%'])
      expect(await said(who.wanghai, report)).toContain('已记下');
    await world.downUntil(shanghai('2026-05-22', '10:09'));
    const [chasing] = pushed();
    expect(chasing?.text).toMatch(/还有 2 项没有报.*T4 /s);
    expect(chasing?.text).not.toContain('T7');
    expect(await said(who.wanghai, '进展 T4 20% 已收一半')).toContain('（本月报送日 5月20日（周三） 已过，记为迟报）');
    expect(await said(who.wanghai, '进展 T4 30% 又收到一些')).not.toContain('迟报');

    await world.downUntil(shanghai('2026-05-25', '15:09'));
    const [summary] = pushed();
    expect(summary?.text).toMatch(
      /已报 4 项，未报 1 项.*未报的单位.*望海区教育局　T\d+ 化解家长矛盾.*迟报（报送日 5月20日（周三））.*望海区教育局　T4 归集佐证材料　5月22日（周五）报.*已报的进展.*T1 .*100%/s,
    );
  });
});

describe('mine', () => {
  test('each thing on me has a button; pressed twice or after the thing is over it says so and harms nothing', async () => {
    const direct = world.lark.control.p2p(who.wanghai);
    const [mine] = await world.say(direct, who.wanghai, '我的');
    expect(mine?.text).toMatch(/报进展 T2.*报进展 T/s);
    const press = (buttonText: string) => world.lark.control.press(mine?.messageId ?? '', who.wanghai, { buttonText });
    world.fresh(direct);
    await press('报进展 T2');
    await press('报进展 T2');
    await world.settle();
    expect(world.fresh(direct).map(({ text }) => text.split('\n')[0])).toEqual(['报进展 T2', '报进展 T2']);
    // The list stays.
    expect(world.lark.control.message(mine?.messageId ?? '').text).toContain('我的督导安排和到期事项');
    await said(who.director, '任务 完成 T2');
    expect(await press('报进展 T2')).toMatchObject({
      toast: { type: 'warning', content: expect.stringContaining('已经办结') },
    });
    await said(who.director, '任务 重开 T2 原因 误办结');
  });
});

describe('a task that stays behind', () => {
  const direct = (openId: string) => world.lark.control.p2p(openId);
  const sent = (openId: string, title: string) =>
    world.fresh(direct(openId)).filter(({ text }) => text.includes(title));

  test('is urged by itself, then proposed to the office for a day of its own, then for a bulletin that a person releases', async () => {
    // The beats of the monthly round have urged already: T2 was due in April.
    expect(await said(who.school, '任务 T2')).toMatch(/催办：已逾期/);
    world.fresh(direct(who.director));
    await world.downUntil(shanghai('2026-06-03', '09:20'));
    const [limit] = sent(who.director, '限期整改 · 任务 T2');
    // All that waits for one person's word is one card.
    expect(limit?.text).toMatch(/^待确认：\d 项任务督办.*限期整改 · 任务 T2.*催办后仍亮红灯.*已逾期/s);
    world.fresh(direct(who.wanghai));
    const submit = (messageId: string | undefined, openId: string, buttonText: string, formValue: object) =>
      world.lark.control.press(messageId ?? '', openId, { buttonText, formValue: { ...formValue } });
    expect(await submit(limit?.messageId, who.director, '下达限期整改 T2', { day: '2026-06-10' })).toMatchObject({
      toast: { type: 'success' },
    });
    await world.settle();
    expect(sent(who.wanghai, '限期整改：任务 T2')).toHaveLength(1);
    await world.downUntil(shanghai('2026-06-11', '09:20'));
    const [bulletin] = sent(who.director, '通报 · 任务 T2');
    expect(bulletin?.text).toMatch(/限期整改到期仍亮红灯/);
    expect(sent(who.wanghai, '通报')).toEqual([]);
    await submit(bulletin?.messageId, who.director, '确认通报 T2', {
      number: '云教督〔2026〕5号',
      words: '大班额化解不力，现予通报。',
    });
    await world.settle();
    const [told] = sent(who.wanghai, '通报：任务 T2');
    expect(told?.text).toMatch(/云教督〔2026〕5号.*大班额化解不力，现予通报。/s);
    expect(await said(who.school, '任务 T2')).toMatch(/通报：云教督〔2026〕5号.*吕壬.*限期整改：6月10日/s);
  });

  test('is left alone once it has caught up', async () => {
    await said(who.wanghai, '进展 T2 100% 已化解');
    world.fresh(direct(who.director));
    await world.downUntil(shanghai('2026-06-12', '09:20'));
    expect(await said(who.school, '任务 T2')).toMatch(/赶上进度.*100%/s);
    expect(sent(who.director, 'T2')).toEqual([]);
  });

  test('a confidential one is reminded of in direct chats alone, and is never censured', async () => {
    world.fresh(direct(who.wanghai));
    world.fresh(group);
    const given = await world.ask(
      direct(who.director),
      who.director,
      '任务 新增 保密 回访信访人 牵头 望海区教育局 责任人 陈甲 截止 6月17日',
    );
    const name = /任务 (T\d+)/.exec(given)?.[1] ?? '';
    await world.downUntil(shanghai('2026-06-16', '09:20'));
    expect(sent(who.wanghai, '保密任务截止提醒').at(-1)?.text).toMatch(/回访信访人.*6月17日/s);
    await world.downUntil(shanghai('2026-06-18', '09:20'));
    expect(sent(who.wanghai, '催办：1 项任务滞后').at(-1)?.text).toMatch(/回访信访人.*已逾期/s);
    expect(world.fresh(group).filter(({ text }) => text.includes('回访信访人') || text.includes(name))).toEqual([]);
    expect(await world.ask(direct(who.director), who.director, `任务 通报 ${name} 文号 云教督〔2026〕6号`)).toContain(
      '是保密任务，不在群里通报',
    );
  });
});
