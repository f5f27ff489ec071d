import { beforeEach, describe, expect, test } from 'vitest';
import { answers, seats } from './seats.ts';

/** W1 is issued to the school and signed for by it. */
const { director, supervisor, neighbour, liaison, member, outsider, stranger } = seats(async (seated) => {
  const [office, rectifying] = [seated.director.in('county'), seated.liaison.in('school')];
  await office.order('问题 一中 教师培训台账不全 10个工作日');
  await office.order('整改 W1 下达');
  await rectifying.order('整改 W1 签收');
});
const county = director.in('county');
const school = liaison.in('school');
/** As a button names a picture that was sent before it. */
const PHOTO = '材料 image om_photo img_photo';

describe('整改 is not for', () => {
  answers(stranger, [['整改 W1', '还不知道您是谁，请先发送：我是 姓名']]);
  answers(stranger.in('school'), [
    ['整改 W1 完成 已补', '只有管理员、联络员、责任人可以报整改完成'],
    ['整改 W1 改期 6月30日 来不及', '只有管理员、督导员可以更改问题和整改期限'],
  ]);
  answers(member.in('county'), [['整改 W1 督办', '只有管理员、督导员可以确认督办和通报']]);
  answers(school, [['整改 W1 改期 6月30日 来不及', '只有管理员、督导员可以更改问题和整改期限']]);
  answers(school, [['整改 临江区', '这里不能查看“临江区人民政府”']]);
  for (const seat of [outsider, neighbour, director.in('neighbours')])
    answers(seat, [
      ['整改 W1', '这里没有问题 W1'],
      ['整改 W1 销号', '这里没有问题 W1'],
    ]);
});

describe('整改 that is half said', () => {
  answers(county, [
    ['整改 W1 通报', '通报要写文号'],
    ['整改 W1 改期', '请写明'],
  ]);
  answers(school, [
    ['整改 W1 完成', '报整改完成'],
    ['整改 W1 延期', '申请延期'],
  ]);
});

describe('整改 that is not its turn', () => {
  answers(county, [
    ['整改 W1 复查', 'W1 现在是“已签收”，不能“复查”'],
    ['整改 W1 下达', 'W1 现在是“已签收”，不能“下达”'],
    ['整改 W1 销号', '不能“销号”'],
  ]);
  answers(school, [['整改 W1 长期坚持 理由 9月1日', '您现在可以：方案、开始整改、完成、延期']]);
});

describe('整改 that waits for the office', () => {
  test('says that it is issued first', async () => {
    await county.order('问题 一中 楼道堆物 10个工作日');
    for (const [line, word] of [
      ['W2 签收', '签收'],
      ['W2 完成 已清理', '完成'],
      ['整改 W2 延期 6月30日 施工', '延期'],
    ])
      expect(await school.say(line ?? '')).toContain(`不能“${word}”，要等督导室先下达`);
  });

  test('says who answers what was handed in, and takes it for no other word', async () => {
    expect(await school.say('W1 撤回延期')).toContain('没有撤回：W1 现在是“已签收”，没有等督导室答复的申请');
    await school.order('整改 W1 延期 6月30日 施工');
    for (const line of ['W1 撤回延期', '整改 W1 撤回', 'W1 撤回申请']) {
      const answer = await school.say(line);
      expect(answer, line).toContain('延期申请已交督导室，正等答复');
      expect(answer, line).toContain('整改 W1 不同意 单位撤回申请');
      expect(answer, line).not.toContain('不予认定');
    }
    expect(await school.say('整改 W1 完成 已补')).toContain('要等督导室先答复延期申请');
    expect(await county.order('整改 W1 不同意 单位撤回申请')).toContain('不同意延期');
  });

  test('an office that takes a contested problem back says so, and not of the objection', async () => {
    await county.order('问题 一中 楼道堆物 10个工作日');
    await school.order('整改 W2 申辩 照片不是我校的');
    expect(await county.say('W2 撤回申辩')).toContain('申辩已交督导室，正等答复');
    expect(await county.order('W2 撤回 属市政管理')).toContain('不予认定');
  });
});

