import { describe, expect, test } from 'vitest';
import { moment } from './district.ts';
import { answers, seats } from './seats.ts';

const { director, supervisor, neighbour, liaison, member, outsider, stranger, to } = seats();
const county = director.in('county');

describe('通知 is not sent by', () => {
  answers(stranger, [['通知 望海区：明天开会', '还不知道您是谁，请先发送：我是 姓名']]);
  for (const seat of [member, member.in('county'), stranger.in('county'), liaison.in('school')])
    answers(seat, [['通知 明天下午3点开调度会', '只有管理员、督导员可以发通知']]);
  answers(supervisor, [['通知 临江区：明天开会', '这里不能发通知']]);
  answers(neighbour.in('county'), [['通知 明天开会', '这里不能发通知']]);
});

describe('通知 that is half said', () => {
  answers(county, [['通知', '最近没有通知', '发通知：通知']]);
  answers(director, [
    ['通知', '最近没有通知'],
    ['通知 开会', '请先写发给哪个群或单位'],
    ['通知 望海区：', '请先写发给哪个群或单位'],
    ['谁没收到', '没有'],
  ]);
});

describe('通知 with bad input', () => {
  answers(director, [
    ['通知 火星区：开会', '没有找到单位'],
    ['通知 望海一种：开会', '是不是：望海区第一中学'],
    ['通知 望海区财政局：开会', '没有'],
    ['通知 全部群：周五停电', '将发到 4 个群', '请确认后发送'],
    ['通知 999', '没有编号为 999 的通知'],
    ['谁没收到 999', '没有编号为 999 的通知'],
    ['谁没收到 4月19日', '没有要确认的推送'],
    [`通知 望海区：${'长'.repeat(2_000)}`, '写得太长了', '最多 1000 字'],
  ]);
  answers(county, [
    ['通知 开会 截止 昨天', '已经过了'],
    ['通知 开会 截止 2月30日', '没有“2月30日”这一天'],
    ['通知 开会 截止 随便', '没有看懂截止时间'],
    ['通知 开会 截止 五月初五 17:00', '像是农历'],
    ['通知 开会 截止 4月15日', '是明年的话'],
    [`通知 ${'长'.repeat(2_000)}`, '写得太长了'],
  ]);
});

describe('通知 with words that no part takes', () => {
  answers(director, [
    ['通知 三楼 望海区：明天开会', '没有找到单位“三楼”'],
    ['通知 望海区：报台账 截止 三楼 4月25日', '截止后面的“三楼 4月25日”没有看懂，没有发送'],
    ['通知 望海区：报台账 截止 5月20日 4月25日', '截止后面的“5月20日 4月25日”没有看懂'],
    ['通知 明天9:00在一楼开会', '请先写发给哪个群或单位'],
  ]);
  test('goes to each group before the colon, however they are parted', async () => {
    expect(await director.order('通知 望海区 临江区：10点开会')).toContain('已发到 2 个群');
  });
  test('keeps in a group what stands before a colon as it was typed', async () => {
    expect(await county.order('通知 各位老师、家长：明天9:00开会')).toContain('各位老师、家长：明天9:00开会');
  });
});

describe('words of taking a notice back are no notice', () => {
  const words = [
    '写错了，撤回',
    '那个通知写错了，撤回',
    '撤回',
    '取消',
    '更正',
    '发错了',
    '刚才那条发错了，请撤回',
    '作废',
    '写错了，应该是10点',
    '撤回上午的会议通知',
    '撤回通知 1',
    '取消通知',
    '内容有误，重发',
    '撤销吧',
    '不好意思发错了',
  ];
  answers(
    county,
    words.map(
      (said) => [`通知 ${said}`, said.includes('1') && !said.includes('10') ? '没有编号为 1' : '也没有发送'] as const,
    ),
  );
  answers(county, [
    ['通知写错了，撤回', '也没有发送'],
    ['那个通知写错了，撤回', '也没有发送'],
    ['撤回通知', '也没有发送'],
    ['撤回刚才的通知', '也没有发送'],
    ['取消通知1', '没有编号为 1'],
    ['撤回通知 三楼 1', '没有发送', '没看懂“撤回通知 三楼 1”'],
    ['通知 取消 1、2', '没有发送', '没看懂'],
    ['通知 取消 三楼 1', '没有发送', '没看懂'],
  ]);
  answers(director, [
    ['通知 望海区：写错了，撤回', '也没有发送'],
    ['通知 更正 会议改到明天', '也没有发送'],
    ['通知 更正：会议改到明天', '也没有发送'],
    ['通知 撤回', '也没有发送'],
    ['通知 望海区：撤回 7', '没有编号为 7'],
  ]);

  test.each([
    '更正：会议改到明天10点',
    '更正 会议改到明天10点',
    '取消明天的调度会',
    '撤回原因请于周五前说明',
    '删除群里的学生照片',
  ])('“%s” is news and is sent', async (said) => {
    expect(await county.order(`通知 ${said}`)).toContain(said);
  });
});

