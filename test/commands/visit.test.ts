import { describe, expect, test } from 'vitest';
import { moment } from './district.ts';
import { answers, seats } from './seats.ts';

const { director, supervisor, neighbour, liaison, member, stranger, to } = seats();

describe('a visit is not arranged by', () => {
  for (const seat of [member, liaison, stranger, member.in('county'), liaison.in('school')])
    answers(seat, [['日程 新增 4月30日 上午 望海区第一中学 专项督导 组长 韩丙', '只有管理员、督导员可以安排督导']]);
  answers(liaison.in('school'), [
    ['日程 取消 D5', '只有管理员、督导员可以取消督导安排'],
    ['日程 延期 D5 5月8日', '只有管理员、督导员可以调整督导安排'],
    ['日程 变更 D5 组长 李庚', '只有管理员、督导员可以调整督导安排'],
  ]);
  // Of another county: the visit is not even there.
  answers(neighbour, [
    ['日程 取消 D5', '没有编号为 D5 的督导安排'],
    ['日程 D5', '没有编号为 D5 的督导安排'],
    ['日程 新增 4月30日 望海区第一中学 组长 韩丙', '您的角色只管所授单位及下属单位，这里不能安排督导'],
  ]);
  answers(supervisor, [
    // Of the city's office: sees the county beside theirs, and has no right there.
    ['日程 变更 D7 备注 带齐材料', '这里不能调整督导安排'],
    ['日程 新增 4月30日 临江区第一中学 组长 韩丙', '这里不能安排督导'],
    ['日程 变更 D5 临江区第一中学', '这里不能调整督导安排'],
  ]);
  answers(director.in('neighbours'), [['日程 取消 D5', '本群没有编号为 D5']]);
});

describe('what a reason or a subject would swallow is asked back, with the word named', () => {
  answers(director, [
    ['日程 延期 D5 5月12日 复查 综合督导', '没有办理', '综合督导'],
    ['日程 新增 4月30日 上午 望海区第一中学 专项督导 组长 韩丙 来源 市政府', '没有执行', '来源 市政府'],
    ['日程 取消 D5 来源 市政府', '没有执行', '来源 市政府'],
    ['日程 延期 D5 5月12日 李庚', '没有执行', '李庚'],
    ['日程 延期 D5 5月12日 T3', '没有执行', 'T3'],
    ['日程 延期 D5 5月6日 韩丙换李庚 来源 市政府', '没有执行', '来源 市政府'],
    ['日程 延期 D5 5月6日 校长外出', '没有变化', '“校长外出”没有发出'],
  ]);

  test('words keep their first syllable', async () => {
    expect(await director.order('日程 延期 D5 5月12日 来访团队改期')).toContain('来访团队改期');
    expect(await director.order('日程 取消 D4 请务必周知')).toContain('请务必周知');
  });

  test('whoever stands in no address book is said to', async () => {
    const line = '日程 新增 4月30日 上午 望海区第一中学 专项督导 组长 韩丙 成员 王局';
    expect(await director.order(line)).toMatch(/王局（通讯录里没有/);
  });

  test('another school is not called at the number of the one before', async () => {
    expect(await director.order('日程 变更 D5 望海区实验小学')).toContain('联络员：朱戊 → （空）');
  });
});

describe('a visit that is half said', () => {
  answers(director, [
    ['日程 新增', '新增督导安排', '日期（必填）'],
    ['日程 新增 4月24日', '还差：单位、组长'],
    ['日程 新增 4月24日 望海区一中', '还差：组长'],
    ['日程 新增 望海区一中 组长 韩丙', '还差：日期'],
    ['日程 变更 D5', '变更'],
    ['日程 变更', '请写明是哪一次督导'],
    ['日程 取消', '请写明是哪一次督导'],
    ['日程 恢复', '请写明是哪一次督导'],
    ['这个改成5月13日', '请写明是哪一次督导'],
    ['日程管理', '没有看懂。写法：日程 新增'],
  ]);
});

