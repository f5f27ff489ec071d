import { beforeEach, describe, expect, test } from 'vitest';
import { moment } from './district.ts';
import { answers, seats } from './seats.ts';

const { director, bureau, supervisor, neighbour, liaison, member, outsider, stranger, to } = seats();
const county = director.in('county');

describe('what a line says besides is never acted on as something else', () => {
  answers(director, [
    ['任务 完成 T4 其实没完成，先挂着', '没有办结 T4', '其实没完成'],
    [
      '任务 新增 报招生计划 牵头 望海区第一中学 截止 4月29日 责任人 朱戊 4月30日前要初稿',
      '没看懂责任人',
      '4月30日前要初稿',
    ],
    ['任务 完成 T4 90%', '没有办结 T4', '90%'],
    ['任务 完成 7 T4', '没有看懂“完成 7”'],
    ['任务 7 完成 T4', '一次只能办一项，这里写了 T7、T4'],
    ['任务 完成 三楼 T4', '没有看懂“完成 三楼”'],
    ['任务 改期 T1 5月8日 6月30日', '截止写了两个时间：“5月8日”和“6月30日”'],
    ['任务 改期 T1 原因 4月22日停课 延期到5月8日', '截止写了两个时间'],
    ['任务 限期整改 T2 三楼 5月8日 原因 滞后', '没看懂“三楼”'],
    ['任务 节点 T1 初稿 5月8日 5月20日', '截止写了两个时间'],
    ['任务 节点 T1 初稿 完成 5月8日', '“初稿 完成”和“5月8日”只写一个'],
    ['任务 节点 T1 初稿 5月8日10点', '节点只记完成的那一天', '“10点”', '5月8日（周五）'],
    ['任务 节点 T1 初稿 5月8日-11日', '节点只记完成的那一天', '“5月8日-”', '5月11日（周一）'],
    ['任务 目标 T1 12 所 三楼', '没有看懂目标“12 所 三楼”'],
    ['任务 转交 T1 望海区财政局 三楼 原因 轮岗', '没有找到“三楼”'],
    ['任务 转交 T1 望海区财政局 临江区教育局 原因 轮岗', '一次只能转交给一个牵头单位'],
    ['任务 通报 T2 文号 7 云教督〔2026〕5号', '写了“7”和“云教督〔2026〕5号”两个文号'],
    [`任务 催办 T2 ${'快'.repeat(201)}`, '写得太长了：201 字，最多 200 字'],
    [`任务 改期 T1 5月8日 原因 ${'忙'.repeat(201)}`, '最多 200 字'],
  ]);
  const add = '任务 新增 报招生计划 牵头 望海区教育局 截止 6月15日';
  answers(director, [
    [`${add} 分管领导 韩丙`, '没看懂“分管领导 韩丙”', '【写进要求】', '【不要这几个字】'],
    [`${add} 责任人 陈甲 分管领导 韩丙`, '没看懂责任人“分管领导 韩丙”'],
    [`${add} 责任人 陈甲、分管领导 韩丙`, '没看懂责任人“分管领导 韩丙”'],
    [`${add} 类别 民生实事 来源 市政府`, '没看懂“来源 市政府”'],
    [`${add} 类别 来源 市政府`, '没看懂类别“来源 市政府”'],
    [`${add} 目标 12 所 自然日`, '没有看懂目标“12 所 自然日”'],
    [`${add} 牵头 望海区财政局`, '“牵头”写了两次'],
    [`${add} 专项 两项督导 三楼`, '叫“两项督导 三楼”的专项'],
  ]);
});

