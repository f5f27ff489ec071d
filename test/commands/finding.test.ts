import { describe, expect, test } from 'vitest';
import { moment } from './district.ts';
import { answers, seats } from './seats.ts';

const { director, supervisor, neighbour, liaison, member, colleague, outsider, stranger, to } = seats();
const county = director.in('county');

describe('a problem is not written down by', () => {
  const line = '问题 望海区第一中学 台账不全 10个工作日';
  answers(stranger, [[line, '还不知道您是谁，请先发送：我是 姓名']]);
  for (const seat of [colleague, colleague.in('county'), stranger.in('school')])
    answers(seat, [[line, '可以登记问题，请联系管理员']]);
  for (const seat of [neighbour, member, outsider]) answers(seat, [[line, '这里不能登记问题']]);
  answers(supervisor, [['问题 临江区第一中学 台账不全 10个工作日', '这里不能登记问题']]);
});

describe('a problem that is half said', () => {
  answers(county, [
    ['问题', '登记问题', '单位'],
    ['问题 一中', '登记问题'],
    ['问题 一中 10个工作日', '请写明是什么问题'],
    ['问题 10个工作日', '写法：问题 单位'],
  ]);
});

describe('the words of the limit', () => {
  test('are the limit, and no part of what the school reads', async () => {
    for (const [words, until] of [
      ['严重 限期3天', '4月23日'],
      ['期限3天', '4月23日'],
      ['限3日内', '4月23日'],
      ['三天内整改完', '4月23日'],
      ['3天之内完成整改', '4月23日'],
      ['请于3日内整改到位', '4月23日'],
      ['整改期限：5-10个工作日', '5月7日'],
      ['限期10个工作日', '5月7日'],
      ['期限 4月30日', '4月30日'],
      ['整改时限为4月30日前', '4月30日'],
      ['限4月30日前整改完毕', '4月30日'],
      ['限期至4月30日', '4月30日'],
      ['要求4月30日前完成整改', '4月30日'],
    ]) {
      const answer = await county.order(`问题 望海区第一中学 消防通道堵塞 ${words} 另一个问题`);
      expect(answer, words).toMatch(/消防通道堵塞 *\n/);
      expect(answer, words).toContain(until);
    }
  });
  test('that count something else are no limit', async () => {
    for (const words of ['食品超过期限3天', '教师权限3人共用', '垃圾堆放三天', '承诺10日内整改方案未报'])
      expect(await county.order(`问题 望海区第一中学 ${words.replace('承诺', '')}`), words).toContain(
        words.replace('承诺10日内', ''),
      );
  });
});

describe('a problem with bad input', () => {
  answers(county, [
    ['问题 一中 台账不全 期限 有空的时候', '没有看懂期限“有空的时候”'],
    ['问题 一中 台账不全 整改时限：尽快', '没有看懂期限“尽快”'],
    ['问题 第八中学 台账不全 10个工作日', '没有找到单位“第八中学”'],
    ['问题 望海一种 台账不全 10个工作日', '没有找到单位“望海一种”。是不是：望海区第一中学'],
    ['问题 一中 YZ-2.99 台账不全 10个工作日', '没有指标“YZ-2.99”。是不是：YZ-2.9'],
    ['问题 一中 台账不全 2026年3月1日前', '已经过去'],
    ['问题 一中 台账不全 10个工作日 责任人 不存在的人', '没有看懂责任人“不存在的人”'],
    ['问题 一中 台账不全 0个工作日', '期限不能是 0'],
    ['问题 一中 台账不全 10000个工作日', '太长'],
    ['问题 一中 台账不全 五月初五', '“五月初五”像是农历'],
    ['问题 一中 台账不全 4月底5月初', '没有看懂日期“4月底5月初”'],
    ['问题 一中 台账不全 2月30日前', '没有“2月30日前”这一天'],
    [`问题 一中 ${'长'.repeat(2_000)} 10个工作日`, '最多'],
    ['问题 W999', '这里没有问题 W999'],
    ['问题 D999 灯不亮 10个工作日', '没有编号为 D999 的督导安排'],
    ['问题 D5 灯不亮 10个工作日', 'D5 还没有开始'],
    ['问题 一中 家长举报乱收费 10个工作日', '不在群里登记，也没有保存'],
    ['问题 一中 财务账目不清 10个工作日 保密', '不在群里登记，也没有保存'],
  ]);
  answers(director, [['问题 一中 台账不全 10个工作日', '“一中”有 2 个单位']]);

  test('of a visit to another school, or one that is long over, is refused', async () => {
    to(moment('2026-04-22', '10:00'));
    expect(await county.say('问题 D4')).toContain('登记问题');
    expect(await county.say('问题 望海区实验小学 D4 灯不亮 10个工作日')).toContain('不是到望海区实验小学的');
    to(moment('2026-09-01', '10:00'));
    expect(await county.say('问题 D4 灯不亮 10个工作日')).toContain('已经过去 90 天以上');
  });
});

