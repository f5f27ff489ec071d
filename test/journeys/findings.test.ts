import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { receive } from '../../src/app/receive.ts';
import { progressOf } from '../../src/domain/findings/progress.ts';
import { openWorld, shanghai, type World } from '../support/world.ts';
import { boundGroup, claim, importDistrict, type People, people } from './district.ts';

let world: World;
let who: People;
let county: string;
let school: string;
beforeAll(async () => {
  world = await openWorld('SQLite', shanghai('2026-04-20', '07:00'), 'journey_findings');
  who = people(world);
  await claim(world, who);
  await importDistrict(world);
  county = await boundGroup(world, '望海区工作群', '望海区', [who.wanghai, who.leader], who);
  school = await boundGroup(world, '望海一中群', '望海区第一中学', [who.school, who.stranger], who);
  // The next heartbeats learn who people are.
  await world.to(shanghai('2026-04-20', '07:15'));
  await world.ask(school, who.director, '@督导助手 角色 授予 联络员 @朱戊 望海区第一中学');
  await world.ask(county, who.director, '@督导助手 角色 授予 督导员 @韩丙 望海区');
  await world.downUntil(shanghai('2026-04-20', '10:00'));
});
afterAll(() => world.close());

const direct = (openId: string) => world.lark.control.p2p(openId);
const inCounty = (openId: string, text: string) => world.ask(county, openId, `@督导助手 ${text}`);
const inSchool = (openId: string, text: string) => world.ask(school, openId, `@督导助手 ${text}`);
const privately = (openId: string, text: string) => world.ask(direct(openId), openId, text);
const photo = { name: '灯.jpg', bytes: new TextEncoder().encode('jpg') };
/** The line answers a photo that was sent before it, and so brings it. */
const withPhoto = async (chatId: string, openId: string, text: string) => {
  const sent = world.lark.control.say(chatId, openId, '', { file: photo, type: 'image' });
  await sent.delivered;
  const [answer] = await world.say(chatId, openId, `@督导助手 ${text}`, { replyTo: sent.messageId });
  return answer?.text ?? '';
};
const stored = async (number: number) => {
  const finding = await world.bot.core.store.finding(number);
  if (!finding) throw new Error(`no W${number}`);
  return finding;
};
const state = async (number: number) => (await stored(number)).state;
/** The clock goes there at once; what was due on the way is caught up with and leaves. */
const leap = async (day: string, time: `${number}:${number}`) => {
  await world.downUntil(shanghai(day, time));
  await world.to(shanghai(day, time) + 120_000);
};
/** The clock goes there, the bot looks in, and what arrived in a chat is told. */
const arrivedAt = async (day: string, time: `${number}:${number}`, chatId: string) => {
  world.fresh(chatId);
  await leap(day, time);
  return world.fresh(chatId).map(({ text }) => text);
};