describe('what a reason would swallow is asked back, with the word named', () => {
  answers(director, [
    ['任务 改期 T1 5月15日 牵头 临江区教育局', '没有执行', '牵头 临江区教育局'],
    ['任务 改期 T1 5月15日 望海陈甲', '没有执行', '望海陈甲'],
    ['任务 改期 T1 5月15日 陈甲', '没有执行', '陈甲'],
    ['任务 改期 T1 5月15日 50%', '没有执行', '50%'],
    ['任务 改期 T4 5月20日；原因：放假；牵头：临江区教育局', '没有执行', '牵头:临江区教育局'],
    ['任务 重开 T4 5月10日', '没有执行', '5月10日'],
    ['任务 重开 T4 材料不全 截止 5月12日 5月13日', '没有执行', '截止 5月12日'],
    ['任务 完成 T4 4月19日', '没有执行', '4月19日'],
    ['任务 完成 T6 望海陈甲', '没有执行', '望海陈甲'],
    ['任务 完成 T6 牵头 望海区教育局 5月1日', '没有执行', '牵头 望海区教育局'],
    ['任务 完成 T6 同 D5 一起', '没有执行', 'D5'],
    ['任务 完成 T1；任务 完成 T4', '没有', 'T4'],
    ['任务 完成 T1 原因 已验收；任务 完成 T4', '没有', 'T4'],
    ['任务 完成 T4，任务 T6 催办', '没有', 'T6'],
    ['任务 催办 T4；任务 催办 T2', '没有', 'T2'],
    ['任务 催办 T4，日程 取消 D5', '没有执行', 'D5'],
    ['任务 保密 T4 可见 周丙 韩丙', '没有执行', '可见 周丙 韩丙', '任务 转交 T12 单位 责任人'],
    [
      '任务 新增 信访件办理 牵头 望海区教育局 截止 4月24日 保密 可见 陈甲',
      '可见 陈甲',
      '任务 新增 保密 内容',
      '责任人 陈甲',
    ],
    ['任务 新增 保密 信访件办理 可见 陈甲 牵头 望海区教育局', '可见 陈甲', '任务 新增 保密 内容', '责任人 陈甲'],
    ['任务 新增 保密 信访件办理 牵头 望海区教育局 可见：陈甲', '任务 新增 保密 内容', '责任人 陈甲'],
    ['任务 新增 报送台账 牵头 望海区教育局 责任人 陈甲 截止 4月24日 保密', '“保密”请写在任务内容前面'],
    ['任务 新增 报送台账 牵头 望海区教育局 责任人 陈甲 保密', '“保密”请写在任务内容前面'],
    ['任务 T4 可见 陈甲', '任务 转交 T12 单位 责任人'],
    ['任务 节点 T4 5月10日 初稿 50% 王局', '没有执行', '50%'],
    ['任务 限期整改 T2 5个工作日 请务必整改 责任人 朱戊', '没有执行', '责任人 朱戊'],
    ['任务 新增 报送S 来源 市政府 分管领导 王局 牵头 望海区教育局 截止 6月15日', '没有执行', '来源 市政府'],
    ['任务 新增 报送P 4月28日 4月29日 牵头 望海区教育局', '没有执行', '4月29日'],
    ['任务 新增 报送P 4月27日前 4月28日前 牵头 望海区教育局', '截止写了两个时间'],
    ['进展 T1 90% 截止 5月1日', '没有执行', '截止 5月1日'],
    ['问题 望海一中 缺灯；问题 望海区实验小学 缺门 8个工作日', '没有', '问题 望海区实验小学'],
  ]);

  test('but behind 原因, and as words of a sentence, all of it is the reason', async () => {
    const reasons = ['原因 与T4、D5合并', '原因 4月22日停课', '陈甲去培训了', '五一放假'];
    for (const [at, reason] of reasons.entries())
      expect(await director.order(`任务 改期 T1 5月1${at + 1}日 ${reason}`)).toContain(reason.replace('原因 ', ''));
  });

  test('a date with 前 behind the matter is the deadline', async () => {
    const answer = await director.order('任务 新增 报送P 4月28日前 牵头 望海区教育局');
    expect(answer).toContain('截止：4月28日');
    expect(answer).toContain('任务：报送P\n');
  });
});

describe('words that urge', () => {
  const add = '任务 新增 报招生计划 牵头 望海区教育局 截止 6月15日';
  test.each([
    [`${add} 请务必高度重视`, '请务必高度重视'],
    [`${add}，请各单位高度重视，逾期通报`, '请各单位高度重视，逾期通报'],
    [`${add} 请尽快`, '请尽快'],
    [`${add} 责任人 陈甲 务必按时`, '务必按时'],
    ['任务 新增 报招生计划 截止 6月15日 牵头 望海区教育局 请抓紧落实 谢谢', '请抓紧落实'],
    [`${add} 要求 每周五前报一次进度，附扫描件`, '每周五前报一次进度，附扫描件'],
    [`${add} 要求 一式两份 责任人 陈甲 请务必按时`, '一式两份；请务必按时'],
  ])('“%s” asks for what it says', async (line, said) => {
    const answer = await director.order(line);
    expect(answer).toMatch(/已下达任务 T7：报招生计划/);
    expect(answer).toContain(`要求：${said}`);
    expect(await county.say('任务 T7')).toContain(`要求：${said}`);
  });

  test.each([
    `${add} 请望海区财政局务必重视`,
    `${add} 请韩丙务必重视`,
    `${add} 原则上务必按时`,
    `${add} 务必于4月30日前报初稿`,
    `${add} 除实验小学外务必按时`,
  ])('“%s” says more than that', async (line) => {
    expect(await director.say(line)).toMatch(/没有执行。没看懂|写了两个时间/);
  });
});