describe('a command is no notice', () => {
  const city = director.in('city');
  const NOT_SENT = '没有发送';
  answers(
    city,
    [
      '谁没收到 1 2',
      '通知 谁没收到 1、2',
      '通知 催办 1 请务必今天',
      '通知 延期 1 到周五',
      '通知 1 2',
      '通知 T1、T2',
      '通知 D1 改到周五',
      '通知 W3 销号',
      '通知 任务 完成 T6',
      '通知 补发 D7',
      '通知 请报送台账。任务 完成 T6',
      '通知 请报送台账；D7 取消',
      '通知 请报送台账\n任务 完成 T4\n日程 取消 D7',
    ].map((line) => [line, NOT_SENT] as const),
  );
  answers(director, [
    ['通知 望海区：请报送台账\n任务 完成 T4\n日程 取消 D7', NOT_SENT, '“任务 完成 T4”'],
    ['通知 望海区：请报送台账。任务 完成 T6', NOT_SENT, '“任务 完成 T6”', '分成两条'],
    ['通知 望海区：日程 新增 4月30日 望海一中', NOT_SENT],
  ]);
  test.each([
    '谁没收到课本请到教务处领取',
    '任务完成情况请于周五前报送',
    '取消明天的调度会',
    '延期 1 天开学',
    'T1 的材料请各校周五前报送',
    '日程：9点签到；10点开会',
    '请各校对照问题清单整改，W3 已销号的不再报',
    '会议改到周五下午3点',
    '完成 2 项整改的学校请报数',
  ])('“%s” is news and is sent', async (said) => {
    expect(await city.order(`通知 ${said}`)).toContain('通知 1');
  });
});

describe('a command is no notice, and stands in none that is taken back, corrected or urgent', () => {
  answers(director, [
    ['撤回通知 1；撤回通知 2', '没有发送：“撤回通知 2”是命令'],
    ['通知 取消 1\n任务 完成 T4', '没有发送：“任务 完成 T4”是命令'],
    ['通知 取消 1 原因 改期；D7 取消', '没有发送：“D7 取消”是命令'],
    ['通知 更正 1 请报送台账。任务 完成 T6', '没有执行', '“任务 完成 T6”'],
    ['紧急 通知 望海区：请报送台账；D7 取消', '没有发送：“D7 取消”是命令'],
    ['紧急 通知 望海区：请报送台账\n日程 取消 D7', '没有'],
  ]);
});

