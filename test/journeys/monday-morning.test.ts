import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MessageView } from '../../src/emulator/message-view.ts';
import { HOMES, openWorld, shanghai, type World } from '../support/world.ts';
import { boundGroup, claim, importDistrict, mentioned, type People, people } from './district.ts';

/** What must not be known before the visit begins. */
const SECRETS = ['望海区实验小学', '食堂食品安全', '带执法记录仪', '何辛'];

describe.each(HOMES)('a Monday morning, on %s', (home) => {
  let world: World;
  let who: People;
  const groups = { bureau: '', wanghai: '', school: '', primary: '', idle: '' };
  const pushed: Record<keyof typeof groups, readonly MessageView[]> = {
    bureau: [],
    wanghai: [],
    school: [],
    primary: [],
    idle: [],
  };
  const card = (group: keyof typeof groups): MessageView => {
    const [message] = pushed[group];
    if (!message) throw new Error(`nothing was pushed to ${group}`);
    return message;
  };
  const ask = (group: keyof typeof groups, text: string) => world.ask(groups[group], who.director, `@督导助手 ${text}`);
  const direct = (openId: string, text: string) => world.ask(world.lark.control.p2p(openId), openId, text);

  beforeAll(async () => {
    world = await openWorld(home, shanghai('2026-04-20', '08:20'), 'journey_monday');
    await importDistrict(world);
    who = people(world);
    await claim(world, who);
    groups.bureau = await boundGroup(world, '云溪市教育局工作群', '云溪市', [who.bureau, who.leader, who.second], who);
    groups.wanghai = await boundGroup(world, '望海区教育工作群', '望海区', [who.wanghai], who);
    groups.school = await boundGroup(world, '望海一中工作群', '望海区第一中学', [who.school], who);
    groups.primary = await boundGroup(world, '望海实小工作群', '望海区实验小学', [who.stranger], who);
    groups.idle = await boundGroup(world, '临江实小工作群', '临江区实验小学', [who.stranger], who);
    await world.to(shanghai('2026-04-20', '08:29'));
    for (const group of Object.values(groups)) expect(world.fresh(group)).toEqual([]);
    await world.to(shanghai('2026-04-20', '08:40'));
    for (const group of ['bureau', 'wanghai', 'school', 'primary', 'idle'] as const)
      pushed[group] = world.fresh(groups[group]);
  });
  afterAll(() => world.close());

  test.each(['bureau', 'wanghai', 'school'] as const)('the group %s gets one card between 08:31 and 08:38', (group) => {
    expect(pushed[group]).toHaveLength(1);
    const { createdAt } = card(group);
    expect(createdAt).toBeGreaterThanOrEqual(shanghai('2026-04-20', '08:31'));
    expect(createdAt).toBeLessThan(shanghai('2026-04-20', '08:38'));
  });

  test('rules due together make one card: today, the week and the deadlines', () => {
    const [title] = card('wanghai').text.split('\n');
    expect(title?.split(' · ').toSorted()).toEqual(['今日督导', '截止提醒', '本周督导'].toSorted());
  });

  test('each group is told what concerns its unit, and nothing else', () => {
    expect(card('bureau').text).toContain('望海区第一中学 · 综合督导');
    expect(card('bureau').text).toContain('临江区第一中学 · 专项督导');
    expect(card('bureau').text).toContain('报送校车台账');
    expect(card('wanghai').text).toContain('望海区第一中学 · 综合督导');
    expect(card('wanghai').content).not.toContain('临江区');
    expect(card('wanghai').content).not.toContain('校车台账');
    expect(card('school').text).toContain('配合（1 项）');
    expect(card('school').content).not.toContain('化解大班额');
  });

  test('where nothing is due, nothing is sent', () => {
    expect(pushed.idle).toEqual([]);
  });

  test('alerts name what is 7, 3 or 1 days ahead, due or overdue, in working days', () => {
    const { text } = card('wanghai');
    expect(text).toContain('逾期 3 个工作日 化解大班额');
    expect(text).toMatch(/还剩 1 个工作日.* 核拨公用经费/);
    expect(text).toMatch(/还剩 3 个工作日.* 报送自查报告/);
    expect(text).not.toContain('归集佐证材料');
    expect(text).not.toContain('落实校车安全');
  });

  test('of two namesakes the one who is responsible is mentioned', () => {
    expect(mentioned(card('wanghai'))).toContain(who.wanghai);
    expect(mentioned(card('wanghai'))).not.toContain(who.linjiang);
    expect(mentioned(card('bureau'))).toContain(who.linjiang);
    expect(mentioned(card('bureau'))).toContain(who.wanghai);
  });

  test('inspectors are mentioned, unlinked people are plain names', () => {
    expect(mentioned(card('school'))).toEqual(expect.arrayContaining([who.leader, who.second]));
    expect(card('school').text).toContain('组长：@韩丙　成员：@李庚、曹丙');
    expect(card('wanghai').text).toContain('责任人：王丁');
    const known = new Set(world.lark.control.people().map(({ openId }) => openId));
    for (const group of ['bureau', 'wanghai', 'school'] as const)
      expect(mentioned(card(group)).filter((openId) => !known.has(openId))).toEqual([]);
  });

  test('the whole push can be asked for in one word, without mentions', async () => {
    for (const group of ['bureau', 'wanghai', 'school'] as const) {
      const [asked] = await world.say(groups[group], who.director, '@督导助手 早报');
      const lines = (asked?.text ?? '').replaceAll('@', '').split('\n');
      const ofPush = new Set(card(group).text.replaceAll('@', '').split('\n'));
      expect(lines.length).toBeGreaterThan(5);
      expect(lines.filter((line) => !ofPush.has(line) && !/第 \d+\/\d+ 页/.test(line))).toEqual([]);
      expect(mentioned(asked)).toEqual([]);
    }
  });

  test('what is pushed can be asked for, with the same content and without mentions', async () => {
    const today = await ask('school', '日程 今天');
    expect(today).toContain('上午 望海区第一中学 · 综合督导');
    expect(today).toContain('组长：韩丙　成员：李庚、曹丙');
    expect(await ask('school', '日程 本周')).toContain('复查');
    const [dues] = await world.say(groups.wanghai, who.wanghai, '@督导助手 截止');
    for (const line of card('wanghai')
      .text.split('\n')
      .filter((entry) => /^\d+\. (逾期|还剩|今天到期)/.test(entry)))
      expect(dues?.text).toContain(line.replace(/^\d+\. /, ''));
    expect(mentioned(dues)).toEqual([]);
  });

  test('whom the card names confirms it by its button; nobody else of the group is asked', async () => {
    const { messageId } = card('school');
    const press = (openId: string) => world.lark.control.press(messageId, openId, { buttonText: '收到' });
    expect(await press(who.director)).toMatchObject({ toast: { type: 'warning' } });
    expect(await press(who.school)).toMatchObject({ toast: { type: 'success' } });
    await world.settle();
    expect(world.lark.control.message(messageId).text).toContain('已收到 1/1');
    expect(await ask('school', '谁没收到')).toContain('1 人都已收到');
  });

  test('until it begins, an unannounced visit’s target and topic are in no group', async () => {
    await Promise.all(
      (['bureau', 'wanghai', 'school', 'primary'] as const).map(async (group) => {
        for (const text of ['日程', '日程 本周', '日程 李庚', '日程 韩丙', '今天谁去哪个学校'])
          await world.lark.control.say(groups[group], who.director, `@督导助手 ${text}`).delivered;
      }),
    );
    await world.settle();
    for (const group of Object.values(groups)) {
      const sent = world.lark.control.messages(group).filter(({ from }) => from === 'bot');
      // The group of that school names itself when it is bound, and the answers name the school that was asked about.
      const wire = sent.map(({ content }) => content).join('\n');
      const secrets = group === groups.primary ? SECRETS.slice(1) : SECRETS;
      for (const secret of secrets) expect(wire).not.toContain(secret);
    }
    world.fresh(groups.bureau);
  });

  test('the whole district’s group sees that a team goes out; the target’s own and its county’s see no row and no count', async () => {
    expect(card('bureau').text).toMatch(/督导对象到时公布 · 随机督导\n组长：@李庚　成员：@韩丙/);
    expect(pushed.primary).toEqual([]);
    expect(card('wanghai').content).not.toContain('随机督导');
    expect(await ask('primary', '日程')).toContain('没有督导安排，之后也没有已登记的安排');
    expect(await ask('wanghai', '日程')).toContain('共 1 项督导安排');
  });

  test('asking by unit does not tell either', async () => {
    const asked = await ask('bureau', '日程 望海区实验小学');
    expect(asked).toContain('没有督导安排');
    expect(asked).not.toContain('随机督导');
    expect(await ask('bureau', '日程 今天 望海区')).toContain('共 1 项督导安排');
    expect(await ask('bureau', '日程 今天 临江区')).not.toContain('到时公布');
  });

  test('who is on the team sees it in the direct chat, and nobody else', async () => {
    expect(await direct(who.second, '我的')).toContain('望海区实验小学 · 随机督导');
    expect(await direct(who.leader, '我的')).toContain('内容：食堂食品安全');
    expect(await direct(who.wanghai, '日程')).not.toContain('实验小学');
    expect(await ask('bureau', '我的')).not.toContain('实验小学');
  });

  test('once it has begun, everybody concerned may know', async () => {
    const later = await openWorld(home, shanghai('2026-04-20', '08:50'), 'journey_monday_later');
    try {
      await importDistrict(later);
      const known = people(later);
      await claim(later, known);
      const bureau = await boundGroup(later, '云溪市教育局工作群', '云溪市', [known.bureau], known);
      const primary = await boundGroup(later, '望海实小工作群', '望海区实验小学', [known.stranger], known);
      await later.to(shanghai('2026-04-20', '09:00'));
      for (const group of [bureau, primary]) {
        const shown = await later.ask(group, known.director, '@督导助手 日程');
        expect(shown).toContain('上午 望海区实验小学 · 随机督导');
        expect(shown).toContain('内容：食堂食品安全');
      }
    } finally {
      await later.close();
    }
  });

  test('nothing went wrong on the way', () => {
    expect(world.bot.warnings).toEqual([]);
  });
});
