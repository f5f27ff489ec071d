import { beforeEach, describe, expect, test } from 'vitest';
import { answers, seats } from './seats.ts';

const { director, member, outsider, stranger } = seats();
const county = member.in('county');

describe('收到 where nothing waits', () => {
  answers(county, [
    ['收到', '本群最近没有要确认的通知'],
    ['收到 99', '没有编号为 99 的通知'],
    ['收到 4月20日', '没有要您确认的推送'],
  ]);
  answers(stranger, [['收到', '您没有要确认的通知']]);
});

describe('收到 of a notice', () => {
  beforeEach(async () => {
    await director.in('county').order('通知 报送校车台账');
  });

  answers(outsider, [['收到 1', '不在通知 1 的接收名单里']]);
  answers(county, [
    ['收到 999', '没有编号为 999 的通知'],
    ['收到 W1', '整改 W1 签收'],
    ['收到请回复', '没有看懂“请回复”'],
    ['收到 参会人数 3', '没有看懂“参会人数 3”'],
    ['收到一中的报告了没有', '没有看懂'],
    ['收到 三楼 1', '没有看懂“三楼 1”'],
    ['收到 1 4月20日', '没有看懂“1 4月20日”'],
    ['收到了吗？', '没有确认：这是在问', '谁没收到'],
    ['收到没有', '没有看懂“没有”'],
    [`收到 ${'长'.repeat(2_000)}`, '写得太长了', '最多 200 字'],
  ]);

  test.each([
    '收到',
    '收到了',
    '收到，马上落实',
    '收到 1，谢谢',
    '收到通知1，我校按要求办理',
    '收到，好的，立即传达',
    '收到 第1号',
  ])('is said by “%s”', async (line) => {
    expect(await county.order(line)).toContain('您收到了通知 1');
  });

  test.each([
    ['收到，谢谢领导', '谢谢领导'],
    ['收到，由副主任李某代参加', '由副主任李某代参加'],
    ['好的，收到', ''],
    ['我校已收到，由副校长参会', '由副校长参会'],
    ['收到 1 参会 3 人', '参会 3 人'],
    ['收到 1，5月6日前报', '5月6日前报'],
  ])('“%s” confirms, and whoever sent it reads “%s”', async (line, words) => {
    expect(await county.order(line)).toContain('您收到了通知 1');
    const card = await director.in('county').say('通知 1');
    if (words === '') expect(card).not.toContain('回话');
    else expect(card).toContain(`回话：陈甲：${words}`);
  });

  test('is asked with buttons that keep the words, where several wait', async () => {
    await director.in('county').order('通知 报送食堂台账');
    expect(await county.say('好的，收到，由副主任参加')).toMatch(/您有 2 条通知没有确认.*【收到 2】.*【收到 1】/s);
    expect(await county.order('收到 2 由副主任参加')).toContain('您说的话一并记下：由副主任参加');
  });

  test('counts once', async () => {
    expect(await county.order('收到')).toContain('您收到了通知 1');
    expect(await county.say('收到')).toContain('已经确认过');
    expect(await county.say('收到 1')).toContain('已经确认过');
  });

  test('asks which one where several wait', async () => {
    await director.in('county').order('通知 报送食堂台账');
    expect(await county.say('收到')).toMatch(/您有 2 条通知没有确认.*请写编号.*【收到 2】/s);
  });

  test('in the direct chat the open ones are named too, before the members of the group were asked for', async () => {
    await director.in('county').order('通知 报送食堂台账');
    await director.in('county').order('通知 报送校服台账');
    await county.order('收到 1');
    const answer = await member.say('收到');
    for (const word of ['您有 2 条通知没有确认', '【收到 3】', '【收到 2】']) expect(answer).toContain(word);
    expect(await member.order('收到 2')).toContain('您收到了通知 2');
    expect(await member.order('收到')).toContain('您收到了通知 3');
    expect(await member.say('收到')).toContain('您没有要确认的通知');
    expect(await director.in('county').say('通知 3')).toContain('已收到 1 人');
  });

  test('in the direct chat of somebody who was never in that group nothing waits', async () => {
    expect(await outsider.say('收到')).toContain('您没有要确认的通知');
  });
});

