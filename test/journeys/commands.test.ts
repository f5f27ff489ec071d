import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOMES, openWorld, shanghai, type World } from '../support/world.ts';
import { boundGroup, claim, importDistrict, type People, people } from './district.ts';

describe.each(HOMES)('what officials type, on %s', (home) => {
  let world: World;
  let who: People;
  let bureau: string;
  let wanghai: string;
  let school: string;
  const at = (chatId: string, openId: string) => (text: string) => world.ask(chatId, openId, `@督导助手 ${text}`);
  const inBureau = (text: string) => at(bureau, who.bureau)(text);
  const inWanghai = (text: string) => at(wanghai, who.wanghai)(text);
  const direct = (openId: string, text: string) => world.ask(world.lark.control.p2p(openId), openId, text);

  beforeAll(async () => {
    world = await openWorld(home, shanghai('2026-04-20', '07:50'), 'journey_commands');
    await importDistrict(world);
    who = people(world);
    await claim(world, who);
    bureau = await boundGroup(world, '云溪市教育局工作群', '云溪市', [who.bureau, who.leader, who.second], who);
    wanghai = await boundGroup(world, '望海区教育工作群', '望海区', [who.wanghai], who);
    school = await boundGroup(world, '望海一中工作群', '望海区第一中学', [who.school], who);
    // Two heartbeats: people are found by mobile number, then by the names of their groups' members.
    await world.to(shanghai('2026-04-20', '07:53'));
  });
  afterAll(() => world.close());

  describe('我是', () => {
    test('an account is known by its mobile number, without a word', async () => {
      expect(await direct(who.bureau, '我是 周丙')).toContain('您已登记为：市教育局 周丙');
    });

    test('of two namesakes each is the one with their number', async () => {
      expect(await direct(who.wanghai, '我的')).toContain('望海区教育局 陈甲');
      expect(await direct(who.linjiang, '我的')).toContain('临江区教育局 陈甲');
    });

    test('an administrator confirms who an account is, once', async () => {
      const newcomer = world.person('许庚');
      const waiting = await direct(newcomer, '我是 临江区第一中学 许庚');
      expect(waiting).toContain('已收到：您是临江区第一中学 许庚');
      const code = /我是 确认 (\w+)/.exec(waiting)?.[1] ?? '';
      expect(await direct(newcomer, '我的')).toContain('还不知道您是谁');
      expect(await direct(newcomer, `我是 确认 ${code}`)).toContain('只有管理员可以确认身份');
      expect(await direct(who.director, '状态')).toContain(`临江区第一中学 许庚　确认请发送：我是 确认 ${code}`);
      expect(await direct(who.director, `我是确认${code}`)).toContain('已确认：临江区第一中学 许庚');
      expect(await direct(who.director, `我是 确认 ${code}`)).toContain('没有等待确认的');
      expect(await direct(newcomer, '我的')).toContain('临江区第一中学 许庚');
    });

    test('in a group too, and loosely said', async () => {
      expect(await at(school, who.school)('我叫朱戊')).toContain('您已登记为：望海区第一中学 朱戊');
    });
  });

  describe('帮助', () => {
    test.each(['帮助', '　/HELP', '你能做什么', '？'])('%s shows example lines and every command', async (text) => {
      const help = await inBureau(text);
      expect(help).toContain('1. 日程 明天');
      expect(help).toContain('绑定 单位名称 | 把本群绑定到一个单位，本群只看该单位及下属单位（管理员）');
    });
  });

  describe('日程', () => {
    test('today, plainly', async () => {
      const today = await inWanghai('日程');
      expect(today).toContain('今天 4月20日（周一）共 1 项督导安排');
      expect(today).toContain('上午 望海区第一中学 · 综合督导');
      expect(today).toContain('内容：招生收费');
      expect(today).toContain('组长：韩丙　成员：李庚、曹丙');
    });

    test.each(['今天谁去哪个学校', '／日程　今日', 'rc４月２０日', '2026-04-20有什么督导'])(
      '%s means the same',
      async (text) => {
        expect(await inWanghai(text)).toContain('上午 望海区第一中学 · 综合督导');
      },
    );

    test('by day and unit, narrowed to the unit', async () => {
      const week = await inBureau('日程 本周 临江区');
      expect(week).toContain('临江区第一中学 · 专项督导');
      expect(week).not.toContain('望海区');
    });

    test('none is said, with when the next one is', async () => {
      expect(await inWanghai('日程 明天')).toContain('没有督导安排。下一次：4月22日（周三）');
    });

    test('a short name that two units share is asked back where both are in sight, and clear where one is', async () => {
      expect(await inBureau('日程 一中')).toContain('“一中”有 2 个单位');
      expect(await inWanghai('一中什么时候督导')).toContain('望海区第一中学');
    });

    test('a group does not see another unit', async () => {
      expect(await inWanghai('日程 本周')).not.toContain('临江区');
      expect(await inWanghai('日程 临江区')).toContain('这里不能查看“临江区人民政府”');
    });

    test('a direct chat shows what concerns the person’s unit', async () => {
      expect(await direct(who.school, '日程 本周')).toContain('共 2 项督导安排');
    });
  });

  describe('截止', () => {
    test('the overdue first, leading and assisting apart, undated last as written', async () => {
      const dues = await inWanghai('截止');
      expect(dues).toContain('逾期 1');
      const order = ['逾期 3 个工作日 化解大班额', '核拨公用经费', '报送自查报告', '未定日期 落实校车安全'];
      const places = order.map((words) => dues.indexOf(words));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(places).not.toContain(-1);
      expect(dues).toContain('截止：长期坚持');
    });

    test.each(['有哪些任务快到期了', 'ＤＤＬ', '待办：', '/截止　'])('%s means the same', async (text) => {
      expect(await inWanghai(text)).toContain('化解大班额');
    });

    test('everything that one unit owes, leading apart from assisting', async () => {
      const school1 = await at(school, who.school)('任务');
      expect(school1).toContain('配合（2 项）');
      expect(school1).toMatch(/T1 报送自查报告.*T4 归集佐证材料/s);
      expect(school1).not.toContain('化解大班额');
      expect(await inWanghai('望海财政局 任务')).toMatch(/牵头（1 项）[\s\S]*核拨公用经费/);
    });

    test('a group does not see another unit’s tasks', async () => {
      expect(await inWanghai('截止')).not.toContain('校车台账');
      expect(await inBureau('截止')).toContain('校车台账');
    });
  });

  describe('清单', () => {
    test('an indicator has its standard, points, lead unit, evidence and source', async () => {
      const indicator = await inWanghai('清单 YZ-2.11');
      expect(indicator).toContain('YZ-2.11 教师交流轮岗');
      for (const part of ['标准：', '分值：', '牵头单位：', '佐证材料：', '来源：教督〔2017〕6号'])
        expect(indicator).toContain(part);
    });

    test.each(['2.11是什么', 'ｙｚ２．１１', '细则  YZ-2.11'])('%s means the same', async (text) => {
      expect(await inWanghai(text)).toContain('教师交流轮岗');
    });

    test('veto items are asked for by their name', async () => {
      expect(await inWanghai('优质均衡 一票否决')).toMatch(/YZ-V1 以考试方式招生/);
    });
  });

  describe('paging', () => {
    test('a press shows the next page to the whole chat, and pressing twice does no harm', async () => {
      const [first] = await world.say(wanghai, who.wanghai, '@督导助手 清单 优质均衡');
      const press = (buttonText: string) =>
        world.lark.control.press(first?.messageId ?? '', who.wanghai, { buttonText });
      expect(first?.text).toContain('第 1/3 页');
      expect((await press('下一页')).status).toBe('done');
      expect(world.lark.control.message(first?.messageId ?? '').text).toContain('第 2/3 页');
      const twice = await Promise.all([press('下一页'), press('下一页')]);
      expect(twice.map(({ status }) => status)).toEqual(['done', 'done']);
      expect(world.lark.control.message(first?.messageId ?? '').text).toContain('第 3/3 页');
      await world.settle();
      expect(world.fresh(wanghai)).toEqual([]);
    });

    test('a forged value shows no other unit, changes nothing and is answered', async () => {
      const next = { v: 1, op: 'show', query: '清单 优质均衡', page: 2 };
      const forged = async (value: unknown) => {
        const [card] = await world.say(wanghai, who.wanghai, '@督导助手 清单 优质均衡');
        return world.lark.control.press(card?.messageId ?? '', who.director, { value: next, choice: { value } });
      };
      const other = await forged({ ...next, query: '日程 本周 临江区', page: 1 });
      // Said to whoever pressed: in the place of the card the whole group would read it.
      expect(other.toast?.content).toContain('这里不能查看');
      expect(other.card).toBeUndefined();
      for (const value of [{ ...next, query: '绑定 临江区', page: 1 }, { ...next, scope: '云溪市' }, { v: 2 }, {}]) {
        const { status, toast, card } = await forged(value);
        expect({ value, status, toast: toast?.content, card }).toEqual({
          value,
          status: 'done',
          card: undefined,
          toast: '这个按钮已经失效，请重新发送命令。',
        });
      }
      expect(await inWanghai('状态')).toContain('望海区人民政府');
    });
  });

  describe('我的', () => {
    test('my visits and dues, in the direct chat and in the group', async () => {
      expect(await direct(who.wanghai, '我的')).toContain('报送自查报告');
      expect(await at(bureau, who.leader)('我有什么工作')).toContain('望海区第一中学 · 综合督导');
    });
  });

  describe('状态', () => {
    test('a group sees its unit’s figures', async () => {
      const status = await inWanghai('状态');
      expect(status).toContain('望海区人民政府');
      expect(status).toMatch(/4月20日（周一） 08:30 望海区教育工作群　.*今日日程/);
      expect(status).not.toContain('云溪市教育局工作群');
    });

    test('an administrator sees the whole in the direct chat', async () => {
      const status = await direct(who.director, '运行正常吗');
      expect(status).toContain('云溪市教育局工作群');
      expect(status).toContain('已知：2026年；2027年尚未公布，暂按周末推算');
    });
  });

  describe('whatever else is typed', () => {
    test('several lines make one answer', async () => {
      const both = await inWanghai('日程 今天\n截止');
      expect(both).toContain('综合督导');
      expect(both).toContain('化解大班额');
    });

    test('a picture in the direct chat is told that only text is read', async () => {
      const file = { name: '日程.png', bytes: new TextEncoder().encode('x') };
      const [answer] = await world.say(world.lark.control.p2p(who.bureau), who.bureau, '', { file, type: 'image' });
      expect(answer?.text).toContain('只能读文字');
    });

    test('rich text is read like text', async () => {
      const [answer] = await world.say(wanghai, who.wanghai, '@督导助手 日程', { type: 'post' });
      expect(answer?.text).toContain('综合督导');
    });

    test('talk in a group without the bot is left alone', async () => {
      expect(await world.say(wanghai, who.wanghai, '今天日程改到下午了')).toEqual([]);
    });

    test('nothing went wrong on the way', () => {
      expect(world.bot.warnings).toEqual([]);
    });
  });
});
