import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Saying } from '../../src/emulator/control.ts';
import { HOMES, openWorld, shanghai, type World } from '../support/world.ts';
import { boundGroup, claim, importDistrict, type People, people } from './district.ts';

describe.each(HOMES)('groups and their events, on %s', (home) => {
  let world: World;
  let who: People;
  const fromBot = (chatId: string) => world.lark.control.messages(chatId).filter(({ from }) => from === 'bot');
  const wanghaiGroup = (name: string) => boundGroup(world, name, '望海区', [who.wanghai], who);

  beforeAll(async () => {
    world = await openWorld(home, shanghai('2026-04-20', '08:00'), 'journey_chats');
    await importDistrict(world);
    who = people(world);
    await claim(world, who);
  });
  afterAll(() => world.close());

  test('20 copies of one event at once get one answer, and so does the same event an hour later', async () => {
    const group = await wanghaiGroup('重复投递');
    const { control } = world.lark;
    const { eventId = '', delivered } = control.say(group, who.wanghai, '@督导助手 帮助');
    const copies = await Promise.all([delivered, control.redeliver(eventId, 20)]);
    expect(copies[1].map(({ status }) => status)).toEqual(Array(20).fill(200));
    await world.settle();
    expect(world.fresh(group)).toHaveLength(1);
    expect(await control.redeliver(eventId)).toMatchObject([{ status: 200 }]);
    await world.settle();
    expect(world.fresh(group)).toEqual([]);
  });

  test('20 copies of a command that changes something change it once', async () => {
    const person = world.person('新同事');
    const { control } = world.lark;
    const { eventId = '', delivered } = control.say(control.p2p(person), person, '我是 临江区实验小学 沈乙');
    await Promise.all([delivered, control.redeliver(eventId, 20)]);
    await world.settle();
    expect(world.fresh(control.p2p(person))).toHaveLength(1);
    const status = await world.ask(control.p2p(who.director), who.director, '状态');
    expect(status.match(/临江区实验小学 沈乙　确认请发送/g)).toHaveLength(1);
  });

  test('an edited message is taken when nothing was done yet, and answered with what to do when something was', async () => {
    const { control } = world.lark;
    const group = await wanghaiGroup('改消息');
    const last = () => control.messages(group).findLast(({ from }) => from === who.director)?.messageId ?? '';
    const edit = async (text: string, copies = 1): Promise<readonly string[]> => {
      world.fresh(group);
      await world.time.advanceTo(world.time.now() + 1_000);
      const { eventId = '', delivered } = control.edit(last(), who.director, text);
      await Promise.all([delivered, copies > 1 && control.redeliver(eventId, copies, { anew: true })]);
      await world.settle();
      return world.fresh(group).map((card) => card.text);
    };
    // Nobody named the bot: the change brings the message for the first time.
    expect(await world.say(group, who.director, '日程 明天')).toEqual([]);
    expect(await edit('@督导助手 日程 明天', 5)).toEqual([expect.stringContaining('督导日程')]);
    // Only asked: the changed question is answered, each change once.
    expect(await edit('@督导助手 截止 本周', 5)).toEqual([expect.stringContaining('截止提醒')]);
    // Not understood: the corrected words are taken.
    expect(await world.ask(group, who.director, '@督导助手 吃饭了没')).toContain('没有看懂');
    const notice = '@督导助手 通知 明天9点在二楼开会';
    expect((await edit(notice)).join()).toContain('明天9点在二楼开会');
    // Something was done: no second time, whatever the words are now.
    for (const again of [notice, '@督导助手 通知 明天10点在二楼开会'])
      expect(await edit(again, 5)).toEqual([expect.stringMatching(/^已收到修改，请重新发送/)]);
    const sent = (await world.bot.rows("SELECT number FROM notice WHERE words LIKE '%二楼开会%'"))[0];
    expect(sent).toHaveLength(1);
    // The mention is taken out: nobody is asked any more.
    expect(await edit('算了')).toEqual([]);
  });

  test('one message under other event ids, at once and later, happens once, whatever it brings', async () => {
    const { control } = world.lark;
    const chat = control.p2p(who.director);
    // A beat, so that the sender's account is linked.
    await world.to(shanghai('2026-04-20', '08:01'));
    const bytes = new TextEncoder().encode('任务内容,牵头单位,完成时限\n报送台账,望海区人民政府,2026-04-23\n');
    const table = '导入\n任务内容\t牵头单位\t完成时限\n报送台账\t望海区人民政府\t2026-04-23';
    const photo = { name: '现场.jpg', bytes };
    const often = async (words: string, text: string, how?: Saying) => {
      world.fresh(chat);
      const { eventId = '', messageId, delivered } = control.say(chat, who.director, text, how);
      const [, copies] = await Promise.all([delivered, control.redeliver(eventId, 5, { anew: true })]);
      const late = await control.redeliver(eventId, 1, { anew: true });
      expect([...copies, ...late].map(({ status }) => status)).toEqual(Array(6).fill(200));
      await world.settle();
      const answers = world.fresh(chat).map((card) => card.text);
      const fitting = answers.filter((answer) => answer.includes(words));
      expect(fitting, `${words}: ${answers}`).toHaveLength(1);
      return { messageId, answer: fitting[0] };
    };
    await often('已下达', '任务 新增 报送防汛自查 牵头 望海区人民政府 截止 6月15日');
    // Each of the copies may take a number; whichever was first is kept.
    const problem = await often('已登记', '问题 望海区第一中学 消防通道堆放杂物 10个工作日');
    await often('收到文件', '', { file: { name: '望海区任务分解表.csv', bytes } });
    await often('收到表格', table);
    const asked = await often('作为哪一项的佐证', '', { file: photo, type: 'image' });
    const [number] = /W\d+/.exec(problem.answer ?? '') ?? [];
    await often('佐证 1 份', `整改 ${number} 佐证`, { replyTo: asked.messageId });
    const read = world.bot.core.store;
    const tasks = await read.tasks({ scope: { unitIds: await read.roots() } });
    expect(tasks.filter(({ title }) => title.includes('防汛自查'))).toHaveLength(1);
  });

  test('two groups of different units each see their own only', async () => {
    const wanghai = await wanghaiGroup('望海区教育工作群');
    const linjiang = await boundGroup(world, '临江区教育工作群', '临江区', [who.linjiang], who);
    for (const text of ['日程 本周', '截止', '日程 本月', '任务 逾期', '状态']) {
      expect(await world.ask(wanghai, who.wanghai, `@督导助手 ${text}`)).not.toContain('临江区');
      expect(await world.ask(linjiang, who.linjiang, `@督导助手 ${text}`)).not.toContain('望海区');
    }
    expect(await world.ask(linjiang, who.linjiang, '@督导助手 日程 望海区第一中学')).toContain('这里不能查看');
    expect(await world.ask(linjiang, who.linjiang, '@督导助手 截止 望海区')).not.toContain('化解大班额');
    // Whoever asks: an administrator's right does not widen what the group sees.
    expect(await world.ask(linjiang, who.director, '@督导助手 日程 望海区')).toContain('这里不能查看');
  });

  test('a group that the bot has left, or that is disbanded, gets nothing more; one that it comes back to does', async () => {
    const { control } = world.lark;
    const [left, disbanded, back, stays] = await Promise.all([
      wanghaiGroup('被移出的群'),
      wanghaiGroup('解散的群'),
      wanghaiGroup('移出又加回的群'),
      wanghaiGroup('留下的群'),
    ]);
    await control.removeBot(left, { by: who.wanghai });
    await control.disband(disbanded, { by: who.wanghai });
    await control.removeBot(back, { by: who.wanghai });
    await control.addBot(back, { by: who.wanghai });
    await world.settle();
    const before = [left, disbanded].map((chatId) => fromBot(chatId).length);
    const callsBefore = control.wire().length;
    expect(world.fresh(back).map(({ text }) => text.replaceAll('\n', ' '))).toEqual([
      expect.stringMatching(/^督导助手回来了.*本群仍绑定望海区.*不补发/),
    ]);
    world.fresh(stays);

    await world.to(shanghai('2026-04-20', '08:40'));
    expect([left, disbanded].map((chatId) => fromBot(chatId).length)).toEqual(before);
    expect(world.fresh(stays)).toHaveLength(1);
    expect(world.fresh(back)).toHaveLength(1);
    // Not even tried: Lark refused nothing.
    const refused = control
      .wire()
      .slice(callsBefore)
      .filter(({ kind, code }) => kind === 'call' && code !== 0);
    expect(refused).toEqual([]);

    // Two mornings later: what would have come while it was out does not come now.
    await world.downUntil(shanghai('2026-04-22', '10:00'));
    world.fresh(stays);
    await control.addBot(left, { by: who.wanghai });
    await world.settle();
    expect(world.fresh(left).map(({ text }) => text.split('\n')[0])).toEqual(['督导助手回来了']);
    await world.to(shanghai('2026-04-22', '10:10'));
    expect(world.fresh(left)).toEqual([]);
    await world.downUntil(shanghai('2026-04-23', '08:28'));
    await world.to(shanghai('2026-04-23', '08:40'));
    expect(world.fresh(left).map(({ text }) => /补发/.test(text))).toEqual([false]);
  });
});