describe('a problem from the school yard to 销号, over six weeks with a holiday in them', () => {
  test('one line registers it; the school hears of it', async () => {
    world.fresh(school);
    const answer = await inCounty(who.director, '问题 一中 教师培训台账不全 10个工作日 责任人朱戊');
    expect(answer).toMatch(/问题 W1 · 已登记.*望海区第一中学.*教师培训台账不全.*今天下达则到 5月7日/s);
    expect(await state(1)).toBe('registered');
    expect(world.fresh(school).map(({ text }) => text)).toEqual([expect.stringContaining('问题 W1：发现问题')]);
  });

  test('the notice is issued by a button, signed for by the school, and its cards everywhere show it', async () => {
    const { control } = world.lark;
    const [card] = await world.say(county, who.director, '@督导助手 整改 W1');
    await control.press(card?.messageId ?? '', who.director, { buttonText: '下达' });
    await world.settle();
    expect(await stored(1)).toMatchObject({ state: 'issued', due: '2026-05-07' });
    expect(world.fresh(school).at(-1)?.text).toContain('问题 W1：下达');
    expect(await inSchool(who.school, '整改 W1 签收')).toContain('已签收');
    await world.to(shanghai('2026-04-20', '10:01'));
    expect(control.message(card?.messageId ?? '').text).toContain('已签收');
  });

  test('an extension over the holiday is asked for and granted, once', async () => {
    await leap('2026-04-29', '10:00');
    expect(await inSchool(who.school, '整改 W1 延期 5月7日 假期')).toContain('延期要晚于原期限');
    const { control } = world.lark;
    const [asked] = await world.say(school, who.school, '@督导助手 整改 W1');
    await control.press(asked?.messageId ?? '', who.school, { buttonText: '申请延期' });
    await control.press(asked?.messageId ?? '', who.school, {
      buttonText: '申请延期',
      formValue: { day: '2026-05-20 +0800', reason: '假期无法培训' },
    });
    expect(control.message(asked?.messageId ?? '').text).toMatch(/申请延到：5月20日.*假期无法培训/s);
    const [card] = await world.say(county, who.director, '@督导助手 整改 W1');
    await control.press(card?.messageId ?? '', who.director, { buttonText: '同意延期' });
    await world.settle();
    expect(await stored(1)).toMatchObject({ state: 'fixing', due: '2026-05-20', extensions: 1 });
    expect(await inSchool(who.school, '整改 W1 延期 6月20日 还不够')).toContain('已经延期 1 次');
  });

  test('it is among the deadlines that are asked for and pushed', async () => {
    expect(await inSchool(who.school, '截止 5月')).toMatch(/W1 教师培训台账不全.*问题整改/s);
    expect(await privately(who.school, '我的')).toMatch(/W1 教师培训台账不全.*【办 W1】/s);
    await world.downUntil(shanghai('2026-05-19', '08:29'));
    world.fresh(school);
    await world.to(shanghai('2026-05-19', '08:45'));
    expect(world.fresh(school).map(({ text }) => text)).toEqual([
      expect.stringMatching(/截止提醒.*W1 教师培训台账不全/s),
    ]);
  });

  test('once overdue its liaison is urged, privately and once', async () => {
    expect(await arrivedAt('2026-05-20', '09:15', direct(who.school))).toEqual([]);
    expect(await arrivedAt('2026-05-21', '09:15', direct(who.school))).toEqual([
      expect.stringMatching(/^催办：问题 W1.*逾期 1 /s),
    ]);
    expect(await arrivedAt('2026-05-22', '09:15', direct(who.school))).toEqual([]);
    expect((await stored(1)).level).toBe(1);
  });

  test('a report is returned with reason and a new deadline, mended, rechecked by one and struck off', async () => {
    expect(await inSchool(who.school, '整改 W1 完成 台账已补齐，原因：交接时没有移交')).toContain('已报整改完成');
    expect(await privately(who.director, '我的')).toMatch(
      /等督导室办理的问题.*W1 教师培训台账不全.*已报整改完成.*前办理.*【办 W1】/s,
    );
    expect(await inCounty(who.director, '我的')).not.toContain('等督导室');
    expect(await inCounty(who.leader, '整改 W1 退回 照片看不清')).toMatch(
      /请写明整改期限.*例如：整改 W1 退回 5个工作日/,
    );
    world.fresh(school);
    expect(await inCounty(who.leader, '整改 W1 退回 5个工作日 照片看不清')).toMatch(/退回整改.*5月29日/s);
    expect(world.fresh(school).map(({ text }) => text)).toEqual([expect.stringContaining('照片看不清')]);
    await leap('2026-05-28', '10:00');
    expect(await inSchool(who.school, '整改 W1 完成 已换清晰照片')).toContain(
      '✓ 原因查清　✓ 整改报完　✗ 佐证齐全（只有文字，没有照片或文件）　✗ 另一人核查',
    );
    expect(await inCounty(who.director, '整改 W1 销号')).toMatch(/还没有佐证材料.*照片或文件回复到问题卡片.*退回/s);
    expect(await withPhoto(school, who.school, '整改 W1 佐证')).toContain('✓ 佐证齐全');
    await leap('2026-06-01', '10:00');
    expect(await inCounty(who.leader, '整改 W1 复查 现场看过')).toMatch(/复查中.*✗ 另一人核查（复查中）/s);
    expect(await inSchool(who.school, '整改 W1 销号')).toContain('只有管理员、督导员可以销号');
    expect(await inCounty(who.director, '同意销号 1号问题')).toMatch(
      /问题 W1 · 已销号.*✓ 原因查清　✓ 整改报完　✓ 佐证齐全　✓ 另一人核查/s,
    );
    const finding = await stored(1);
    expect(finding).toMatchObject({ state: 'closed', closedOn: '2026-06-01', level: 0, returns: 1 });
    const events = await world.bot.core.store.findingEvents(finding.id);
    expect(finding).toMatchObject(progressOf(events));
    expect(await inCounty(who.director, '整改 W1 签收')).toContain('现在是“已销号”');
  });

  test('its life is told by its card and by the record', async () => {
    const card = await inSchool(who.school, '整改 W1');
    for (const step of [
      '发现问题',
      '下达',
      '签收',
      '申请延期',
      '同意延期',
      '催办',
      '报整改完成',
      '退回整改',
      '复查',
      '销号',
    ])
      expect(card, step).toContain(step);
    expect(await privately(who.director, '审计 今天')).toMatch(/销号.*W1/s);
  });
});