describe('until when a notice is to be confirmed', () => {
  test('is shown to whoever sends it, with weekday, year and rest days', async () => {
    expect(await director.order('通知 望海区：报校车台账 截止 1月5日')).toContain(
      '请在 2027年1月5日（周二） 18:00 前确认',
    );
    expect(await director.order('通知 望海区：报校车台账 截止 5月3日')).toContain(
      '请在 5月3日（周日） 18:00 前确认（当天休息）',
    );
    expect(await county.order('通知 报校车台账 截止 今晚12点')).toMatch(/请在 4月20日（周一） 24:00 前确认(?!（)/);
    expect(await county.order('通知 报校车台账 截止 5月9日')).toMatch(/请在 5月9日（周六） 18:00 前确认(?!（)/);
  });
  answers(director, [
    ['通知 全部群：报台账 截止 五个工作日内', '请确认后发送', '请在 4月27日（周一） 18:00 前确认'],
    ['通知 全部群：报台账 截止 下班前', '请确认后发送', '请在 4月20日（周一） 17:30 前确认'],
  ]);

  test('is read on whatever line it stands', async () => {
    for (const line of [
      '通知 请报校车台账\n截止 明天 17:00\n联系人：吕壬',
      '通知 请报校车台账 截止 明天 17:00\n联系人：吕壬',
      '通知 请报校车台账\n联系人：吕壬\n截止：明天 17:00',
    ]) {
      const answer = await county.order(line);
      expect(answer, line).toContain('请在 4月21日（周二） 17:00 前确认');
      expect(answer, line).toContain('联系人：吕壬');
      expect(answer, line).not.toContain('截止');
    }
  });
  answers(county, [
    ['通知 报台账\n截止 明天\n截止 后天', '两个截止时间'],
    ['通知 报台账\n截止 随便\n联系人吕壬', '没有看懂截止时间'],
  ]);

  test('is not over before the notice leaves', async () => {
    to(moment('2026-04-22', '22:30'));
    for (const line of [
      '通知 望海区：请看 截止 23:30',
      '通知 全部群：请看 截止 今晚12点',
      '通知 望海区：请看 截止 明天7:00',
    ]) {
      const answer = await director.say(line);
      expect(answer).toContain('没有发送');
      expect(answer).toContain('现在是免打扰时段，明天 07:00 才发到，截止请写 4月23日（周四） 07:00 以后的时间');
      expect(answer).toContain('紧急 通知');
    }
    expect(await director.order('通知 望海区：请看 截止 明天7:10')).toContain('明天 07:00 发到 1 个群');
    // Said in a group it stands there at once.
    expect(await county.order('通知 请看 截止 23:30')).toContain('请在 4月22日（周三） 23:30 前确认');
  });
});

describe('a notice of which nobody knows yet who is in the group', () => {
  test('says how many have it, and not that these are all', async () => {
    await county.order('通知 报送校车台账');
    expect(await county.say('谁没收到')).toContain('已收到 0 人，应收未知');
    expect(await county.say('通知')).toMatch(/^(?!.*0\/0).*已收到 0 人，应收未知/s);
    await member.in('county').order('收到 1');
    expect(await county.say('谁没收到')).toContain('已收到 1 人，应收未知');
    expect(await county.say('通知')).toMatch(/^(?!.*1\/1).*已收到 1 人，应收未知/s);
    expect(await director.say('通知')).toMatch(/^(?!.*1\/1).*已收到 1 人，应收未知/s);
  });
});

describe('a notice that was sent', () => {
  test('is not another chat’s, and who has it is not everybody’s to know', async () => {
    await county.order('通知 报送校车台账');
    expect(await outsider.in('neighbours').say('通知 1')).toContain('没有编号为 1 的通知');
    expect(await outsider.say('通知 1')).toContain('没有');
    expect(await outsider.say('谁没收到 1')).toContain('看谁没收到');
    expect(await neighbour.say('谁没收到 1')).toContain('看谁没收到');
  });

  test('from last year is over', async () => {
    await county.order('通知 报送校车台账');
    to(moment('2027-04-22', '12:30'));
    expect(await member.in('county').say('收到 1')).toMatch(/是 2026 年发的，已过期/);
  });
});

describe('whom a notice goes to is read whole', () => {
  answers(director, [
    ['通知 各县区（临江除外）：今天报表', '没有发送。没看懂“(临江除外)”'],
    ['通知 各县区(已报的不用)：今天报表', '没有发送。没看懂“(已报的不用)”'],
    ['通知 望海区：交台账；临江区：交总结', '没有发送：一行里像有两条通知（还有“临江区：”）'],
    ['通知 望海区：明天开会，通知 临江区：后天开会', '还有“临江区：”'],
  ]);
  test('labels of the text are no addressees', async () => {
    expect(await director.order('通知 望海区：时间：9点；地点：三楼会议室')).toContain('通知 1');
  });
});