describe('整改 with bad input', () => {
  answers(school, [
    ['整改 W1 完成 基本完成', '不算整改完成'],
    ['整改 W1 跳舞', '没有看懂“跳舞”'],
    ['整改 W999 签收', '这里没有问题 W999'],
    ['整改 ZG-2026-031 签收', '没有编号为“ZG-2026-031”的问题'],
    ['整改 W1 延期 4月21日 太忙', '延期要晚于原期限'],
    ['整改 W1 延期 明后天 假期', '“明后天”不止一天'],
    ['整改 W1 延期 2月30日 太忙', '没有“2月30日”这一天'],
    ['收到 W1', '整改 W1 签收'],
    ['整改 九十九中', '没有找到单位“九十九中”'],
    ['整改 火星', '没有看懂“火星”'],
    ['整改 D999', '没有编号为 D999 的督导安排'],
  ]);
  answers(county, [
    ['整改 W1 改期 2026年3月1日 理由 忙', '已经过去'],
    ['整改 W1 改期 0个工作日 理由 忙', '不能是 0'],
    ['整改 W1 约谈 9月25日约谈校长', '不在群里办理，也没有保存'],
    ['整改 W1 保密', '不在群里办理'],
  ]);
  answers(director, [['整改 W1 可见 没有这人', '通讯录里没有']]);
});

describe('整改 with words that no part takes', () => {
  answers(school, [
    ['整改 W1 三楼 完成 已补', '没有看懂“三楼 完成 已补”'],
    ['整改 三楼 W1 完成 已补', '没看懂“三楼”'],
    ['整改 望海区实验小学 W1 完成 已补', 'W1 是望海区第一中学的问题，不是“望海区实验小学”的'],
    ['整改 W1 未完成', '没有看懂“未完成”'],
    ['整改 完成 已补', '请写问题的编号', '写法：整改 W12 完成'],
    ['整改 W1 延期 5月20日 6月30日 等施工', '写了“6月30日”和“5月20日”两个期限'],
    [`整改 W1 完成 ${'长'.repeat(601)}`, '写得太长了：601 字，最多 600 字'],
    ['W1-W5 签收', '一次只能办一项，这里写了 W1、W5'],
  ]);
  answers(county, [
    ['整改 W1 通报 文号 三楼 云教督〔2026〕5号', '没有看懂文号“三楼”'],
    ['整改 W1 通报 文号 6号 云教督〔2026〕5号', '两个文号'],
    ['整改 望海区 三楼', '没有看懂“三楼”'],
  ]);
  answers(director, [['整改 W1 限知 可见 三楼 韩丙', '没有看懂“可见 三楼 韩丙”']]);

  test('keeps what is said beside a step as it was typed, units and days in it included', async () => {
    const answer = await school.order('望海一中 W1 整改完成，已与望海区教育局 5月8日 核对');
    expect(answer).toContain('已与望海区教育局 5月8日 核对');
  });

  test('asks for the list in everyday words', async () => {
    for (const line of [
      '还有哪些问题没整改',
      '望海一中整改了吗',
      '整改完成情况 望海区第一中学',
      '望海区第一中学问题整改到位了没有',
    ])
      expect(await county.say(line), line).toContain('教师培训台账不全');
    expect(await county.say('问题 W1')).toMatch(/^(?!.*没用上).*教师培训台账不全/s);
  });

  test('that is asked is not done', async () => {
    for (const line of ['W1 整改完成了吗', 'W1 完成了没有？', '整改 W1 签收？'])
      expect(await school.say(line), line).toMatch(/这是在问|没有看懂/);
    expect(await school.say('W1 签收了吗')).toMatch(/没有办理：这是在问.*台账不全/s);
  });
});

describe('several problems in one line', () => {
  beforeEach(async () => {
    await county.order('问题 一中 走廊灯不亮 10个工作日');
  });

  const lines = [
    '整改 W1、W2 签收',
    '整改 W1-W2 签收',
    '整改 签收 W1 W2',
    'W1、W2 签收',
    '整改 W1 完成，W2 完成',
    '整改 W1、2 销号',
  ];
  answers(
    school,
    lines.map((line) => [line, '一次只能办一项，这里写了 W1、W2']),
  );

  test('of which others are only mentioned is about the first', async () => {
    expect(await county.order('整改 W1 改期 延到6月30日 理由 等W2一起整改')).toMatch(/6月30日.*等W2一起整改/s);
    expect(await county.say('整改 W1')).not.toContain('延到');
  });
});