describe('a problem with words that no part takes', () => {
  answers(county, [
    ['问题 一中 台账不全 10个工作日 5月20日', '写了“10个工作日”和“5月20日”两个期限'],
    ['问题 一中 台账不全 5月8日前 5月20日前', '两个期限'],
    ['问题 一中 台账不全 10个工作日 责任人 三楼 朱戊', '没有看懂责任人“三楼 朱戊”'],
    ['问题 一中 台账不全 10个工作日 责任人：90% 朱戊', '没有看懂责任人“90%”'],
    ['问题 一中 台账不全 专项 三楼 两项督导 10个工作日', '没看懂“专项 三楼 两项督导”'],
    ['问题 一中 台账不全 专项 优质均衡 10个工作日', '没有叫“优质均衡”的专项'],
    ['问题 一中 台账不全 10个工作日 专项：优质均衡', '没有叫“优质均衡”的专项'],
    ['问题 W12 签收', '没有登记：W12 签收 已经有编号', '整改 W12 完成'],
    ['问题 一中 文号 6号 10个工作日 三楼\n1. 灯不亮', '没看懂“三楼”'],
    ['问题 文号 6号 10个工作日\n1. 灯不亮', '第一行没有写单位'],
    ['问题 一中 文号 待定\n1. 灯不亮', '没有看懂文号“待定”'],
  ]);
  answers(director, [['问题 望海区第一中学 财务不清 5个工作日 保密 可见 三楼 韩丙', '没有看懂“可见 三楼 韩丙”']]);

  test('keeps a day, a unit and an urging word of the problem itself', async () => {
    const words = '4月10日 检查发现垃圾未清运，与望海区实验小学相邻，请抓紧清理';
    const answer = await county.order(`问题 一中 ${words} 10个工作日 责任人朱戊`);
    expect(answer).toContain(words);
    expect(answer).toContain('朱戊');
  });
});

describe('a problem that is to be kept quiet', () => {
  const WAY = '加“保密”：只有指定的人在单聊里看得到';
  for (const seat of [county, director])
    answers(seat, [
      ['问题 望海区第一中学 有教师体罚学生 别发群里 三天', '“别发群里”', WAY],
      ['问题 望海区第一中学 教室灯坏3间，当场改了，不用发通知', '“不用发通知”', WAY],
      ['问题 望海区第一中学 有教师体罚学生 先不要让学校知道 三天', WAY],
      ['问题 望海区第一中学 有教师体罚学生，请注意保密', WAY],
      ['问题 望海区第一中学 食堂亏空 暂不公开 三天', WAY],
    ]);
  test('is not one that is about keeping quiet', async () => {
    for (const words of [
      '不公开食堂账目',
      '不通知家长就停课',
      '保密协议未签',
      '食堂账目不公开',
      '不让家长知道收费标准',
    ])
      expect(await county.order(`问题 望海区第一中学 ${words} 10个工作日`), words).toContain(words);
  });
});

describe('a problem of two units', () => {
  const WAY = '一次写一个单位，请分成几行';
  answers(county, [
    ['问题 望海一中和实验小学 门卫都没有登记 一周', '望海一中', '实验小学', WAY],
    ['问题 望海区第一中学、望海区实验小学 台账不全 10个工作日', WAY],
    ['问题 望海区第一中学 与 望海区实验小学 台账不全', '望海区第一中学', '望海区实验小学', WAY],
    ['问题 望海区第一中学，望海区实验小学，台账不全', WAY],
    ['问题 望海区第一中学 望海区实验小学 校门口乱停车', WAY],
    ['问题 望海区第一中学以及望海区实验小学', WAY],
  ]);
  test('is not one in which a second is only mentioned', async () => {
    for (const words of [
      '与望海区实验小学相邻的围墙破损',
      '和望海区实验小学之间的通道堵塞',
      '与实验小学相邻的围墙破损',
      '围墙破损，与望海区实验小学相邻',
      '外墙脱落危及望海区实验小学',
    ])
      expect(await county.order(`问题 望海区第一中学 ${words} 10个工作日`), words).toContain(words.split('，')[0]);
  });
});

