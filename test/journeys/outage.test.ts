import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { date } from '../../src/domain/calendar/local-date.ts';
import type { MessageView } from '../../src/emulator/message-view.ts';
import { patientTurn } from '../support/virtual-time.ts';
import { openWorld, shanghai, type World } from '../support/world.ts';
import { boundGroup, claim, importDistrict, type People, people } from './district.ts';

/** Every send is refused for now: nothing reaches its chat, and nobody doubts it. */
const AWAY = { kind: 'code', code: 232096, times: 1_000_000 } as const;
const SENDS = { method: 'POST', path: '^/open-apis/im/v1/messages' } as const;
const at = (time: `${number}:${number}`) => shanghai('2026-04-20', time);

describe('three hours in which nothing can be sent', () => {
  let world: World;
  let who: People;
  const groups = { city: '', wanghai: '', school: '', linjiang: '' };
  const after: Record<string, readonly MessageView[]> = {};
  const direct = () => world.lark.control.p2p(who.director);
  const order = async (chatId: string, text: string) => {
    await world.lark.control.say(chatId, who.director, text).delivered;
  };
  /** No call is under way that a jump of the clock would tear in two. */
  const callsOver = async () => {
    do {
      await world.time.advanceTo(world.time.now() + 500);
      for (let turn = 0; turn < 5; turn += 1) await patientTurn();
    } while ((await world.bot.unsent()).sending > 0);
  };
  const texts = (place: string) => (after[place] ?? []).map(({ text }) => text);

  beforeAll(async () => {
    world = await openWorld('SQLite', at('08:20'), 'journey_outage');
    await importDistrict(world);
    who = people(world);
    await claim(world, who);
    groups.city = await boundGroup(world, '云溪市教育局工作群', '云溪市', [who.bureau, who.leader, who.second], who);
    groups.wanghai = await boundGroup(world, '望海区教育工作群', '望海区', [who.wanghai], who);
    groups.school = await boundGroup(world, '望海一中工作群', '望海区第一中学', [who.school], who);
    groups.linjiang = await boundGroup(world, '临江一中工作群', '临江区第一中学', [who.stranger], who);
    await world.to(at('08:24'));
    const { control } = world.lark;
    for (const chatId of [...Object.values(groups), control.p2p(who.wanghai), control.p2p(who.school)])
      world.fresh(chatId);

    const away = control.fault({ match: SENDS, ...AWAY });
    await world.to(at('08:39'));
    for (const text of ['问题 望海区第一中学 家访记录外泄 10个工作日', '问题 望海区第一中学 灭火器过期 10个工作日'])
      await order(direct(), text);
    await callsOver();
    await world.downUntil(at('09:11'));
    const { store } = world.bot.core;
    const day = date('2026-04-20');
    const visits = await store.inspections({ scope: { unitIds: await store.roots() }, span: { from: day, to: day } });
    const first = visits.find(({ kind }) => kind === '综合督导');
    for (const text of [
      '任务 完成 T2',
      '任务 改期 T4 5月8日 原因 五一放假',
      '任务 改期 T4 5月11日 原因 再放宽',
      `日程 取消 D${first?.number} 原因 台风`,
      '日程 新增 今天 下午 望海区第一中学 专项督导 组长 韩丙 内容 校车',
      '整改 W2 佐证 现场照片',
      '整改 W2 改期 6月30日 厂家缺货',
    ])
      await order(direct(), text);
    await order(groups.wanghai, '@督导助手 任务');
    // Past the commands, which take back what waits: the engine looks for itself.
    const restricted = await store.finding(1);
    const linjiang = await store.group(groups.linjiang);
    const other = (await store.directory()).units.find(({ name }) => name === '临江区实验小学');
    if (!restricted || !linjiang || !other) return expect.fail();
    const { version, seq } = restricted;
    await store.commit({
      changes: [
        {
          kind: 'finding.moved',
          id: restricted.id,
          events: [],
          progress: { ...restricted, restricted: true },
          evidence: [],
          watchAt: undefined,
          seen: { version, seq },
          viewers: [who.director],
        },
        { kind: 'group.bound', chatId: groups.linjiang, unitId: other.id, seen: linjiang.version },
      ],
      messages: [],
      audit: [],
    });
    await callsOver();
    await world.downUntil(at('11:30'));
    away.release();
    await world.to(at('11:40'));
    for (const [name, chatId] of Object.entries({
      ...groups,
      liaison: control.p2p(who.wanghai),
      headmaster: control.p2p(who.school),
      director: direct(),
    }))
      after[name] = world.fresh(chatId);
  });
  afterAll(() => world.close());

  test('a push that was made before tells what is so when it leaves, once, and is marked as late', async () => {
    for (const place of ['city', 'wanghai', 'school'] as const) {
      const pushes = texts(place).filter((text) => text.includes('本周督导'));
      expect(pushes).toHaveLength(1);
      const [push = ''] = pushes;
      expect(push.split('\n')[0]).toContain('【补发】');
      expect(push).toContain('校车');
      expect(push).not.toContain('综合督导');
      expect(push).not.toContain('化解大班额');
    }
    const [rows = []] = await world.bot.rows(
      `SELECT DISTINCT outcome FROM notification WHERE chat_id = '${groups.city}' AND outcome <> 'empty'`,
    );
    expect(rows).toEqual([{ outcome: 'late' }]);
  });

  test('who was to be urged about what is done by now hears nothing of it', () => {
    expect(texts('liaison').join()).not.toContain('以下任务亮红灯');
  });

  test('a problem that may not be known any more is in no group, nor with those who are not named', () => {
    for (const place of ['school', 'headmaster']) {
      expect(texts(place).join()).toContain('灭火器过期');
      expect(texts(place).join()).not.toContain('家访记录外泄');
    }
  });

  test('a group that was bound to another unit gets nothing of the old one', () => {
    expect(texts('linjiang')).toEqual([]);
  });

  test('news of one thing comes in the order in which it happened, all of it as it stands', () => {
    const moved = texts('headmaster').filter((text) => text.includes('归集佐证材料'));
    expect(moved).toHaveLength(2);
    for (const text of moved) expect(text).toContain('截止：5月11日');
    expect(moved[1]).toContain('再放宽');
    const sent = (after['headmaster'] ?? []).map(({ createdAt }) => createdAt);
    expect(sent).toEqual(sent.toSorted((a, b) => a - b));
  });

  test('a question that waited is answered as of now', () => {
    const [answer = ''] = texts('wanghai').filter((text) => text.startsWith('任务\n'));
    expect(answer).toContain('归集佐证材料');
    expect(answer).not.toContain('化解大班额');
  });

  test('what was not sent is on record with its reason, and nothing is left over', async () => {
    const [dropped = [], left = []] = await world.bot.rows(
      "SELECT after FROM audit WHERE action = 'message.dropped' ORDER BY after",
      "SELECT key FROM outbox WHERE state IN ('waiting', 'sending', 'held', 'failed')",
    );
    expect(new Set(dropped.map(({ after: why }) => JSON.parse(String(why))))).toEqual(
      new Set(['任务已办结、已赶上进度或已转给别人', '已不在，或不再允许查看', '群已换绑单位']),
    );
    expect(left).toEqual([]);
  });

  test('messages of unknown fate are offered to the administrators, who send or drop them in one go', async () => {
    const { control } = world.lark;
    for (const word of ['全部不发', '全部补发（2 条）'] as const) {
      world.fresh(direct());
      const lost = control.fault({ match: SENDS, kind: 'storeThen500', times: 1_000_000 });
      for (const text of ['@督导助手 帮助', '@督导助手 日程 今天']) await order(groups.wanghai, text);
      await callsOver();
      await world.downUntil(world.time.now() + 65 * 60_000);
      lost.release();
      await world.to((Math.floor(world.time.now() / 60_000) + 18) * 60_000);
      const [offer, ...more] = world.fresh(direct()).filter(({ text }) => text.includes('是否补发'));
      expect(more).toEqual([]);
      expect(offer?.text).toMatch(/2 条消息发出时飞书没有回音，不知道是否送达.*望海区教育工作群　2 条/s);
      world.fresh(groups.wanghai);
      const pressed = await control.press(offer?.messageId ?? '', who.director, { buttonText: word });
      expect(pressed).toMatchObject({ toast: { type: 'success' } });
      await world.settle();
      expect(world.fresh(groups.wanghai)).toHaveLength(word === '全部不发' ? 0 : 2);
      expect(await world.ask(direct(), who.director, '工作群 重发')).toContain('没有未送达的消息');
    }
  });
});