describe('evidence', () => {
  test('a photo in the direct chat is asked back for its problem, and attached by a button', async () => {
    await inCounty(who.director, '问题 一中 楼梯扶手松动 较重 10个工作日');
    await inCounty(who.director, '整改 W2 下达 文号 云教督〔2026〕3号');
    const [question] = await world.say(direct(who.school), who.school, '', { file: photo, type: 'image' });
    expect(question?.text).toMatch(/作为哪一项的佐证.*W2 楼梯扶手松动/s);
    await world.lark.control.press(question?.messageId ?? '', who.school, { buttonText: 'W2' });
    await world.settle();
    const [evidence] = await world.bot.core.store.evidence((await stored(2)).id);
    expect(evidence).toMatchObject({ kind: 'image', fileKey: expect.stringMatching(/^img/) });
  });

  /** Text and picture in one message, which the emulator's people do not write. */
  const withPicture = async (text: string) => {
    const [chatId, id] = [direct(who.school), `post_${text}`];
    const said = { eventId: id, at: world.time.now(), chatId, chatType: 'p2p', messageId: `om_${id}`, text } as const;
    const how = { mentionsBot: true, mentions: [], messageType: 'post', readable: true } as const;
    const attachments = [{ kind: 'image', key: 'img_yard', name: '' }] as const;
    world.fresh(chatId);
    await receive(world.bot.core, { kind: 'message', ...said, ...how, sender: { openId: who.school }, attachments });
    await world.settle();
    return world.fresh(chatId)[0]?.text ?? '';
  };

  test('a number beside a photo is enough: it becomes evidence', async () => {
    expect(await withPicture('w2')).toMatch(/补充佐证.*佐证：2 份/s);
  });

  test('a photo with a line that writes nothing is said to be not kept, and how it is', async () => {
    const lost = /您回复的那条消息没有收作佐证.*请再回复它发送：整改 W2 佐证/s;
    expect(await withPhoto(school, who.school, 'W2')).toMatch(lost);
    expect(await withPhoto(school, who.school, '整改 W2 复查')).toMatch(lost);
    for (const text of ['整改 W2 复查', 'W2 情况怎么样', '日程 明天', '这句话没人看得懂'])
      expect(await withPicture(text), text).toContain('照片没有收下');
    expect(await withPhoto(school, who.school, '日程 明天')).not.toContain('没有收');
    expect(await world.bot.core.store.evidence((await stored(2)).id)).toHaveLength(2);
  });

  test('an answer to a photo brings the photo; an answer to the card needs no number', async () => {
    const { control } = world.lark;
    const sent = control.say(school, who.school, '', { file: photo, type: 'image' });
    await sent.delivered;
    const [card] = await world.say(school, who.school, '@督导助手 整改 W2 佐证', { replyTo: sent.messageId });
    expect(card?.text).toContain('佐证：3 份');
    expect((await world.bot.core.store.evidence((await stored(2)).id))[2]).toMatchObject({
      kind: 'message',
      messageId: sent.messageId,
    });
    const [done] = await world.say(school, who.school, '@督导助手 完成 已加固，原因：年久失修', {
      ...(card && { replyTo: card.messageId }),
    });
    expect(done?.text).toContain('问题 W2 · 已报整改完成');
    expect(await inCounty(who.leader, '整改 W2 销号')).toContain('已销号');
  });

  test('whoever has no problem to prove is told as before that only text is read', async () => {
    const [answer] = await world.say(direct(who.stranger), who.stranger, '', { file: photo, type: 'image' });
    expect(answer?.text).toContain('只能读文字');
  });
});

describe('by form', () => {
  const submit = (messageId: string, openId: string, formValue: Record<string, unknown>) =>
    world.lark.control.press(messageId, openId, { name: 'submit', formValue });

  test('a problem is written down and reported done by forms, each once however often it is pressed', async () => {
    const [form] = await world.say(county, who.director, '@督导助手 问题 一中');
    const filled = { unit: '望海区第一中学', description: '食堂留样记录缺失', severity: '一般', limit: '5个工作日' };
    // Both are decided, one is kept: the number of the other, W4, stays a gap.
    const presses = await Promise.all([1, 2].map(() => submit(form?.messageId ?? '', who.director, filled)));
    expect(presses.map(({ toast }) => toast?.type).toSorted()).toEqual(['success', 'warning']);
    expect(await stored(3)).toMatchObject({ state: 'registered', description: '食堂留样记录缺失' });
    await inCounty(who.director, '整改 W3 下达');
    const [card] = await world.say(school, who.school, '@督导助手 整改 W3 签收');
    expect(await submit(card?.messageId ?? '', who.school, { done: '基本完成', cause: '忘记' })).toMatchObject({
      toast: { type: 'warning', content: expect.stringContaining('不算整改完成') },
    });
    await submit(card?.messageId ?? '', who.school, { done: '记录已补', cause: '无人负责' });
    await world.settle();
    expect(await stored(3)).toMatchObject({ state: 'submitted', cause: '无人负责' });
    await withPhoto(school, who.school, '整改 W3 佐证');
    expect(await inCounty(who.leader, '整改 W3 销号')).toContain('已销号');
  });
});

describe('the short way', () => {
  test('found, done, checked: three lines, and every state on the way is written down', async () => {
    expect(await inCounty(who.director, '问题 一中 走廊灯不亮 立行立改')).toContain('问题 W5 · 已下达');
    expect(await withPhoto(school, who.school, '整改 W5 完成 已换灯')).toContain('已报整改完成');
    expect(await inCounty(who.leader, '整改 W5 销号')).toContain('已销号');
    const events = await world.bot.core.store.findingEvents((await stored(5)).id);
    expect(events.map(({ to }) => to)).toEqual([
      'registered',
      'issued',
      'acknowledged',
      'fixing',
      'submitted',
      'rechecking',
      'closed',
    ]);
  });
});