describe('what is no problem is not entered:', () => {
  const NONE = [
    '没问题',
    '没有问题',
    '无',
    '没有',
    '未发现问题',
    '检查未发现明显安全隐患',
    '暂无问题',
    '一切正常',
    '未发现明显问题，食堂卫生良好',
    '没有发现隐患；台账齐全、通道畅通有序',
  ];
  answers(
    county,
    NONE.map((words) => [`问题 望海区实验小学 ${words}`, '没有登记：写的是没有发现问题']),
  );
  answers(county, [
    ['问题 望海区实验小学 已经整改好了', '没有登记：写的是已经整改', '整改 望海区实验小学'],
    ['问题 望海区实验小学 上次的问题都改完了', '没有登记：写的是已经整改'],
    ['问题 望海区实验小学 消防通道已清理 不用整改', '没有登记：写的是不用整改'],
  ]);
  const ASKED = ['有什么问题', '有哪些问题', '还有多少问题', '上次那个过期酱油改好了没有', '有问题吗', '是否整改到位'];
  const MORE = ['消防通道改了吗？', '问题整改得怎么样了', '灭火器换了没', '什么时候改完'];
  answers(
    county,
    [...ASKED, ...MORE].map((words) => [`问题 望海区实验小学 ${words}`, '没有登记', '整改 望海区实验小学']),
  );
  test('but what says with such words what is wrong is one', async () => {
    for (const words of [
      '没有台账',
      '未发现问题台账，值班记录不规范',
      '无证上岗',
      '未发现台账',
      '灭火器没有',
      '门卫不知道报警电话是多少',
      '未核实是否持证',
      '问题整改没有落实',
      '灯坏3间已经改好',
      '上次的问题没有整改',
      '食堂问题没有整改好',
    ])
      expect(await county.order(`问题 望海区实验小学 ${words} 10个工作日`), words).toContain(words);
  });
});

describe('the same problem again', () => {
  const line = '问题 一中 校门口乱停车 10个工作日';

  test('is asked back within a day, by whomever, and entered when it is another one', async () => {
    await county.order(line);
    for (const seat of [county, director]) {
      const answer = await seat.say(line.replace('一中', '望海区第一中学'));
      expect(answer).toMatch(/没有登记：W1 就是这个问题，今天登记的.*【是另一个问题】/s);
    }
    expect(await county.say('问题 一中\n1. 灯不亮\n2. 校门口乱停车')).toMatch(/第 2 条：没有登记：W1.*都没有保存/s);
    expect(await county.order('问题 望海区实验小学 校门口乱停车 10个工作日')).toContain('问题 W2');
    expect(await county.order(`${line} 另一个问题`)).toMatch(/问题 W3.*校门口乱停车\n/s);
    to(moment('2026-04-22', '10:00'));
    expect(await county.order(line)).toContain('问题 W4');
  });
});

describe('a letter of problems', () => {
  test.each([
    ['(一)灯不亮\n（二）门坏了'],
    ['一、灯不亮\n二、门坏了'],
    ['①灯不亮\n②门坏了'],
    ['1.灯不亮\n2.门坏了'],
    ['1、灯不亮\n2、门坏了'],
    ['第一，灯不亮\n第二，门坏了'],
    ['一是灯不亮\n二是门坏了'],
    ['- 灯不亮\n- 门坏了'],
    ['灯不亮\n门坏了'],
  ])('“%s” are two problems', async (lines) => {
    expect(await county.order(`问题 一中 10个工作日\n${lines}`)).toMatch(/登记了 2 个问题.*灯不亮.*门坏了/s);
  });

  test('a line that goes on belongs to the problem above it', async () => {
    expect(await county.order('问题 一中 10个工作日\n1. 灯不亮，\n三楼也是\n2. 门坏了')).toMatch(
      /登记了 2 个问题.*灯不亮 三楼也是.*门坏了/s,
    );
  });

  answers(county, [
    ['问题 一中\n一、安全方面\n1. 灯不亮\n2. 门坏了', '两种编号', '没有登记'],
    ['问题 一中\n存在以下问题：\n1. 灯不亮', '“存在以下问题', '没有登记'],
    ['问题 一中 消防通道堵塞\n灯不亮', '没看懂“消防通道堵塞”'],
    ['问题 一中\n1. 灯不亮\n日程 明天', '没有执行', '分成两条消息'],
    ['问题 一中\n1. 灯不亮\n2. 灯不亮', '第 2 条和前面的一样'],
  ]);

  const letter = (line: string) =>
    `问题 一中 文号 6号 10个工作日\n1. 消防器材超期 较重\n2、图书馆漏雨 5个工作日\n3. ${line}`;

  test('is not entered by half: what is wrong is named by its place', async () => {
    expect(await county.say(letter('灯不亮 0个工作日'))).toMatch(/第 3 条：期限不能是 0.*都没有保存/s);
    expect(await county.say(letter('家长举报收费'))).toContain('第 3 条涉及保密');
    expect(await county.say(letter('望海区实验小学 灯不亮'))).toMatch(
      /第 3 条：这一批是望海区第一中学的问题，不是望海区实验小学的/,
    );
    expect(await county.say('问题 九十九中 文号 6号\n1. 灯不亮')).toContain('没有');
  });
});