describe('a task is given whole', () => {
  test('with everything that it may hold, in any order of its labels', async () => {
    const answer = await director.order(
      '任务 新增 新建公办幼儿园 类别：民生实事，截止：12月31日 责任人 陈甲 目标 12所 配合单位：望海区财政局、临江区教育局 责任单位 望海区教育局',
    );
    for (const said of [
      /已下达任务 T7：新建公办幼儿园/,
      /民生实事/,
      /12 所/,
      /12月31日/,
      /陈甲/,
      /望海区财政局、临江区教育局/,
    ])
      expect(answer).toMatch(said);
  });

  test('counts natural days where it says so', async () => {
    expect(await director.order('任务 新增 报材料 牵头 望海区教育局 截止 4月25日 自然日')).toContain('还剩 5 天');
  });
});

describe('an order with its number before the verb', () => {
  test('is the same order', async () => {
    expect(await director.order('T1 改期 5月8日 原因 台风')).toMatch(/→ 5月8日（周五），原因：台风/);
    expect(await director.order('任务 第2项 催办 请报数')).toContain('催办：请尽快推进');
    expect(await director.order('T1转交给望海区财政局，因为职能调整')).toContain('已转交');
    expect(await director.order('任务 T1 办结，已验收')).toContain('已办结');
    expect(await director.order('任务 1 重开')).toContain('已重开');
  });
});

describe('a task is not given by', () => {
  const line = '任务 新增 报送自查报告 牵头 望海区教育局 截止 6月15日';
  answers(stranger, [[line, '还不知道您是谁，请先发送：我是 姓名']]);
  for (const seat of [member, liaison, member.in('county'), stranger.in('county')])
    answers(seat, [[line, '只有管理员、督导员可以下达任务']]);
  answers(neighbour, [[line, '您的角色只管所授单位及下属单位，这里不能下达任务']]);
  answers(supervisor, [['任务 新增 报材料 牵头 临江区教育局 截止 6月15日', '这里不能下达任务']]);
});

describe('a task is not changed by', () => {
  answers(member.in('county'), [
    ['任务 完成 T2', '只有管理员、督导员可以办结任务', '【报完成】'],
    ['T2 已完成 台账齐了', '进展 T2 已完成 台账齐了', '【报完成】'],
    ['任务 完成 T2 其实没完成', '只有管理员、督导员可以办结任务'],
    ['任务 改期 T1 5月8日 原因 五一放假', '只有管理员、督导员可以修改任务'],
    ['任务 节点 T1 初稿 4月22日', '只有管理员、督导员可以修改任务'],
    ['任务 目标 T1 12 所', '只有管理员、督导员可以修改任务'],
    ['任务 保密 T4', '只有管理员、督导员可以'],
    ['任务 催办 T2', '只有管理员、督导员可以催办'],
    ['任务 通报 T2 文号 云教督〔2026〕5号', '只有管理员、督导员可以催办'],
  ]);
  answers(liaison.in('school'), [['任务 转交 T1 望海区财政局 原因 推给别人', '这里不能转交任务']]);
  answers(outsider, [
    ['任务 T1', '没有编号为 T1 的任务'],
    ['任务 完成 T1', '没有编号为 T1 的任务'],
    ['任务 望海区', '这里不能查看“望海区人民政府”'],
  ]);
  answers(neighbour, [['任务 完成 T1', '没有编号为 T1 的任务']]);
});

describe('a task that is half said', () => {
  answers(county, [
    ['任务 新增', '下达任务', '【填写：任务内容】', '【填写：牵头单位】', '【下达】'],
    ['新增任务', '下达任务', '【下达】'],
    ['下达任务', '【下达】'],
    ['布置一项任务', '【下达】'],
    ['任务 新增 报材料', '请写牵头单位'],
    ['任务 新增 核查有偿补课 别发群里 牵头 望海区教育局 截止 6月15日', '“别发群里”', '加“保密”'],
    ['任务 新增 牵头 望海区教育局', '请写任务内容'],
    ['任务 改期 T1', '请写明截止时间'],
    ['任务 改期 T1 5月8日', '改期要写明原因'],
    ['任务 转交 T1', '请写'],
    ['任务 转交 T1 望海区财政局', '转交要写明原因'],
    ['任务 节点 T1', '请写节点名称和日期'],
    ['任务 节点 T1 主体封顶', '没有看懂截止时间'],
    ['任务 节点 T1 4月22日', '请写节点名称'],
    ['任务 通报 T2', '通报要写文号'],
    ['任务 完成', '请写上任务编号，例如：任务 完成 T12'],
    ['任务 重开', '请写上任务编号，例如：任务 重开 T12'],
    ['任务 催办', '请写上任务编号，例如：任务 催办 T12'],
    ['任务 改期', '请写上任务编号'],
    ['任务 转交', '请写上任务编号'],
    ['任务 节点', '请写上任务编号'],
  ]);
});

test('a target in Chinese numerals is the number', async () => {
  expect(await county.order('任务 目标 T1 十二所')).toContain('T1 的目标：12 所');
  expect(await county.order('任务 目标 T1 三点五亿元')).toContain('T1 的目标：3.5 亿元');
});