describe('a safety matter', () => {
  test('is drafted for 督办 on its due day, over a weekend that is worked, and goes to the school by a named word', async () => {
    // 26 September 2026 to 7 October: 20 September is a worked Sunday, 25 to 27 and 1 to 7 October are rest days.
    await leap('2026-09-14', '10:00');
    await inCounty(who.director, '问题 一中 消防通道堆放杂物 5个工作日');
    await inCounty(who.director, '整改 W6 下达');
    expect((await stored(6)).due).toBe('2026-09-20');
    await inSchool(who.school, '整改 W6 签收');
    world.fresh(direct(who.director));
    const early = await arrivedAt('2026-09-19', '09:15', direct(who.director));
    // Only that the bot was down since Monday.
    expect(early).toEqual([expect.stringMatching(/^推送自检.*8 次推送没有发出/s)]);
    world.fresh(school);
    world.fresh(county);
    const { control } = world.lark;
    world.fresh(direct(who.director));
    await leap('2026-09-20', '09:15');
    const drafts = world.fresh(direct(who.director)).filter(({ text }) => text.includes('督办'));
    expect(drafts.map(({ text }) => text)).toEqual([expect.stringMatching(/^待确认：督办 · 问题 W6/)]);
    expect(world.fresh(school).filter(({ text }) => text.includes('督办'))).toEqual([]);
    expect(await privately(who.director, '我的')).toContain('待确认督办');
    await control.press(drafts[0]?.messageId ?? '', who.director, { buttonText: '确认督办' });
    await world.settle();
    expect(world.fresh(school).map(({ text }) => text)).toEqual([expect.stringMatching(/^问题 W6：督办/)]);
    expect((await stored(6)).level).toBe(2);
    expect(await inCounty(who.leader, '整改 W6 督办')).toContain('已经到“督办”这一级');
  });

  test('通报 wants its 文号; 约谈 is written down and told to nobody', async () => {
    expect(await inCounty(who.director, '整改 W6 通报')).toContain('通报要写文号');
    world.fresh(school);
    expect(await privately(who.director, '整改 W6 约谈 9月25日约谈校长，整改不力')).toContain('约谈');
    expect(world.fresh(school)).toEqual([]);
    expect(await inCounty(who.director, '整改 W6 问责 文号 6号 校长')).toContain('不在群里办理');
    expect(await privately(who.director, '整改 W6')).toContain('约谈校长');
    for (const card of [await inSchool(who.school, '整改 W6'), await privately(who.school, '整改 W6')])
      expect(card).not.toContain('约谈校长');
    expect(await privately(who.director, '整改 W6 降为催办')).toContain('请写明降级的理由');
    world.fresh(school);
    expect(await privately(who.director, '整改 W6 降为催办 约谈后已立即清理')).toContain('降低督办层级');
    expect(world.fresh(school)).toEqual([]);
    expect(await inSchool(who.school, '整改 W6')).not.toContain('约谈');
    expect((await stored(6)).level).toBe(1);
  });

  test('is checked by one and struck off by another', async () => {
    await withPhoto(school, who.school, '整改 W6 完成 已清空，原因：无人巡查');
    expect(await inCounty(who.leader, '整改 W6 销号')).toContain('先由一人“复查”');
    await inCounty(who.leader, '整改 W6 复查');
    expect(await inCounty(who.leader, '整改 W6 销号')).toContain('两人把关');
    expect(await inCounty(who.director, '整改 W6 销号')).toContain('已销号');
    expect(await inCounty(who.leader, '整改 W6 重新挂账 3个工作日 又堆放了')).toContain('重新挂账');
  });
});

describe('what waits for the office', () => {
  test('is brought back to it when its working days are over', async () => {
    await inCounty(who.director, '问题 一中 校史馆漏水 10个工作日');
    await inCounty(who.director, '整改 W7 下达');
    await inSchool(who.school, '整改 W7 完成 已补漏，原因：管道老化');
    const told = (await arrivedAt('2026-09-29', '09:15', direct(who.director))).filter((text) => text.includes('W7'));
    expect(told).toEqual([expect.stringMatching(/^待办：问题 W7.*等督导室办理，已超 1 个工作日/s)]);
    // New rules make the heartbeat look again; whoever was told this morning is not told again, and no look is owed any more.
    const again = (at: number) => world.bot.core.store.findingsToWatch(at, 99);
    await privately(who.director, '设置 升级天数 2、5、10、20');
    const at = shanghai('2026-09-29', '09:20');
    expect((await again(at)).map(({ number }) => number)).toContain(6);
    world.fresh(direct(who.director));
    await world.to(shanghai('2026-09-29', '09:25'));
    expect(world.fresh(direct(who.director)).filter(({ text }) => text.includes('W7'))).toEqual([]);
    expect((await again(shanghai('2026-09-29', '09:25'))).map(({ number }) => number)).not.toContain(6);
    await privately(who.director, '设置 撤回');
  });
});

describe('at one moment', () => {
  test('two people press: one wins, the other is told what happened', async () => {
    await inCounty(who.director, '问题 一中 校门口拥堵 10个工作日');
    const said = [
      world.lark.control.say(county, who.director, '@督导助手 整改 W8 下达'),
      world.lark.control.say(county, who.leader, '@督导助手 整改 W8 不予认定 属市政管理'),
    ];
    world.fresh(county);
    await Promise.all(said.map(({ delivered }) => delivered));
    await world.settle();
    const answers = world.fresh(county).map(({ text }) => text);
    expect(['issued', 'dropped']).toContain(await state(8));
    const [late, ...more] = answers.filter((text) => /不能“(?:下达|不予认定)”/.test(text));
    expect([late, more]).toEqual([expect.stringMatching(/不能“.*”（.* \S+ (?:下达|不予认定)）。/), []]);
  });
});