describe('a visit with bad input', () => {
  answers(director, [
    ['日程 新增 4月24日 一中 组长 韩丙', '“一中”有 2 个单位'],
    ['日程 新增 4月24日 不存在中学 组长 韩丙', '没有找到单位'],
    ['日程 新增 4月24日 望海区一中 组长 陈甲', '叫“陈甲”的有 2 人'],
    ['日程 新增 4月24日 望海区一中 组长 韩丙 成员 韩丙', '“韩丙”写了两次'],
    ['日程 新增 2月30日 望海区一中 组长 韩丙', '没有“2月30日”这一天'],
    ['日程 新增 4月24日 25:00 望海区一中 组长 韩丙', '没有“25:00”这个时间'],
    ['日程 新增 3月30日 望海区一中 组长 韩丙', '3月30日（周一）已经过了；是明年的话，是 2027年3月30日（周二）'],
    ['日程 新增 2026年3月30日 望海区一中 组长 韩丙', '已经过去'],
    ['日程 新增 明后天 望海区一中 组长 韩丙', '“明后天”不止一天'],
    ['日程 新增 周末 望海区一中 组长 韩丙', '“周末”不止一天（4月25日—26日）。请写明是哪一天'],
    ['日程 新增 端午 望海区一中 组长 韩丙', '“端午”不止一天'],
    ['日程 新增 端午至6月22日 望海区一中 组长 韩丙', '不止一天'],
    ['日程 新增 5月初 望海区一中 组长 韩丙', '“5月初”不止一天'],
    ['日程 新增 5月底 望海区一中 组长 韩丙', '“5月底”不是确切的一天'],
    ['日程 延期 D4 到下周 因为下雨', '“下周”不止一天（4月27日—5月3日）'],
    ['日程 延期 D5 到5月中旬', '“5月中旬”不止一天'],
    ['日程 变更 D5 下个月', '“下个月”不止一天'],
    ['日程 变更 D5 五一', '“五一”不止一天'],
    ['日程 新增 五月初六 上午 望海区一中 组长 韩丙', '“五月初六”像是农历。请写公历日期，例如 6月20日（周六）'],
    ['日程 新增 4月24日4月25日 望海区一中 组长 韩丙', '没有看懂日期'],
    ['日程 新增 4月24日 4月25日 望海区一中 组长 韩丙', '写了两个日期'],
    ['日程 延期 D8 五月底六月初 原因 台风', '没有看懂日期“五月底六月初”'],
    ['日程 新增 今天 07:00 望海区一中 组长 韩丙', '已经过去'],
    ['日程 新增 4月24日-6月30日 望海区一中 组长 韩丙', '最多 31 天'],
    ['日程 新增 4月24日前 望海区一中 组长 韩丙', '不是具体日期'],
    ['日程 新增 5月20日 上午 望海区第一中学 专项督导 组长 韩丙', '已有同类督导 D8'],
    [`日程 新增 4月24日 望海区一中 组长 韩丙 内容 ${'长'.repeat(2_000)}`, '最多 200 字'],
    ['日程 变更 D7 5月21日 食堂检查组', '没看懂“食堂检查组”'],
    ['日程 变更 D7 2月30日', '没有“2月30日”这一天'],
    ['日程 变更 D7 组长 李庚 随机督导', '已经公布'],
    ['日程 变更 D3 组长 王老师', '通讯录里没有“王老师”，请核对', '末尾加上“确认”'],
    ['日程 变更 D3 组长 韩丙 成员 曹丙、王老师', '通讯录里没有“王老师”'],
    ['日程 变更 D3 组长去掉李庚', '“去掉李庚”不像姓名'],
    ['日程 新增 4月30日 望海区一中 组长 换人再定', '“换人再定”不像姓名'],
    ['日程 变更 D5 D7 5月21日', '一次只能改一次督导'],
    ['日程 延期 D999 5月8日', '没有编号为 D999 的督导安排'],
    ['日程 取消 D77', '没有编号为 D77 的督导安排'],
    ['日程 取消 D5、D999 确认', '没有编号为 D999'],
    ['日程 取消 5月20日 临江区一中', '没有找到临江区第一中学这一天的督导安排'],
    ['日程 恢复 D5', 'D5 没有取消，不用恢复'],
    ['日程 变更 D8 5月20日 上午', '没有变化'],
  ]);
  answers(director.in('county'), [['日程 新增 4月24日 望海实小 四不两直 组长 韩丙', '不能在群里办理']]);
});