describe('a deadline on a rest day', () => {
  test('that was not looked up is asked back before anybody is told, and each working day beside it is one press', async () => {
    const answer = await county.say('任务 新增 报材料 牵头 望海区教育局 截止 下周五');
    expect(answer).toContain('“下周五”是5月1日（周五），劳动节放假。请定哪一天：4月30日（周四），还是5月6日（周三）？');
    expect(answer).toContain('按【4月30日（周四）】：run 任务 新增 报材料 牵头 望海区教育局 截止 4月30日');
    expect(answer).toContain('按【5月6日（周三）】：run 任务 新增 报材料 牵头 望海区教育局 截止 5月6日');
  });

  test('that was written as a day is taken and said, with the press that moves it', async () => {
    const answer = await county.order('任务 新增 报材料 牵头 望海区教育局 截止 5月31日');
    expect(answer).toContain('截止：5月31日（周日，休息日）');
    expect(answer).toMatch(/按【改为5月29日（周五）】：run 任务 改期 T\d+ 2026-05-29 原因 5月31日（周日）是休息日/);
    expect(await county.order('任务 改期 T7 2026-05-29 原因 5月31日（周日）是休息日')).toContain('→ 5月29日（周五）');
  });
});

describe('what stands in the field 截止 and is read', () => {
  test('is the day, its hour, its other name and courtesy', async () => {
    for (const [due, says] of [
      ['下周三上午', '截止：4月29日（周三）12:00'],
      ['下周三下午5点前', '截止：4月29日（周三）17:00　还剩 7 个工作日'],
      ['下周三17:30', '截止：4月29日（周三）17:30'],
      ['下周三晚上', '“晚上”不是一个钟点，按当天截止'],
      ['5月1日（劳动节）', '5月1日'],
      ['5月8日前完成，谢谢', '5月8日'],
      ['5月8日之前', '5月8日'],
      ['为5月8日', '5月8日'],
      ['10个工作日内', '5月7日'],
    ])
      expect(await county.order(`任务 新增 报材料 牵头 望海区教育局 截止 ${due}`), due).toContain(says);
    expect(await county.order('任务 改期 T1 5月8日上午 原因 台风')).toContain('→ 5月8日（周五）12:00，原因：台风');
    expect(await county.say('任务 T1')).toContain('截止：5月8日（周五）12:00');
  });
});

describe('an hour that is over', () => {
  test('is asked back wherever something is to be done until then, and the one to come is taken', async () => {
    to(moment('2026-04-20', '09:00'));
    for (const line of [
      '任务 新增 报招生计划 牵头 望海区教育局 截止 今天8:00',
      '任务 新增 今天9:00前报招生计划 牵头 望海区教育局',
      '任务 改期 T1 今天8:30 原因 急用',
      '任务 限期整改 T2 4月20日8点 原因 滞后',
      '问题 望海区第一中学 台账不全 今天8:00前',
    ])
      expect(await county.say(line), line).toMatch(/4月20日（周一）0[89]:[03]0 已经过了（现在 09:00），请写以后的时间/);
    expect(await county.order('任务 新增 报招生计划 牵头 望海区教育局 截止 今天17:00')).toContain(
      '4月20日（周一）17:00',
    );
  });

  test('a report after it is a late one, in the answer and on the card; one before it is not', async () => {
    await county.order('任务 新增 报招生计划 牵头 望海区教育局 截止 今天12:00');
    to(moment('2026-04-20', '11:59'));
    const early = await member.in('county').order('进展 T7 60% 正在收集');
    expect(early).not.toContain('迟报');
    to(moment('2026-04-20', '12:01'));
    const late = await member.in('county').order('进展 T7 100% 已报齐');
    expect(late).toContain('截止 4月20日（周一）12:00 已过，记为迟报');
    const card = await county.say('任务 T7');
    expect(card).toContain('100%（迟报）');
    expect(card).not.toContain('60%（迟报）');
  });

  test('days from which to which are due on the last, and the first is still read', async () => {
    const card = await county.order('任务 新增 报招生计划 牵头 望海区教育局 截止 5月6日-8日');
    expect(card).toContain('5月8日（周五）（原文：5月6日-8日）');
  });
});