describe('the district’s rules', () => {
  test('a defence is taken within the days of the province that is set', async () => {
    expect(await privately(who.director, '设置 时限依据 重庆')).toContain('重庆');
    await inCounty(who.director, '问题 一中 操场围栏破损 10个工作日');
    const number = await world.lastNumber('finding');
    await leap('2026-10-12', '10:00');
    expect(await inSchool(who.school, `整改 W${number} 申辩 不属实`)).toContain('申辩期到 10月8日（周四）为止');
    await privately(who.director, '设置 时限依据 山东');
    expect(await inSchool(who.school, `整改 W${number} 申辩 不属实`)).toContain('申辩中');
    expect(await inCounty(who.director, `整改 W${number} 下达 围栏确有破损`)).toContain('已下达');
  });
});

describe('what is restricted', () => {
  test('is not taken in a group, is seen by whom it names, and by nobody else', async () => {
    expect(await inCounty(who.director, '问题 一中 家长举报乱收费 10个工作日')).toContain('不在群里登记，也没有保存');
    expect(await privately(who.director, '问题 望海区第一中学 家长举报乱收费 10个工作日')).toContain('限知');
    expect(await privately(who.director, '整改 W10')).toContain('举报');
    expect(await privately(who.director, '整改 望海区第一中学')).toContain('W10');
    for (const answer of [
      await inCounty(who.director, '整改 W10'),
      await inSchool(who.school, '整改 W10 签收'),
      await privately(who.school, '整改 W10'),
    ])
      expect(answer).toContain('这里没有问题 W10');
    expect(await inCounty(who.director, '整改')).not.toContain('W10');
    expect(await privately(who.school, '整改')).not.toContain('W10');
  });
});

describe('a problem that is said to be 保密', () => {
  const number = 11;
  const line = `整改 W${number}`;

  test('is seen by whom it names, in the direct chat, whatever its words; more are named later', async () => {
    expect(await inCounty(who.director, '问题 一中 财务账目不清 10个工作日 保密')).toContain('不在群里登记');
    expect(await privately(who.director, '问题 望海区第一中学 财务账目不清 10个工作日 保密')).toContain('限知');
    expect(await stored(number)).toMatchObject({ restricted: true, description: '财务账目不清' });
    expect(await privately(who.school, line)).toContain(`这里没有问题 W${number}`);
    world.fresh(direct(who.school));
    expect(await privately(who.director, `${line} 可见 朱戊`)).toContain('2 个指定的账号');
    expect(world.fresh(direct(who.school)).map(({ text }) => text)).toEqual([expect.stringContaining('财务账目不清')]);
    expect(await privately(who.school, line)).toContain('财务账目不清');
    expect(await privately(who.director, `${line} 可见 朱戊`)).toContain('已经是限知');
    expect(await privately(who.director, `${line} 可见 没有这人`)).toContain('通讯录里没有');
    for (const answer of [await inCounty(who.director, line), await inSchool(who.school, `${line} 签收`)])
      expect(answer).toContain(`这里没有问题 W${number}`);
    expect(await inSchool(who.school, '截止 10月')).not.toContain('财务');
  });

  test('becomes known to all by a decision of the office with its reason, and can be restricted again', async () => {
    expect(await privately(who.school, `${line} 解除限知 已公开`)).toContain('只有管理员、督导员可以解除限知');
    expect(await privately(who.director, `${line} 解除限知`)).toContain('请写明解除限知的理由');
    world.fresh(school);
    expect(await privately(who.director, `${line} 解除限知 已核实，可以公开办理`)).toContain('解除限知');
    expect(world.fresh(school).map(({ text }) => text)).toEqual([expect.stringContaining('财务账目不清')]);
    expect(await inCounty(who.director, line)).toContain('财务账目不清');
    expect(await inCounty(who.director, `${line} 保密`)).toContain('不在群里办理');
    expect(await privately(who.director, `${line} 保密`)).toContain('限知');
    expect(await inCounty(who.director, line)).toContain(`这里没有问题 W${number}`);
    expect(await privately(who.director, `审计 今天 问题`)).not.toContain('财务');
  });
});

