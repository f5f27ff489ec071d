import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withCalendar } from '../../src/app/calendars.ts';
import { renderCard } from '../../src/cards/render.ts';
import { date } from '../../src/domain/calendar/local-date.ts';
import { lookAhead } from '../../src/features/reminders/rehearse.ts';
import { openWorld, shanghai, type World } from '../support/world.ts';
import { boundGroup, claim, importDistrict, mentioned, type People, people } from './district.ts';

describe('the rehearsal', () => {
  let world: World;
  let who: People;
  let wanghai: string;
  let linjiang: string;

  beforeEach(async () => {
    world = await openWorld('SQLite', shanghai('2026-04-19', '10:00'), 'rehearsal');
    await importDistrict(world);
    who = people(world);
    await claim(world, who);
    wanghai = await boundGroup(world, '望海区教育工作群', '望海区', [who.wanghai], who);
    linjiang = await boundGroup(world, '临江区教育工作群', '临江区', [who.linjiang], who);
  });
  afterEach(() => world.close());

  const say = (text: string) => world.ask(wanghai, who.director, `@督导助手 ${text}`);

  test('of a month with 劳动节 and a worked Saturday equals what is then sent, message by message', async () => {
    await say('提醒 新增 每周一、四 9点 本周日程');
    await say('提醒 新增 每月最后一天 15:00 截止提醒');
    await say('提醒 停用 2');
    world.fresh(wanghai);
    // People are linked by the first beats; who is mentioned is part of what is compared.
    await world.to(shanghai('2026-04-19', '10:05'));

    const { core } = world.bot;
    const { store, zone } = core;
    const { calendar } = await withCalendar(core);
    const span = { from: date('2026-04-20'), to: date('2026-05-20') };
    const planned = await lookAhead({ store, calendar, zone }, core.time.now()).pushes(undefined, span, 'as sent');
    expect(planned.length).toBeGreaterThan(30);

    await world.leap(shanghai('2026-05-20', '23:00'));
    for (const chatId of [wanghai, linjiang]) {
      // The heartbeat's urgings are no pushes of a rule.
      const sent = world.fresh(chatId).filter(({ text }) => !text.startsWith('催办：'));
      const foreseen = planned.filter(({ group }) => group.chatId === chatId);
      expect(sent.map(({ content }) => content)).toEqual(foreseen.map(({ doc }) => renderCard(doc).json));
      expect(sent.flatMap(mentioned).length).toBeGreaterThan(0);
      for (const [index, { createdAt }] of sent.entries()) {
        const { sendAt = 0 } = foreseen[index] ?? {};
        expect(createdAt - sendAt).toBeGreaterThanOrEqual(0);
        expect(createdAt - sendAt).toBeLessThan(60_000);
      }
    }
  });

  test('is said as a card that names minute, group, people and text, calls nobody, and sends nothing', async () => {
    await world.to(shanghai('2026-04-19', '10:05'));
    const [answer] = await world.say(wanghai, who.director, '@督导助手 预演 4月20日-21日');
    expect(answer?.text).toMatch(/4月20日（周一） 08:3\d　望海区教育工作群/);
    expect(answer?.text).toContain('会@：陈甲');
    expect(answer?.text).toContain('今日督导 · 截止提醒 · 本周督导');
    expect(answer?.text).toContain('将发 2 条消息');
    expect(answer?.text).not.toContain('临江区教育工作群');
    expect(mentioned(answer)).toEqual([]);
    expect(world.fresh(linjiang)).toEqual([]);
  });

  test('shows all groups in an administrator’s direct chat, and a holiday as empty', async () => {
    const direct = world.lark.control.p2p(who.director);
    const all = await world.ask(direct, who.director, '预演 4月20日');
    expect(all).toContain('望海区教育工作群');
    expect(all).toContain('临江区教育工作群');
    expect(await world.ask(direct, who.director, '预演 5月1日-5日')).toContain('没有要发的消息');
  });
});