describe('a problem’s card', () => {
  const buttons = (text: string) => text.match(/【[^】]+】/g) ?? [];
  test('offers each reader what they may do, and no step, form or line of the other side', async () => {
    const given = await director.order('问题 望海区第一中学 消防通道堆放杂物 10个工作日');
    const [name = ''] = /W\d+/.exec(given) ?? [];
    expect(await director.look(`整改 ${name}`)).toMatch(/【下达】.*督导室打字办理|督导室打字办理.*下达/s);
    for (const seat of [liaison, liaison.in('school')]) {
      const shown = await seat.look(`整改 ${name}`);
      expect(shown).toContain('申辩');
      expect(shown).not.toMatch(/文号|【下达】|督导室打字办理/);
    }
    await director.order(`整改 ${name} 下达`);
    expect(buttons(await liaison.look(`整改 ${name}`))).toContain('【签收】');
    // An administrator stands in for a unit; a supervisor does not.
    expect(await supervisor.look(`整改 ${name}`)).not.toMatch(/【申请延期】|【签收】|责任单位打字办理/);
    await liaison.order(`整改 ${name} 完成 已清理，原因：管理不到位`);
    const reported = await liaison.look(`整改 ${name}`);
    expect(reported).not.toMatch(/销号 复查情况|退回整改|【复查】/);
    expect(await director.look(`整改 ${name}`)).toMatch(/退回/);
  });

  test('of a task offers 办结 to the office and 报进展 to the unit', async () => {
    expect(buttons(await director.look('任务 T1'))).toContain('【办结】');
    const own = buttons(await member.look('任务 T1'));
    expect(own).toContain('【报进展】');
    expect(own).not.toContain('【办结】');
  });
});

describe('what a problem does not have is named and not entered:', () => {
  const line = (words: string) => `问题 望海区第一中学 灭火器过期 5个工作日 ${words}`;
  answers(county, [
    [line('来源 市政府'), '没有登记', '“来源 市政府”'],
    [line('来源：市政府'), '“来源'],
    [line('分管领导 王局'), '“分管领导 王局”'],
    [line('牵头单位 望海区教育局'), '“牵头单位 望海区教育局”'],
    [line('50%'), '“50%”'],
    [line('50 %'), '“50 %”'],
    [line('依据 云教督5号'), '“依据 云教督5号”'],
    [line('朱戊'), '没有登记', '“朱戊”', '【责任人是朱戊】'],
    [line('朱戊 王丁'), '“王丁”', '责任人'],
    [line('望海陈甲'), '“望海陈甲”'],
    ['问题 望海区第一中学 灭火器过期 朱戊 10个工作日', '“朱戊”'],
    [line('责任人 朱戊 望海陈甲'), '责任人', '望海陈甲'],
    [line('责任人 朱戊、陈甲'), '责任人', '陈甲'],
    [line('一般 严重'), '“一般”和“严重”两个程度'],
    ['问题 望海区第一中学 严重 较重 灭火器过期', '两个程度'],
    ['问题 望海区第一中学 文号 6号 5个工作日\n1. 灯不亮 来源 市政府', '第 1 条', '“来源 市政府”'],
    ['问题 望海区第一中学 灭火器过期 5个工作日 5个工作日', '写了“5个工作日”和“5个工作日”两个期限'],
    ['问题 望海区第一中学 灭火器过期 5月20日前 5月20日前', '写了“5月20日前”和“5月20日前”两个期限'],
  ]);
  test('but words of the problem itself are kept', async () => {
    for (const words of [
      '教师持证率 50%',
      '合格率只有50%',
      '门口 联系电话 未公示',
      '资金来源不明',
      '分管领导不到岗',
      '门卫朱戊 未到岗',
      '值班表写的是朱戊',
    ])
      expect(await county.order(`问题 望海区第一中学 ${words} 10个工作日`), words).toContain(words);
  });
});