describe('what is found on a visit', () => {
  const last = async () => stored(await world.lastNumber('finding'));
  const cardOf = async (chatId: string, openId: string, line: string) => {
    const [card] = await world.say(chatId, openId, line);
    return card?.messageId ?? '';
  };

  test('is written down from the card of the day, by a form that knows unit and visit; it belongs to the visit’s program', async () => {
    // Whoever inspects is known from the city's group.
    await boundGroup(world, '云溪市督导群', '云溪市', [who.leader, who.second], who);
    await privately(who.director, '专项 新增 秋季安全督导 望海区');
    await privately(who.director, '日程 新增 10月13日 上午 望海区第一中学 专项督导 组长 韩丙 成员 李庚 秋季安全督导');
    const number = await world.lastNumber('inspection');
    expect(await inCounty(who.director, `问题 D${number} 灯不亮 10个工作日`)).toContain(`D${number} 还没有开始`);
    await leap('2026-10-13', '10:00');
    const day = await cardOf(county, who.leader, '@督导助手 日程 今天');
    world.fresh(county);
    await world.lark.control.press(day, who.leader, { buttonText: `记问题 D${number}` });
    await world.settle();
    expect(world.lark.control.message(day).text).toContain('督导日程');
    const [form] = world.fresh(county);
    await world.lark.control.press(form?.messageId ?? '', who.leader, {
      name: 'submit',
      formValue: { unit: '望海区第一中学', visit: `D${number}`, description: '监控有盲区', limit: '10个工作日' },
    });
    await world.settle();
    expect(await last()).toMatchObject({
      description: '监控有盲区',
      state: 'registered',
      unit: { name: '望海区第一中学' },
      visit: { number },
      program: { name: '秋季安全督导' },
    });
  });

  test('in one line is linked by itself to the visit that the writer is on; its number stands for the unit', async () => {
    const { visit } = await last();
    await inCounty(who.leader, '问题 一中 门卫登记不全 10个工作日');
    expect(await last()).toMatchObject({ description: '门卫登记不全', visit, program: { name: '秋季安全督导' } });
    await inCounty(who.leader, `问题 D${visit?.number} 走廊灯不亮 立行立改`);
    expect(await last()).toMatchObject({ description: '走廊灯不亮', visit, unit: { name: '望海区第一中学' } });
    // Somebody who is neither on the team nor of the school.
    await inCounty(who.director, '问题 一中 围墙开裂 10个工作日');
    expect((await last()).visit).toBeUndefined();
    expect(await inCounty(who.leader, `问题 望海区实验小学 D${visit?.number} 灯不亮 10个工作日`)).toContain(
      '不是到望海区实验小学的',
    );
    expect(await inCounty(who.leader, '问题 D99 灯不亮 10个工作日')).toContain('没有编号为 D99 的督导安排');
  });

  test('is rechecked by whoever was on its team, which the unit is not', async () => {
    const { number, visit } = await last();
    expect(visit).toBeUndefined();
    await inCounty(who.director, `整改 W${number} 下达`);
    await inSchool(who.school, `整改 W${number} 完成 已加固，原因：年久失修`);
    expect(await inSchool(who.school, `整改 W${number} 复查`)).toContain('可以复查');
    expect(await privately(who.second, `整改 W${number} 复查 现场看过`)).toContain('复查中');
    expect(await privately(who.second, `整改 W${number} 销号`)).toContain('只有管理员、督导员可以销号');
    expect(await privately(who.linjiang, `整改 W${number}`)).toContain(`这里没有问题 W${number}`);
  });

  test('belongs to a program that is named, visit or not; 专项 among other words is part of the problem', async () => {
    await inCounty(who.director, '问题 一中 教研记录不全 10个工作日 专项 秋季安全督导');
    expect(await last()).toMatchObject({
      description: '教研记录不全',
      program: { name: '秋季安全督导' },
      visit: undefined,
    });
    await inCounty(who.director, `整改 W${(await last()).number} 不予认定 误记`);
    await inCounty(who.director, '问题 一中 未开展专项检查 10个工作日');
    expect(await last()).toMatchObject({ description: '未开展专项检查', program: undefined });
    await inCounty(who.director, `整改 W${(await last()).number} 不予认定 误记`);
    expect(await privately(who.director, '问题 临江区教育局 灯不亮 10个工作日 专项 秋季安全督导')).toContain(
      '没有临江区教育局参加',
    );
  });

  test('is listed by visit and by program, and counted on the visit’s card', async () => {
    const number = await world.lastNumber('inspection');
    for (const line of [`整改 D${number}`, '整改 秋季安全督导']) {
      const list = await inCounty(who.director, line);
      expect(list, line).toMatch(/监控有盲区.*门卫登记不全|门卫登记不全.*监控有盲区/s);
      expect(list, line).not.toContain('围墙开裂');
    }
    const card = await inCounty(who.director, `日程 D${number}`);
    expect(card).toMatch(/问题：3 个，已销号 0 个/);
    expect(await inSchool(who.school, `整改 D${number} 逾期`)).toContain('没有问题');
    await leap('2027-02-01', '10:00');
    expect(await inCounty(who.leader, `问题 D${number} 灯不亮 10个工作日`)).toContain('已经过去 90 天以上');
  });
});