describe('what is restricted', () => {
  beforeEach(async () => {
    await director.order('问题 望海区第一中学 财务账目不清 10个工作日 保密');
  });

  test('is not there for whoever it does not name, in whatever chat', async () => {
    for (const seat of [county, school, liaison, supervisor])
      for (const line of ['整改 W2', '整改 W2 签收', '整改 W2 销号'])
        expect(await seat.say(line), `${seat.who}: ${line}`).toContain('这里没有问题 W2');
    for (const seat of [county, school, liaison]) expect(await seat.say('整改')).not.toContain('财务');
  });

  test('is lifted with a reason, and not restricted twice', async () => {
    expect(await director.say('整改 W2 解除限知')).toContain('请写明解除限知的理由');
    expect(await director.say('整改 W2 保密')).toContain('已经是限知');
  });
});

describe('a problem that was reported as mended', () => {
  beforeEach(async () => {
    await school.order('整改 W1 完成 台账已补齐，原因：交接时没有移交');
  });

  answers(school, [
    ['整改 W1 复查', '可以复查'],
    ['整改 W1 销号', '只有管理员、督导员可以销号'],
  ]);
  answers(supervisor.in('county'), [['整改 W1 退回 照片看不清', '请写明整改期限', '例如：整改 W1 退回 5个工作日']]);
  answers(county, [
    ['整改 W1 销号', '还没有佐证材料（整改后的照片或文件），不能销号', '您现在可以：复查、退回'],
    ['整改 W1 销号 佐证齐全 另一人核查', '还没有佐证材料'],
    ['整改 W1', '✗ 佐证齐全（只有文字，没有照片或文件）　✗ 另一人核查'],
  ]);

  test('is put right by the unit until the recheck begins', async () => {
    expect(await school.order('整改 W1 原因：新任校长不知情')).toMatch(/已办理“更正完成情况”.*原因：新任校长不知情/s);
    expect(await school.order('整改 W1 完成 台账已补齐两册')).toContain('台账已补齐两册');
    expect(await school.order('整改 W1 更正 台账已补齐三册，原因：没有移交')).toMatch(/台账已补齐三册/);
    expect(await county.say('整改 W1')).toContain('已报整改完成');
    await county.order('整改 W1 复查 现场看过');
    expect(await school.say('整改 W1 原因：又一个')).toMatch(/没有办理|还没开始复查的可以更正/);
    expect(await outsider.say('整改 W1 原因：又一个')).toContain('这里没有问题 W1');
  });

  test('and struck off takes no further step', async () => {
    await county.order(`整改 W1 销号 ${PHOTO}`);
    expect(await school.say('整改 W1 签收')).toContain('现在是“已销号”');
  });
});

describe('a problem that is only written down', () => {
  beforeEach(async () => {
    await county.order('问题 一中 走廊灯不亮 10个工作日');
  });

  answers(county, [['整改 W2 不予认定', '填表办理：不予认定']]);
  answers(school, [['整改 W2 申辩', '申辩']]);
  answers(school, [['整改 W2 不予认定 不是问题', '只有管理员、督导员可以不予认定']]);
});

describe('beside a step', () => {
  const NOTE = '请写在“说明”后面';
  answers(school, [
    ['整改 W1 延期 5月20日 放假 责任人 张三', '没有办理', '“责任人 张三”'],
    ['整改 W1 延期 5月20日 放假 专项：两项督导', '“专项'],
    ['整改 W1 完成 60%', '“60%”'],
    ['整改 W1 完成 已整改60%', '“60%”'],
    ['整改 W1 完成 八成', '“八成”'],
    ['整改 W1 完成 5月10日', '“5月10日”', NOTE],
    ['整改 W1 完成 望海区实验小学 已补齐', '不是“望海区实验小学”的'],
    ['整改 W1 开始 10个工作日', '“10个工作日”', NOTE],
    ['整改 W1 签收 4月18日', '“4月18日”', NOTE],
    ['整改 W1 方案 5月10日', '“5月10日”'],
    ['整改 W1 完成 60 %', '“60 %”'],
    ['整改 W1 完成 已更换 朱戊', '“朱戊”', NOTE],
    ['整改 W1 签收 已收到 朱戊', '“朱戊”', NOTE],
    ['整改 W1 延期 5月20日 等施工 望海陈甲', '“望海陈甲”', NOTE],
    ['整改 W1 延期 5月20日 等施工 火星小学', '“火星小学”', NOTE],
  ]);
  answers(county, [
    ['整改 W1 督办 韩丙', '“韩丙”', NOTE],
    ['整改 W1 督办 望海区实验小学', '不是“望海区实验小学”的'],
    ['整改 W1 督办 4月30日 两次退回', '“4月30日”', NOTE],
    ['整改 W1 改期 6月30日 等施工 截止 下周', '两个期限'],
    ['整改 W1 改期 6月30日 等施工 朱戊', '“朱戊”', NOTE],
    ['整改 W1 督办 两次未改 朱戊', '“朱戊”', NOTE],
  ]);

  test.each([
    ['完成', '合格率 95%,4月18日 已核对'],
    ['完成', '与望海区教育局 核对过'],
    ['完成', '说明 5月10日 望海区实验小学 派人核对'],
    ['方案', '5月10日 更换台账，王丁负责'],
    ['完成', '朱戊已更换台账'],
    ['完成', '已更换 说明 经办 朱戊'],
    ['开始', '4月18日已收到纸质通知'],
  ])('“%s” keeps “%s”', async (verb, note) => {
    expect(await school.order(`整改 W1 ${verb} ${note}`)).toContain(note);
  });
});