describe('a question about tasks', () => {
  const wanghai = ['T1', 'T2', 'T3', 'T4', 'T5'] as const;
  answers(director, [
    ['任务 望海', ...wanghai],
    ['进展 望海', ...wanghai],
    ['任务 望海逾期', '共 1 项', 'T2'],
    ['任务 临江', '共 1 项', 'T6'],
    ['任务 逾期', '共 1 项', 'T2'],
    ['任务 逾期了没有', '共 1 项', 'T2'],
    ['进展 超期', '共 1 项', 'T2'],
    ['任务 快到期', '共 4 项', 'T1', 'T3', 'T6'],
    ['任务 未逾期', '共 5 项'],
    ['任务 临江 逾期', '临江区人民政府 逾期 没有这样的任务'],
    ['任务 财政', '没有标题里有“财政”的任务', '是不是：任务 望海财政局'],
    ['任务 冰雪运动', '没有标题里有“冰雪运动”的任务'],
    ['进展 冰雪运动', '没有标题里有“冰雪运动”的任务'],
    ['截止 望海', '望海区人民政府', 'T1'],
    ['截止 财政', '没有找到单位“财政”', '望海财政局'],
    ['望海逾期了没有', '望海区人民政府', '逾期', 'T2'],
  ]);
  answers(director.in('city'), [['日程 望海', '望海区人民政府']]);
});

describe('an order that tasks do not have, or without a number', () => {
  answers(director, [
    ['任务 催办 望海区', '催办要写任务编号', '任务 望海区人民政府'],
    ['任务 催办 逾期', '催办要写任务编号'],
    ['任务 取消 报送自查报告', '任务没有“取消”这一项'],
    ['任务 取消 T2', '任务没有“取消”这一项', '任务 完成 T2'],
    ['任务 删除 T2', '任务和进展不能删除'],
    ['任务 作废T2', '任务没有“作废”这一项'],
    ['任务 T2 取消', '任务没有“取消”这一项'],
    ['取消 T2', '任务没有“取消”这一项'],
    ['任务 看看 T2', '没有看懂', '任务 完成 T2'],
    ['任务 取消 T99', '没有编号为 T99 的任务'],
  ]);
});

describe('several tasks in one line', () => {
  const lines = [
    '任务 完成 T1、T2',
    '任务 完成 T1 T2',
    '任务 完成 T1,2',
    '任务 完成 T1 2',
    '任务 完成 1、2',
    '任务 改期 T1、T2 5月20日 原因 台风',
    '任务 催办 T1、T2',
    '任务 转交 T1、T2 望海区财政局 原因 职能调整',
    '任务 保密 T1、T2',
    '任务 限期整改 T1、T2 5月7日',
    '任务 通报 T1、T2 文号 云教督〔2026〕5号',
    '任务 节点 T1、T2 初稿 4月22日',
    '任务 重开 T1、T2 原因 反弹',
    '任务 取消 T1、T2',
    '任务 T1、T2',
    'T1、T2 办结',
    'T1 T2 办结',
    'T1和T2已完成',
    'T1-2 办结',
    '催办 T1、T2',
    '第1、2项已完成',
    '进展 T1、T2 已完成',
    '进展 T1 60%，T2 40%',
    'T1、T2 60%',
  ];
  answers(
    county,
    lines.map((line) => [line, '一次只能办一项，这里写了 T1、T2']),
  );
});

describe('the reason of a new day', () => {
  test.each([
    '延到四月三十 理由 假期',
    '推迟到4月30日 假期',
    '改到 4月30日，因为假期',
    '时间顺延至4月30日 原因是假期',
    '截止改为4月30日 原因：假期',
    '因假期延到4月30日',
    '理由 假期 延期到4月30日',
    '到4月30日 假期',
    '4月30日，原因：假期',
  ])('is only what is said beside it: %s', async (words) => {
    expect(await county.order(`任务 改期 T2 ${words}`)).toMatch(/→ 4月30日（周四），原因：假期\s/);
  });

  test('nor is a name or a limit made of these words', async () => {
    expect(await county.order('任务 节点 T1 初稿 延到4月22日')).toContain('节点：初稿 4月22日');
    expect(await county.order('任务 限期整改 T2 延到4月30日 原因 假期')).toContain('。原因：假期。');
  });
});