describe('收到 with something else to do', () => {
  beforeEach(async () => {
    await director.in('county').order('通知 报送校车台账');
  });

  test.each([
    ['收到，陈甲参会，另外T2进度60%', 'T2进度60%'],
    ['收到。T2 45%', 'T2 45%'],
    ['收到，W3已整改', 'W3已整改'],
    ['收到，任务 完成 T2', '任务 完成 T2'],
    ['收到，D1改到周五', 'D1改到周五'],
  ])('“%s” confirms, and “%s” is said not to be done, with a button', async (line, command) => {
    const answer = await county.order(line);
    for (const word of ['您收到了通知 1', `“${command}”还没有办`, `【单独办：${command}】`])
      expect(answer).toContain(word);
  });

  test('is not lost where nothing waits any more', async () => {
    await county.order('收到 1');
    await director.in('county').order('撤回通知 1');
    expect(await county.say('收到 1。T2 45%')).toMatch(/已撤回.*【单独办：T2 45%】/s);
  });

  test('where it is asked which notice is meant, it is named too', async () => {
    await director.in('county').order('通知 报送食堂台账');
    expect(await county.say('收到，T2进度60%')).toMatch(/您有 2 条通知没有确认.*“T2进度60%”还没有办/s);
  });

  test.each(['收到，T2 周五前报送', '收到，T2我们抓紧', '收到，参会 3 人，T2 材料带上'])(
    '“%s” is words only',
    async (line) => {
      expect(await county.order(line)).not.toContain('还没有办');
    },
  );
});

describe('收到 said again with words', () => {
  const card = () => director.in('county').say('谁没收到 1');
  beforeEach(async () => {
    await director.in('county').order('通知 报送校车台账');
    await county.order('收到，参会人员张三、李四');
  });

  test('keeps the earlier ones, in order', async () => {
    expect(await county.order('收到，王五参会')).toContain('原来的“参会人员张三、李四”也留着');
    expect(await card()).toContain('陈甲：参会人员张三、李四；王五参会');
    expect(await county.say('收到 1 王五参会')).toContain('已经确认过');
  });

  test.each(['收到，改成4人', '收到，更正：王五参会', '收到，写错了，王五参会'])(
    '“%s” takes their place and says so',
    async (line) => {
      expect(await county.order(line)).toMatch(/原来的“参会人员张三、李四”已换成“/);
      expect(await card()).not.toContain('张三');
    },
  );

  test('a correction is of the notice that was answered, and the one that waits is named', async () => {
    await director.in('county').order('通知 报送食堂台账');
    const answer = await county.order('收到，改成4人');
    for (const word of ['通知 1', '已换成“改成4人”', '通知 2 还没有确认', '【收到 2】']) expect(answer).toContain(word);
  });

  test('a correction of one of two answers is asked about', async () => {
    await director.in('county').order('通知 报送食堂台账');
    await county.order('收到 2，参会 3 人');
    expect(await county.say('收到，改成4人')).toMatch(/没有记下“改成4人”.*【更正 通知 2】.*【更正 通知 1】/s);
  });

  test('a correction in the direct chat finds it', async () => {
    expect(await member.order('收到，改成4人')).toContain('已换成“改成4人”');
  });

  test('in the direct chat words that go nowhere are said to be kept nowhere', async () => {
    expect(await member.say('收到，王五参会')).toMatch(/没有记下“王五参会”.*【记到 通知 1】/s);
  });
});

describe('what was not received', () => {
  beforeEach(async () => {
    await director.in('county').order('通知 报送校车台账');
  });

  test.each([
    '收到不了，链接打不开',
    '没收到文件啊',
    '还没收到',
    '收不到',
    '我校一直没有收到附件',
    '签收不了',
    '领导，我们没收到通知',
    '没收到 1',
    '收到，没收到附件',
  ])('“%s” confirms nothing, and says whom to ask', async (line) => {
    const answer = await county.say(line);
    for (const word of ['没有登记为收到', '通知 1', '吕壬']) expect(answer).toContain(word);
  });

  test('“谁没收到” and “未收到名单” stay questions of the office', async () => {
    for (const line of ['谁没收到', '未收到名单', '谁还没收到 1'])
      expect(await county.say(line)).not.toContain('没有登记为收到');
  });
});

describe('courtesies', () => {
  const assents = ['好的', '明白，照办', '遵照执行，谢谢主任', '👌', 'OK', '好的，马上落实'];
  const others = ['谢谢', '在吗', '在吗？', '谢谢李主任', '辛苦了🌹'];

  test.each([...assents, ...others])('“%s” is answered with one line where nothing waits', async (line) => {
    const answer = await county.say(line);
    expect(answer).toContain('发送“帮助”');
    expect(answer).not.toContain('没有看懂');
    expect(answer.length).toBeLessThan(120);
  });

  test('a mark of assent asks for 收到 where a notice waits, and confirms nothing by itself', async () => {
    await director.in('county').order('通知 报送校车台账');
    for (const line of assents) expect(await county.say(line), line).toMatch(/确认收到通知 1？.*【收到 1】/s);
    for (const line of others) expect(await county.say(line), line).not.toContain('【收到');
    await director.in('county').order('通知 报送食堂台账');
    expect(await county.say('好的')).toMatch(/【收到 2】.*【收到 1】/s);
  });

  test('a message without words is a call for help still', async () => {
    for (const line of ['', '你好', '?']) expect(await county.say(line)).toContain('日程');
    expect((await county.say('')).length).toBeGreaterThan(300);
  });
});