describe('what a line says of a visit besides is never dropped', () => {
  answers(director, [
    ['日程 取消 D5 临江区第一中学', '没有办理：D5 是', '和“临江区第一中学”对不上'],
    ['日程 取消 D5 5月20日', '和“5月20日”对不上', '写在“原因”后面'],
    ['日程 取消 D5 组长 李庚', '没看懂“组长 李庚”'],
    ['日程 取消 D5 备注 带齐材料', '没看懂“备注 带齐材料”'],
    ['日程 取消 D5 三楼 原因 停课', '没看懂“三楼”'],
    [`日程 取消 D5 原因 ${'忙'.repeat(201)}`, '最多 200 字'],
    [`日程 取消 D5 ${'忙'.repeat(201)}`, '最多 200 字'],
    ['日程 恢复 D5 三楼', '没看懂“三楼”'],
    ['日程 延期 D5 5月13日 三楼 原因 停课', '没看懂“三楼”'],
    ['日程 变更 D5 5月13日 5月20日', '写了两个日期（5月13日、5月20日）'],
    ['日程 变更 D5 5月20日 改到 5月13日', 'D5 是', '和“5月20日”对不上'],
    ['日程 变更 D5 5月13日 李庚', '没看懂“李庚”'],
    ['日程 变更 D5 组长 三楼 李庚', '没看懂“三楼 李庚”'],
    ['日程 变更 D5 组长 韩丙 李庚', '没看懂“韩丙 李庚”'],
    ['日程 变更 D5 内容 三楼 食堂', '没看懂“三楼 食堂”', '内容 “三楼 食堂”'],
    ['日程 变更 D5 望海区实验小学 临江区第一中学', '写了 2 个单位（望海区实验小学、临江区第一中学）'],
    ['日程 新增 4月30日 望海区一中 组长 韩丙 李庚', '没看懂“韩丙 李庚”'],
    ['日程 新增 4月30日 望海区一中 组长 韩丙 成员 曹丙 7', '没看懂“7”'],
    ['日程 新增 4月30日 望海区一中 组长 韩丙 原因 群众反映', '没看懂“原因 群众反映”'],
    ['日程 新增 D5 4月30日 望海区一中 组长 韩丙', '没看懂“D5”'],
    ['日程 新增 4月30日 望海区一中 组长 韩丙 联络员 三楼 朱戊', '没看懂“三楼 朱戊”'],
    ['把5月13日望海区第一中学的督导改到5月14日 三楼', '没看懂“三楼”'],
    ['日程 D5 三楼', '没用上“三楼”', '督导安排 D5'],
  ]);

  test('and words that only ask are none', async () => {
    for (const line of ['D5 是哪天', 'D5 组长是谁', '日程 D5 怎么样'])
      expect(await director.say(line), line).not.toContain('没用上');
    // The unannounced visit of today is in the answer, which is written down.
    expect(await director.order('日程 第5次')).not.toContain('没用上');
  });

  test('until when it lasts is kept as written', async () => {
    const line = '日程 新增 4月30日上午9点到11点 望海区一中 专项督导 组长 韩丙 备注 带仪器';
    const answer = await director.order(line);
    expect(answer).toContain('备注：带仪器，上午9点到11点');
    expect(answer).not.toContain('内容：');
  });

  test.each([
    ['日程 新增 4月30日 上午 望海区一中 专项督导 组长 韩丙 请务必准时', '备注：请务必准时'],
    ['日程 新增 4月30日 上午 望海区一中 专项督导 组长 韩丙 带好材料', '备注：带好材料'],
    [
      '日程 新增 4月30日 上午 望海区一中 专项督导 内容 食堂 督导员 韩丙、李庚 备注 带仪器，请务必准时',
      '备注：带仪器，请务必准时',
    ],
    ['日程 新增 4月30日 上午 望海区一中 内容 食堂 督导员 韩丙 请各单位高度重视', '备注：请各单位高度重视'],
  ])('“%s” is no subject of the visit', async (line, noted) => {
    const answer = await director.order(line);
    expect(answer).toContain(noted);
    expect(answer).not.toMatch(/内容：(?!食堂\n)/);
    expect(answer).toContain('组长：韩丙');
  });

  test('nor does what is true of it stand in the way', async () => {
    const told = /D5 (\d+月\d+日)（周.）([上下]午)? ?(\S+中学)/.exec(await director.say('日程 D5'));
    const [, day = '', , school = ''] = told ?? [];
    expect(await director.order(`日程 变更 D5 从${day}改到5月14日`)).toContain('5月14日');
    expect(await director.order('日程 变更 D5 推迟到5月15日')).toContain('5月15日');
    expect(await director.order(`日程 取消 D5 5月15日 ${school} 组长外出`)).toContain('原因：组长外出');
    expect(await director.order(`日程 恢复 D5 ${school}`)).toContain('已恢复');
  });
});