describe('an extension that is asked for', () => {
  beforeEach(async () => {
    await school.order('整改 W1 延期 5月20日 等施工');
  });

  answers(county, [
    ['整改 W1 同意 5月15日', '“5月15日”', '改期'],
    ['整改 W1 同意 延到5月15日', '没有办理', '改期'],
    ['整改 W1 同意 10个工作日', '“10个工作日”'],
    ['整改 W1 同意 不同意', '没有办理'],
  ]);
  test('is granted as it was asked for', async () => {
    expect(await county.order('整改 W1 同意 抓紧施工')).toContain('5月20日');
  });
});

describe('a recheck', () => {
  beforeEach(async () => {
    await school.order('整改 W1 完成 台账已补齐，原因：交接时没有移交');
  });
  const SEND_BACK = '请写明整改期限';
  answers(supervisor.in('county'), [
    ['整改 W1 复查 不通过 缺两页', SEND_BACK],
    ['整改 W1 复查：未通过，缺两页', SEND_BACK],
    ['整改 W1 复查 结果为不合格', '填表办理：退回整改'],
    ['整改 W1 核查 还没有到位', '没有办理', '整改 W12 退回'],
    ['整改 W1 复查 现场看过，不合格', '没有办理', '整改 W12 退回'],
    ['整改 W1 复查 4月30日 韩丙 5月6日', '没有办理', '“4月30日”'],
    ['整改 W1 复查 韩丙', '没有办理', '“韩丙”'],
    ['整改 W1 退回 5个工作日 照片看不清 请务必重拍 责任人 望海陈甲', '“责任人 望海陈甲”'],
  ]);
  answers(county, [
    [`整改 W1 销号 未整改 ${PHOTO}`, '没有办理', '整改 W12 退回'],
    [`整改 W1 销号 4月21日 50% 责任人 张三 ${PHOTO}`, '没有办理'],
    [`整改 W1 销号 50% ${PHOTO}`, '“50%”'],
  ]);
  test('that finds it wanting sends it back', async () => {
    const answer = await supervisor.in('county').order('整改 W1 复查 不通过 5个工作日 缺两页');
    expect(answer).toMatch(/退回整改.*缺两页/s);
  });
});

describe('a problem that is to be issued', () => {
  beforeEach(async () => {
    await county.order('问题 一中 走廊灯不亮 10个工作日');
  });
  answers(county, [
    ['整改 W2 下达 望海区实验小学', 'W2 是望海区第一中学的问题，不是“望海区实验小学”的'],
    ['整改 W2 下达 10个工作日 请抓紧 望海区实验小学', '不是“望海区实验小学”的'],
    ['整改 W2 下达 给望海区实验小学', '不是“望海区实验小学”的'],
    ['整改 W2 下达到望海区实验小学', '不是“望海区实验小学”的'],
    ['整改 W2 下达 火星小学', '没看懂“火星小学”'],
    ['整改 W2 下达 实验小学', '实验小学'],
  ]);
  test('to the unit whose it is', async () => {
    expect(await county.order('整改 W2 下达 望海区第一中学')).toContain('走廊灯不亮');
  });
});
