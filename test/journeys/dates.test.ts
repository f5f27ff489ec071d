import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, shanghai, type World } from '../support/world.ts';
import { claim, importDistrict, type People, people } from './district.ts';

const HOUR_MS = 3_600_000;

const HANGING = `望海区迎接2026年“两项督导”任务分解表
序号,任务内容,牵头单位,配合单位,责任人,完成时限
21,布置迎检现场,望海区教育局,,陈甲,市级核查前
`;

let world: World;
let who: People;
let chatId: string;
beforeAll(async () => {
  world = await openWorld('SQLite', shanghai('2026-04-20', '23:40'), 'journey_dates');
  await importDistrict(world);
  await world.importTable('望海区任务分解表（二）.csv', HANGING);
  who = people(world);
  await claim(world, who);
  chatId = world.lark.control.p2p(who.director);
});
afterAll(() => world.close());

describe('a message that Lark brings late', () => {
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

describe('a milestone that is only known roughly', () => {
  const heard = () => world.fresh(chatId).map(({ text }) => text);
  const groupAsks = (text: string) => world.ask(chatId, who.director, text);

  test('asks the office for its day when its days begin and again when they are over, once each', async () => {
    await groupAsks('专项 节点 望海区 两项督导 市级核查 5月上旬');
    await world.downUntil(shanghai('2026-04-30', '10:00'));
    expect(heard().join()).not.toContain('市级核查是哪一天？');
    // 1 to 5 May is holiday: Wednesday is the first working day of 上旬.
    await world.downUntil(shanghai('2026-05-06', '09:10'));
    await world.to(shanghai('2026-05-06', '09:26'));
    const asked = heard().filter((text) => text.includes('市级核查是哪一天？'));
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain('两项督导的市级核查定在5月上旬（5月1日—10日），从现在起随时可能开始。请登记是哪一天。');
    expect(asked[0]).toContain('有 1 项截止按它推算');
    await world.downUntil(shanghai('2026-05-07', '09:34'));
    expect(heard().join()).not.toContain('市级核查是哪一天？');
    await world.downUntil(shanghai('2026-05-11', '09:34'));
    expect(heard().filter((text) => text.includes('时段已过，还没有登记是哪一天'))).toHaveLength(1);
  });

  test('what hangs on it goes on being due any day, and its countdown stays', async () => {
    expect(await groupAsks('截止 望海区')).toMatch(/随时可能截止 布置迎检现场.*截止：市级核查前（日期未定）/s);
    expect(await groupAsks('倒计时 市级核查')).toContain('市级核查原定的时段已过，日期还没有定');
    await groupAsks('专项 节点 望海区 两项督导 市级核查 5月20日');
    expect(await groupAsks('截止 5月')).toMatch(/布置迎检现场.*截止：5月19日（周二）（原文：市级核查前）/s);
  });
});