describe('a visit is told to its unit, whatever the line whispers:', () => {
  const WHAT_SERVES = '不事先通知的督导，请写类型“随机督导”';
  answers(
    director,
    ['保密', '限知', '不通知', '不要通知', '不要通知学校', '先不告知望海区一中', '别发群里', '(保密)', '请保密'].map(
      (word) => [`日程 新增 4月30日 望海区一中 专项督导 组长 韩丙 ${word}`, '没有办理', WHAT_SERVES],
    ),
  );
  answers(director, [
    ['日程 取消 D5 不要通知学校', '没有办理', WHAT_SERVES],
    ['日程 变更 D5 5月13日，保密', '没有办理', WHAT_SERVES],
    ['日程 延期 D5 5月13日 原因 校长外出 备注 不要通知学校', '没有办理', WHAT_SERVES],
  ]);
  test('what is secret as a subject, and the column that says so, are taken as before', async () => {
    expect(await director.order('日程 新增 4月30日 望海区一中 专项督导 组长 韩丙 保密工作')).toContain(
      '备注：保密工作',
    );
    expect(await director.order('日程 新增 4月28日 望海区一中 专项督导 组长 韩丙 备注 不通知学校')).not.toContain(
      '一中群',
    );
  });
});

describe('a visit of several days', () => {
  test('is written as a range, and one day named later moves it whole, which is said', async () => {
    expect(await director.order('日程 新增 4月23日至24日 望海区一中 专项督导 组长 韩丙')).toContain(
      '4月23日（周四）至4月24日（周五）',
    );
    expect(await director.order('日程 变更 D9 4月28日')).toContain('仍为 2 天：4月28日（周二）至4月29日（周三）');
    for (const days of ['下周三至周四', '4月24日-25日', '5月11至12日', '4.27-4.28', '23日到24日', '明后两天'])
      expect(await director.order(`日程 变更 D9 ${days}`), days).not.toContain('仍为');
  });
});

describe('a visit that is over', () => {
  test('by its state is not changed again, and the way back is named', async () => {
    await director.order('日程 取消 D5 原因 停课');
    expect(await director.say('日程 延期 D5 5月13日')).toContain('要恢复请发送：日程 恢复 D5');
    expect(await director.say('日程 取消 D5')).toContain('D5 已经取消');
  });

  test('by the clock is neither changed nor brought back', async () => {
    await director.order('日程 取消 D5 原因 停课');
    to(moment('2026-05-07', '09:00'));
    expect(await director.say('日程 恢复 D5')).toContain('时间已经过去，请新增一次');
    expect(await director.say('日程 取消 D4')).toContain('D4 已经结束，不能再改');
  });

  test('by the day of whoever changed it first: the second is told what the first did', async () => {
    await director.order('日程 变更 D5 备注 带齐材料');
    expect(await supervisor.say('日程 变更 D5 备注 不用带材料')).toContain('吕壬刚才已经改过 D5');
  });
});

describe('the team of a visit', () => {
  for (const words of [
    '组长改为韩丙',
    '组长换成韩丙',
    '组长变更为：韩丙',
    '组长由韩丙担任',
    '由韩丙担任组长',
    '组长由李庚改为韩丙',
  ])
    test(`gets the leader named in “${words}”`, async () => {
      const answer = await director.order(`日程 变更 D3 ${words}`);
      expect(answer).toContain('组长：李庚 → 韩丙');
      expect(answer).not.toContain('成员：曹丙 →');
    });

  test('gets all the members named behind 改为; who left and has no account is named as not told', async () => {
    const answer = await director.order('日程 变更 D3 成员改为周丙、韩丙');
    expect(answer).toContain('成员：曹丙 → 周丙、韩丙');
    expect(answer).toMatch(/没有告知：.*曹丙/);
  });

  test('takes somebody from outside the address book once that is confirmed', async () => {
    expect(await director.order('日程 变更 D3 组长 王老师 确认')).toContain('组长：李庚 → 王老师');
  });

  answers(
    director,
    [
      '成员加上周丙',
      '组长改为韩丙，成员加上周丙',
      '成员增加周丙',
      '成员再增补周丙',
      '成员去掉曹丙',
      '成员减去曹丙',
      '成员删掉曹丙',
      '增加成员周丙',
      '加一名成员周丙',
      '取消成员曹丙',
      '成员曹丙删除',
      '成员：周丙加入',
    ].flatMap((words) =>
      ['日程 变更 D3', 'D3', '日程 D3'].map((head) => [`${head} ${words}`, '成员请写全部'] as const),
    ),
  );
});

describe('a visit named by unit and day', () => {
  answers(director, [['5月20日望海区一中的督导取消', '要取消这次督导吗', '日程 取消 D8 确认']]);
});

describe('a deed that is denied is not done', () => {
  answers(
    director,
    ['日程 不取消 D1', '日程 D1 先不取消', '日程 取消 D1 吧还是不了', '日程 不延期 D1 5月21日'].map(
      (line) => [line, '没有办理：写的是'] as const,
    ),
  );
});