describe('a task with bad input', () => {
  answers(county, [
    ['任务 新增 报材料 牵头 望海一种', '是不是：望海区第一中学'],
    ['任务 新增 报材料 牵头 火星教育局', '没有找到单位“火星教育局”'],
    ['任务 新增 报材料 牵头 望海区教育局 截止 4月1日', '4月1日（周三）已经过了', '2027年4月1日（周四）'],
    ['任务 新增 报材料 牵头 望海区教育局 截止 5月8日，6月8日', '截止写了两个时间：“5月8日”和“6月8日”'],
    ['任务 新增 报材料 牵头 望海区教育局 截止 二十四号 重要 抄送领导', '没有执行', '没看懂“重要 抄送领导”'],
    ['任务 新增 报材料 截止 五一前 并抄送临江区 牵头 望海区教育局', '没看懂“并抄送临江区”'],
    ['任务 新增 报材料 牵头 望海区教育局 期限 重要 5月8日', '没看懂“重要”'],
    ['任务 改期 T1 5月8日 抄送领导 原因 台风', '没看懂“抄送领导”'],
    ['任务 新增 五月初五前报材料 牵头 望海区教育局', '“五月初五前”像是农历'],
    ['任务 新增 报材料 牵头 望海区教育局 截止 2026年4月1日', '已经过了'],
    ['任务 新增 报材料 牵头 望海区教育局 截止 2月30日', '没有“2月30日”这一天'],
    ['任务 新增 报材料 牵头 望海区教育局 截止 有空的时候', '没有看懂截止时间'],
    ['任务 新增 报材料 牵头 望海区教育局 目标 很多', '没有看懂目标'],
    [`任务 新增 ${'长'.repeat(201)} 牵头 望海区教育局`, '最多 200 字'],
    [`任务 新增 ${'长'.repeat(2_000)} 牵头 望海区教育局`, '最多 200 字'],
    ['任务 新增 办理食堂信访件 牵头 望海区教育局 责任人 陈甲', '请在单聊里发给督导助手'],
    ['任务 改期 T1 3天前 原因 忙', '没有看懂截止时间'],
    ['任务 改期 T1 五月初五 原因 台风', '“五月初五”像是农历。请写公历日期，例如 6月19日（周五）'],
    ['任务 改期 T1 四月底五月初 原因 台风', '没有看懂日期“四月底五月初”'],
    ['任务 改期 T1 今天25点 原因 台风', '没有“25点”这个时间'],
    ['任务 改期 T1 4月24日（周四） 原因 台风', '前后不一致：4月24日（周五）'],
    ['任务 节点 T1 初稿 明后天', '“明后天”不止一天'],
    ['任务 改期 T1 2月30日 原因 忙', '没有“2月30日”这一天'],
    ['任务 转交 T1 火星教育局 原因 试试', '没有找到“火星教育局”'],
    ['任务 转交 T1 王丁 原因 试试', '王丁 是望海区财政局的'],
    ['任务 转交 T1 望海区教育局 责任人 陈甲 原因 再来一次', '本来就由望海区教育局'],
    ['任务 节点 T1 装修 完成', '没有'],
    ['任务 重开 T1 原因 反弹', '没有办结'],
    ['任务 T999', '没有编号为 T999 的任务'],
    ['任务 完成 T999', '没有编号为 T999 的任务'],
    ['任务 T6', '没有编号为 T6 的任务'],
    ['任务 T2 完成 3 所', '报进展请发送：进展 T2'],
    ['任务 火星区', '没有找到单位“火星区”'],
  ]);
  answers(director, [
    ['任务 新增 保密 化解矛盾 牵头 望海区教育局', '保密任务要写责任人'],
    ['任务 新增 保密 化解矛盾 牵头 望海区教育局 责任人 过路人', '要写责任人'],
  ]);
});

describe('a task that is done', () => {
  test('is neither done again nor handed on nor reported', async () => {
    await county.order('任务 完成 T1');
    expect(await county.say('任务 完成 T1')).toContain('已经办结了');
    for (const line of [
      '任务 改期 T1 6月30日 原因 雨季',
      '任务 目标 T1 12 所',
      '任务 催办 T1',
      '任务 限期整改 T1 6月30日 原因 滞后',
      '任务 转交 T1 望海区财政局 原因 轮岗',
      '任务 节点 T1 初稿 6月30日',
      '进展 T1',
      '进展 T1 90%',
    ])
      expect(await county.say(line), line).toMatch(/T1 已经办结，.*先重开。\n【重开】/s);
    expect(await county.say('任务 转交 T1 望海区财政局 原因 重来')).toContain('不用转交');
    expect(await member.in('county').say('进展 T1 90%')).toContain('已经办结，不能再报进展');
  });

  test('has a step that only its unit and the office report', async () => {
    await county.order('任务 节点 T1 初稿 4月22日');
    expect(await member.in('county').say('任务 节点 T1 装修 完成')).toMatch(/没有看懂是哪个节点“装修”.*初稿/);
    expect(await liaison.in('school').say('任务 节点 T1 初稿 完成')).toContain('不能报进展');
  });
});

describe('a confidential task', () => {
  test('is in no group, whoever asks there', async () => {
    await director.order('任务 新增 保密 化解矛盾 牵头 望海区教育局 责任人 陈甲 截止 4月24日');
    for (const line of ['任务 T7', '进展 T7 50%', '任务 完成 T7', '任务 公开 T7'])
      expect(await county.say(line), line).toContain('没有编号为 T7 的任务');
    expect(await liaison.say('任务 T7')).toContain('没有编号为 T7 的任务');
    expect(await director.say('任务 通报 T7 文号 云教督〔2026〕6号')).toContain('是保密任务，不在群里通报');
  });
});