describe('a letter', () => {
  const lines = (paper: string) =>
    `问题 一中 ${paper} 10个工作日\n1. 消防器材超期 较重\n2、图书馆漏雨 5个工作日\n(3) 走廊灯不亮 立行立改`;

  test('becomes a list of problems in one go, issued under its number; each is mended by itself until all are', async () => {
    const first = (await world.lastNumber('finding')) + 1;
    world.fresh(school);
    const answer = await inCounty(who.director, lines('文号 云教督〔2027〕5号'));
    expect(answer).toContain('登记了 3 个问题');
    expect(world.fresh(school).map(({ text }) => text)).toEqual([expect.stringContaining('登记了 3 个问题')]);
    expect(await stored(first)).toMatchObject({
      state: 'issued',
      severity: 'major',
      letter: '云教督〔2027〕5号',
      due: '2027-02-17',
    });
    expect(await stored(first + 1)).toMatchObject({ description: '图书馆漏雨', due: '2027-02-10' });
    expect(await stored(first + 2)).toMatchObject({ term: 'immediate', letter: '云教督〔2027〕5号' });
    expect(await inSchool(who.school, '整改 文号 云教督〔2027〕5号')).toContain('共 3 项');
    await withPhoto(school, who.school, `整改 W${first + 2} 完成 已换灯`);
    // 立行立改 asks for no cause, and none is written down.
    expect(await inCounty(who.leader, `整改 W${first + 2}`)).toMatch(/销号条件：✓ 整改报完　✓ 佐证齐全　✗ 另一人核查/);
    await inCounty(who.leader, `整改 W${first + 2} 销号`);
    expect(await inSchool(who.school, '整改 文号 云教督〔2027〕5号')).toContain('共 3 项，已销号 1 项');
    for (const number of [first, first + 1]) await inCounty(who.director, `整改 W${number} 不予认定 测试`);
  });
});

describe('a program’s own rules', () => {
  test('hold for its problems, the district’s for all others; a unit that is 督办 twice in a month is drafted for 通报', async () => {
    await leap('2027-03-01', '10:00');
    await privately(who.director, '专项 新增 消防专项督导 望海区');
    expect(await privately(who.director, '设置 专项 消防专项督导')).toMatch(/时限依据.*升级次序.*升级天数/s);
    expect(await privately(who.director, '设置 专项 消防专项督导 升级天数 1、2、3、4')).toContain(
      '专项“消防专项督导”的“升级天数”由“1、5、10、20”改为“1、2、3、4”',
    );
    expect(await privately(who.director, '设置 专项 消防专项督导 升级天数 5、2、3、4')).toContain('不能作为');
    expect(await privately(who.director, '设置 专项 消防专项督导 免打扰 关闭')).toContain('不能按专项设');
    expect(await privately(who.director, '设置 升级天数')).toContain('1、5、10、20');
    await privately(who.director, '日程 新增 2027年3月1日 下午 望海区第一中学 专项督导 组长 韩丙 消防专项督导');
    const visit = await world.lastNumber('inspection');
    const first = (await world.lastNumber('finding')) + 1;
    const second = first + 1;
    await inCounty(who.director, `问题 D${visit} 宿舍登记不全 1个工作日`);
    await inCounty(who.director, '问题 一中 教案检查不全 1个工作日');
    for (const number of [first, second]) {
      await inCounty(who.director, `整改 W${number} 下达`);
      await inSchool(who.school, `整改 W${number} 签收`);
    }
    expect(await stored(first)).toMatchObject({ due: '2027-03-02', program: { name: '消防专项督导' } });
    const drafts = async (day: string) =>
      (await arrivedAt(day, '09:15', direct(who.director)))
        .flatMap((text) => /^待确认：(.*)/.exec(text)?.[1] ?? [])
        .filter((title) => title.endsWith(` W${first}`) || title.endsWith(` W${second}`))
        .toSorted();
    expect(await drafts('2027-03-04')).toEqual([`督办 · 问题 W${first}`]);
    expect(await drafts('2027-03-09')).toEqual([`督办 · 问题 W${second}`, `通报 · 问题 W${first}`]);
    await inCounty(who.director, `整改 W${first} 督办`);
    expect(await drafts('2027-03-10')).toEqual([]);
    await inCounty(who.director, `整改 W${second} 督办`);
    expect(await drafts('2027-03-11')).toEqual([`通报 · 问题 W${second}`]);
    expect(await drafts('2027-03-12')).toEqual([]);
    expect(await privately(who.director, '设置 撤回')).toContain('专项“消防专项督导”');
    for (const number of [first, second]) {
      await withPhoto(school, who.school, `整改 W${number} 完成 已补，原因：疏忽`);
      expect(await inCounty(who.leader, `整改 W${number} 销号`)).toContain('已销号');
    }
  });
});

