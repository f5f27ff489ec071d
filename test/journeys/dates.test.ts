import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, shanghai, type World } from '../support/world.ts';
import { claim, importDistrict, type People, people } from './district.ts';

const HOUR_MS = 3_600_000;

describe('a message that Lark brings late', () => {
  let world: World;
  let who: People;
  let chatId: string;

  beforeAll(async () => {
    world = await openWorld('SQLite', shanghai('2026-04-20', '23:40'), 'journey_dates');
    await importDistrict(world);
    who = people(world);
    await claim(world, who);
    chatId = world.lark.control.p2p(who.director);
  });
  afterAll(() => world.close());

  /** Said while nobody listens, and brought by the last retry, seven hours later. */
  const saidLate = async (text: string, openId = who.director, chat = chatId) => {
    world.fresh(chat);
    const { control } = world.lark;
    control.pushEventsTo(`${world.bot.url}/nobody`);
    control.say(chat, openId, text);
    await world.downUntil(world.time.now() + 2 * HOUR_MS);
    control.pushEventsTo(`${world.bot.url}/lark/events`);
    await world.downUntil(world.time.now() + 6 * HOUR_MS);
    return world.fresh(chat);
  };

  test('a line of last night that changes something is asked back, and is counted from when it was sent', async () => {
    const [asked, ...more] = await saidLate('任务 新增 报送素材 牵头 望海区教育局 截止 明天');
    expect(more).toEqual([]);
    expect(asked?.text).toContain('没有办理。这条消息是昨天 4月20日（周一） 23:40 发的');
    expect(asked?.text).toContain('“明天”按发送那天算，是4月21日（周二）');
    expect((await world.bot.rows("SELECT id FROM task WHERE title = '报送素材'"))[0]).toEqual([]);
    const pressed = await world.lark.control.press(asked?.messageId ?? '', who.director, { buttonText: '照办' });
    await world.settle();
    expect(JSON.stringify(pressed)).toMatch(/已下达任务 T\d+：报送素材.*截止.*4月21日（周二）/);
  });

  test('a question of last night is answered for the day that was meant', async () => {
    await world.downUntil(shanghai('2026-04-21', '23:50'));
    const [answer] = await saidLate('日程 明天');
    expect(answer?.text).toContain('今天 4月22日（周三）共 1 项督导安排');
  });
});