describe('a right over one unit', () => {
  const able = '可以办理的：市教育局督导室 吕壬。';
  const number = async (line: string, by = director) => /T\d+/.exec(await by.order(line))?.[0] ?? '';
  /** Everything that closes, moves, hides or pursues a task as a whole. */
  const whole = (task: string) => [
    `任务 完成 ${task}`,
    `任务 ${task} 办结`,
    `任务 重开 ${task} 原因 试试`,
    `任务 改期 ${task} 6月1日 原因 五一放假`,
    `任务 目标 ${task} 12 所`,
    `任务 节点 ${task} 初稿 4月28日`,
    `任务 转交 ${task} 望海区财政局 原因 职能调整`,
    `任务 保密 ${task}`,
    `任务 公开 ${task}`,
    `任务 催办 ${task}`,
    `任务 限期整改 ${task} 5月8日`,
    `任务 通报 ${task} 文号 云教督〔2026〕5号`,
    `进展 ${task} 更正 50% 原因 写错了`,
  ];

  test('that only assists is none over the task: who supervises it reads who can', async () => {
    const task = await number('任务 新增 汇总防溺水情况 牵头 市教育局 配合 望海区教育局 责任人 周丙 截止 5月29日');
    for (const line of whole(task)) {
      const answer = await supervisor.say(line);
      expect(answer, line).toContain('您的角色只管所授单位及下属单位');
      expect(answer, line).toContain('管不到的单位：市教育局。可以办理的：市教育局督导室 吕壬');
    }
  });

  test('that leads together with others is none over the task without a right over the others', async () => {
    const task = await number('任务 新增 联合检查校车 牵头 望海区教育局、临江区教育局');
    for (const line of whole(task)) expect(await supervisor.say(line), line).toContain('管不到的单位：临江区教育局。');
    await director.order('角色 授予 督导员 市教育局督导室 韩丙 临江区');
    expect(await supervisor.order(`任务 完成 ${task}`)).toContain('已办结');
  });

  test('of the lead is one over the task; where a collective leads, the one over whoever runs the program', async () => {
    const task = await number('任务 新增 清点消防器材 牵头 望海区教育局 配合 望海区财政局 截止 5月15日', supervisor);
    expect(await supervisor.order(`任务 完成 ${task}`)).toContain('已办结');
    const own = await number('任务 新增 报食堂台账 牵头 各学校', supervisor.in('county'));
    expect(await supervisor.order(`任务 完成 ${own}`)).toContain('已办结');
    const citys = await number('任务 新增 报作业台账 牵头 望海区教育局、各学校', director.in('city'));
    expect(await supervisor.say(`任务 完成 ${citys}`)).toContain('管不到的单位：云溪市。');
  });

  answers(supervisor, [
    ['任务 新增 清点器材 牵头 望海区教育局 配合 云溪市、临江区', '管不到的单位：云溪市、临江区人民政府。', able],
    ['任务 新增 清点器材 牵头 望海区教育局、临江区教育局', '管不到的单位：临江区教育局。', able],
    ['任务 新增 清点器材 牵头 临江区教育局 配合 望海区教育局', '管不到的单位：临江区教育局。'],
    ['任务 新增 报台账 牵头 各学校', '管不到的单位：云溪市。', able],
    ['任务 转交 T1 临江区教育局 原因 职能调整', '管不到的单位：临江区教育局。'],
    ['通知 云溪市：明天开会', '这里不能发通知', able],
    ['通知 临江区工作群：明天开会', '这里不能发通知', '可以办理的：市教育局'],
  ]);
});

describe('whoever only assists', () => {
  const school = liaison.in('school');
  test.each([liaison, school])('reads the task of the lead without its buttons ($who)', async (seat) => {
    expect(await seat.say('任务 T1')).toMatch(/^(?!.*(?:【报进展】|【办结】|报进展也可以打字)).*报送自查报告/s);
  });
  test('is told who reports when asking for the form', async () => {
    expect(await liaison.say('进展 T1')).toMatch(/^(?!.*提交进展).*不能报进展.*任务：报送自查报告/s);
    expect(await member.say('进展 T1')).toContain('【提交进展】');
  });
  test('and who leads has them as far as the right goes', async () => {
    expect(await member.say('任务 T1')).toMatch(/^(?!.*【办结】).*【报进展】/s);
    expect(await director.say('任务 T1')).toContain('【办结】');
    // Nobody of the county closes it; the office does, wherever it asks.
    expect(await member.in('county').say('任务 T1')).toMatch(/^(?!.*【办结】).*【报进展】/s);
    expect(await director.in('county').say('任务 T1')).toMatch(/【报进展】.*【办结】/s);
  });
});