describe('the gate of closing', () => {
  test('counts the photos of what was put right, not those of what was wrong', async () => {
    const number = (await world.lastNumber('finding')) + 1;
    expect(await withPhoto(county, who.director, '问题 一中 书库漏雨 10个工作日')).toMatch(/发现问题.*佐证 1 份/s);
    await inCounty(who.director, `整改 W${number} 下达`);
    const [card] = await world.say(school, who.school, `@督导助手 整改 W${number} 完成 已补漏，原因：瓦片破损`);
    expect(card?.text).toContain('✗ 佐证齐全（只有文字，没有照片或文件）');
    const closing = () => inCounty(who.leader, `整改 W${number} 销号 原因查清 佐证齐全 另一人核查`);
    expect(await closing()).toContain('还没有佐证材料');
    expect(await state(number)).toBe('submitted');
    expect(await withPhoto(county, who.leader, `整改 W${number} 销号 现场核查`)).toMatch(/已销号.*✓ 佐证齐全/s);
    // In the books again, it asks for new photos.
    await inCounty(who.leader, `整改 W${number} 重新挂账 5个工作日 又漏了`);
    expect(await inSchool(who.school, `整改 W${number} 完成 再补，原因：瓦片破损`)).toContain('✗ 佐证齐全');
    expect(await closing()).toContain('还没有佐证材料');
    expect(progressOf(await world.bot.core.store.findingEvents((await stored(number)).id))).toMatchObject({ files: 0 });
    await withPhoto(county, who.leader, `整改 W${number} 销号`);
  });

  test('takes no recheck from whoever reported the completion', async () => {
    const number = (await world.lastNumber('finding')) + 1;
    await inCounty(who.director, '问题 一中 灭火器过期 10个工作日');
    await inCounty(who.director, `整改 W${number} 下达`);
    await withPhoto(county, who.director, `整改 W${number} 完成 已更换，原因：无人巡查`);
    expect(await inCounty(who.director, `整改 W${number} 复查`)).toContain('报整改完成的人不能自己复查，请另一人复查');
    expect(await inCounty(who.leader, `整改 W${number} 复查`)).toContain('✗ 另一人核查（复查中）');
    expect(await inCounty(who.leader, `整改 W${number} 销号`)).toContain('两人把关');
    expect(await inCounty(who.director, `整改 W${number} 销号`)).toContain('不能自己销号');
    await inCounty(who.director, `整改 W${number} 退回 5个工作日 测试`);
  });
});

describe('a problem that is struck off and put back on the day on which it was drafted for 督办', () => {
  test('is not said again that day, is no look that fails each minute, and is drafted anew the next day', async () => {
    await leap('2027-04-12', '10:00');
    const number = (await world.lastNumber('finding')) + 1;
    await inCounty(who.director, '问题 一中 消防栓无水 1个工作日');
    await inCounty(who.director, `整改 W${number} 下达`);
    await inSchool(who.school, `整改 W${number} 签收`);
    const drafts = async (time: `${number}:${number}`, day = '2027-04-13') =>
      (await arrivedAt(day, time, direct(who.director))).filter((text) => text.includes(`督办 · 问题 W${number}`));
    expect(await drafts('09:15')).toHaveLength(1);
    await withPhoto(school, who.school, `整改 W${number} 完成 已通水，原因：阀门关闭`);
    await inCounty(who.leader, `整改 W${number} 复查`);
    expect(await inCounty(who.director, `整改 W${number} 销号`)).toContain('已销号');
    expect(await inCounty(who.leader, `整改 W${number} 重新挂账 4月13日 又没水了`)).toContain('重新挂账');
    expect(await drafts('09:45')).toEqual([]);
    const looks = await world.bot.core.store.findingsToWatch(world.time.now(), 99);
    expect(looks.map((finding) => finding.number)).not.toContain(number);
    expect(await drafts('09:15', '2027-04-14')).toHaveLength(1);
  });
});

describe('whoever leaves', () => {
  test('somebody who has left is not made responsible, and no longer sees or answers for what was theirs', async () => {
    const before = (await world.lastNumber('finding')) + 1;
    await privately(who.director, '问题 望海区第一中学 财务印章混放 10个工作日 保密 可见 朱戊、韩丙 责任人朱戊');
    expect(await stored(before)).toMatchObject({ restricted: true, responsible: { name: '朱戊' } });
    expect(await privately(who.school, `整改 W${before}`)).toContain('财务印章混放');
    const [asked] = await world.say(direct(who.director), who.director, '离任 望海区第一中学 朱戊');
    expect(asked?.text).not.toContain(`W${before}`);
    world.fresh(direct(who.director));
    await world.lark.control.press(asked?.messageId ?? '', who.director, { buttonText: '确认离任' });
    await world.settle();
    expect(await privately(who.school, `整改 W${before}`)).not.toContain('财务印章混放');
    // The other one who sees it is told, and the answer does not say so.
    expect(world.fresh(direct(who.leader)).at(-1)?.text).toContain(`W${before}`);
    const done = world.lark.control.message(asked?.messageId ?? '').text;
    expect(done).toContain('已登记离任');
    expect(done).not.toContain('韩丙');
    expect(await inCounty(who.director, '问题 一中 花名册不全 10个工作日 责任人朱戊')).toContain(
      '望海区第一中学 朱戊已登记离任，不能作责任人',
    );
    expect((await world.lastNumber('finding')) + 1).toBe(before + 1);
  });

  test('nobody leaves behind what nobody else can see; what it is, is not said', async () => {
    const number = (await world.lastNumber('finding')) + 1;
    await privately(who.leader, '问题 望海区第一中学 印章外借 10个工作日 保密');
    expect(await stored(number)).toMatchObject({ restricted: true, viewers: [who.leader] });
    const refused = await privately(who.director, '离任 韩丙');
    expect(refused).toMatch(/韩丙名下有只有本人看得到的事项，要写上接替人/);
    expect(refused).not.toContain(`W${number}`);
    await privately(who.leader, `整改 W${number} 解除限知 可以公开`);
    expect(await privately(who.director, '离任 韩丙')).toContain('确认离任');
  });
});