describe('a milestone as the deadline', () => {
  const task = (words: string) => `任务 新增 报送核查材料 牵头 望海区教育局 ${words}`;
  answers(director, [
    [task('截止 市级核查前'), '没有看懂截止时间“市级核查前”', '没有叫“市级核查”的节点'],
    ['截止 市级核查前', '没有看懂“市级核查前”说的时间'],
    [task('截止 5月前5日'), '没有'],
  ]);

  describe('of a program', () => {
    beforeEach(async () => {
      await director.order('专项 节点 望海区 两项督导 市级核查 5月8日');
    });
    answers(director, [
      [task('截止 市级核查前'), '没有下达', '“市级核查”是专项“两项督导”的节点', '【归到两项督导】'],
      [task('截止 国家认定前 专项 两项督导'), '没有叫“国家认定”的节点'],
      ['截止 市级核查前', '5月7日（周四）前', 'T1', 'T3'],
      ['截止 两项督导 市级核查之前', '5月7日（周四）前'],
      ['市级核查前要交哪些材料', '5月7日（周四）前', 'T1'],
      ['截止 市级核查前 逾期', '逾期'],
    ]);
    test('is that of the task, and moves with it', async () => {
      expect(await director.order(task('截止 市级核查前 专项 两项督导'))).toMatch(
        /已下达任务 T7.*截止：5月7日（周四）/s,
      );
      expect(await director.order(task('截止 市级核查前5个工作日 专项 两项督导'))).toContain('截止：4月28日（周二）');
      expect(await member.say('截止 市级核查前')).toMatch(/报送核查材料.*报送核查材料/s);
      await director.order('专项 节点 望海区 两项督导 市级核查 5月15日');
      expect(await director.say('任务 T7')).toContain('截止：5月14日（周四）');
    });
    test('without a day says so', async () => {
      await director.order('专项 节点 望海区 两项督导 市级核查 待定');
      expect(await director.say('截止 市级核查前')).toContain('“市级核查”还没有定下日期');
    });
  });
});

describe('what is asked of many', () => {
  const school = liaison.in('school');
  test.each([
    ['各单位', [liaison, school, member, outsider, neighbour]],
    ['所有单位', [liaison, member]],
    ['全市各单位', [liaison, outsider]],
    ['各学校', [liaison, school]],
    ['各县区', [member, outsider]],
    ['各成员单位', [bureau]],
  ])('“%s” stands in the lists of each unit that is meant', async (written, asked) => {
    await director.order(`任务 新增 报安全台账 牵头 ${written} 截止 4月24日`);
    for (const seat of asked)
      for (const line of ['截止', '我的', '任务'])
        if (line !== '我的' || seat !== school) expect(await seat.say(line), line).toContain('报安全台账');
    expect(await asked[0]?.order('进展 T7 50% 已收一半')).toContain('已记下');
  });

  test('is in no list of a unit that is not meant', async () => {
    await director.order('任务 新增 报安全台账 牵头 各成员单位 截止 4月24日');
    expect(await liaison.say('截止')).not.toContain('报安全台账');
  });

  test('of 各单位 is told to all below whoever asks, and to nobody else', async () => {
    const county = await supervisor.in('county').order('任务 新增 报安全台账 牵头 各单位 截止 4月24日');
    expect(county).toMatch(/已告知 \d 个群.*望海一中群.*朱戊/);
    expect(county).not.toContain('临江');
    expect(await outsider.say('截止')).not.toContain('报安全台账');
    expect(await director.say('通知 各单位：周五停电')).toMatch(/将发到 \d 个群：.*望海一中群/);
  });
});

describe('what is due before anybody can hear of it', () => {
  beforeEach(() => to(moment('2026-04-20', '22:30')));

  answers(director, [
    ['任务 新增 夜间报送 牵头 望海区教育局 截止 今天', '没有执行', '明天 07:00 才告知', '紧急 原因'],
    ['任务 新增 夜间报送 牵头 望海区教育局 截止 今晚12点', '明天 07:00 才告知'],
    ['任务 改期 T1 今天 原因 提前', '明天 07:00 才告知'],
  ]);

  test('is taken when it is due on the day on which it is told', async () => {
    expect(await director.order('任务 新增 夜间报送 牵头 望海区教育局 截止 明天')).toContain('已下达');
  });
});

describe('a line that says that it is not done closes nothing', () => {
  answers(
    director,
    [
      'T1完成后通知我',
      'T1 办结 但是缺盖章',
      '任务 完成 T1 假的，还没拨',
      '任务 完成 T1 等周五再说',
      'T1 完成了 明天补章',
      '任务 办结 T1 还差两所',
    ].map((line) => [line, '没有办结 T1：写的是'] as const),
  );
  answers(director, [['T1完成了吧', '这是在问']]);
  test.each(['任务 完成 T1 台账已收齐', '任务 完成 T1 原因 转入明年计划，未拨的一并结转'])(
    '“%s” closes it',
    async (line) => {
      expect(await director.order(line)).toContain('T1 已办结');
    },
  );
});
