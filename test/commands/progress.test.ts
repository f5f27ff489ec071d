import { describe, expect, test } from 'vitest';
import { readProgress } from '../../src/features/tasks/progress-phrase.ts';
import { answers, seats } from './seats.ts';

/** T7 counts twelve schools; sixty per cent are reported. */
const { supervisor, neighbour, liaison, member, outsider, stranger } = seats(async (seated) => {
  const text = '任务 新增 新建公办幼儿园 牵头 望海区教育局 责任人 陈甲 截止 12月31日 目标 12 所 类别 民生实事';
  await seated.director.in('county').order(text);
  await seated.member.in('county').order('进展 T7 60% 主体完工');
});
const owner = member.in('county');

describe('进展 is not reported by', () => {
  answers(stranger, [['进展 T7 80%', '还不知道您是谁，请先发送：我是 姓名']]);
  answers(stranger.in('county'), [['进展 T3 80%', '可以报进展']]);
  answers(liaison.in('school'), [['进展 T1 80%', '这里不能报进展']]);
  answers(outsider, [['进展 T7 80%', '没有编号为 T7 的任务']]);
  answers(neighbour, [['进展 T7 80%', '没有编号为 T7 的任务']]);
  answers(owner, [['进展 T7 更正 40% 原因 报错', '只有管理员、督导员可以更正']]);
});

describe('进展 that is half said', () => {
  answers(owner, [
    ['进展 T7', '提交进展'],
    ['进展 T7 75', '后面请写单位'],
    ['进展 T7 已完成', '目标 12 所，请写完成了几所，例如：进展 T7 完成 12 所'],
    ['进展 T7 还没完成', '没有完成的，请写进度和原因'],
    ['进展 T7 目前', '请写到了哪一步，例如：进展 T7 完成 12 所'],
    ['进展 T7 属实', '请写到了哪一步'],
    ['进展 T2 完成 九所', '没有登记目标数'],
    ['T2 完成 九所', '没有登记目标数'],
    ['进展 T7 更正 40%', '只有管理员、督导员可以更正'],
    ['进展 T2 完成 3 所', '没有登记目标数'],
    ['T2 完成 3 所', '没有登记目标数'],
  ]);
  answers(supervisor, [['进展 T7 更正 50%', '更正要写明原因']]);
});

describe('a share behind words of a title is asked back for its task, however it is said', () => {
  answers(owner, [
    ['化解大班额 完成60%', '没有记下。是不是 T2 化解大班额？', '按【是，报到 T2】：run 进展 T2 完成60%'],
    ['大班额进度百分之七十', '是不是 T2 化解大班额？', 'run 进展 T2 进度百分之七十'],
    ['任务 化解大班额 已完成 80%', '是不是 T2 化解大班额？', 'run 进展 T2 已完成 80%'],
    ['任务已完成80%', '没有记下。请选是哪一项任务。', 'run 进展 T2 已完成80%'],
    ['T2 化解大班额 60%', '没有记下：“化解大班额”写在“60%”前面', 'run T2 60% 化解大班额'],
  ]);
  answers(supervisor, [
    ['生均面积达标率不低于85%', '评估细则'],
    ['任务 已完成', '已办结的任务'],
  ]);
});

describe('进展 with bad input', () => {
  answers(owner, [
    ['进展 T7 120%', '进度不能超过 100%'],
    ['进展 T7 -5%', '没有看懂'],
    ['进展 T7 完成 20 所', '超过了目标 12 所'],
    ['进展 T7 完成 十五所', '超过了目标 12 所'],
    ['进展 T7 完成了吗？', '没有办理：这是在问'],
    ['进展 T7 完成 8 万元', '按“所”计，写的是“万元”'],
    ['进展 T7 6%', '是不是漏了 0'],
    ['进展 T7 40%', '变少了'],
    ['进展 T7 70% 已全部完成', '文字写“全部完成”'],
    ['进展 T7 61% 新聘教师 2,1 名', '像是漏了数字'],
    [`进展 T7 70% ${'长'.repeat(2_000)}`, '写得太长了', '最多 500 字'],
    ['进展 T77 50%', '没有编号为 T77'],
    ['进展 T999', '没有编号为 T999 的任务'],
    ['进展 T7 完成9.5所', '“9.5 所”不是整数'],
    ['进展 T7 还差20%', '是没有完成的数'],
    ['进展 T7 未完成80%', '是没有完成的数'],
    ['进展 T7 过半', '“过半”不是确切的数，请写清楚，例如：完成 12 所'],
    ['进展 火星区', '没有找到单位“火星区”'],
    ['进展 临江区', '这里不能查看“临江区人民政府”'],
  ]);

  answers(owner, [
    ['进展 T7 三楼 70% 已封顶', '没有记下', '“三楼”写在“70%”前面', '进展 T12 70% 三楼', '前面加“说明”'],
    ['进展 T7 完成 临江区 8 所', '“临江区”写在“8 所”前面'],
    ['进展 T7 更正 三楼 50% 原因 写错', '“三楼”写在“50%”前面'],
    ['进展 T7 70% 90%', '写了两个进度（70%、90%），请只写一个'],
    ['进展 T7 完成 8 9 所', '没看懂“8 9 所”'],
    ['进展 T7 完成 8 三楼 所', '没看懂“8 三楼 所”'],
    ['进展 7 T7 70%', '没有找到任务“7 T7”，没有记下'],
    ['进展 三楼 T7 70%', '没有记下'],
  ]);

  answers(owner, [
    ['进展 T7 70%→80%', '写了两个进度（70%、80%），请只写一个'],
    ['T7 70%到80%', '写了两个进度（70%、80%）'],
    ['进展 T7 70%，80%', '写了两个进度（70%、80%）'],
    ['进展 T7 70%，不对，是80%', '写了两个进度（70%、80%）'],
    ['进展 T7 完成 8 所→9 所', '写了两个数（8 所、9 所）'],
    ['T2 100% 但还有2个班没化解', '进度是 100%，文字写“还有2个班没”，对不上', '【属实，照此上报】'],
    ['进展 T2 100%，剩余3个班', '文字写“剩余3”，对不上'],
    ['进展 T7 完成 12 所，1所未竣工', '文字写“未竣工”，对不上'],
    ['T2 100% 一个班尚未化解', '对不上'],
  ]);

  test.each([
    '100% 无未完成事项',
    '100% 已全部化解，还有经验材料另报',
    '100%，未发现问题',
    '70% 一期 90%，二期 40%',
    '70%，投入到位 80%',
    '70%，完成70%的班级化解',
  ])('“%s” contradicts nothing', async (words) => {
    expect(await owner.order(`进展 T2 ${words}`)).toContain('已记下 T2 的进展');
  });

  test('leaves what was reported as it was', async () => {
    await owner.say('进展 T7 40%');
    expect(await owner.say('任务 T7')).toContain('进展：60%');
  });
});

describe('the same 进展 again', () => {
  test('is one', async () => {
    const line = '进展 T2 60% 正在招聘教师';
    await owner.order(line);
    expect(await owner.say(line)).toContain('已经记下（60%），没有重复记');
    expect(await owner.order('进展 T2 60% 教师到岗')).toContain('已记下');
    expect(await owner.order(line)).toContain('已记下');
  });
});

describe('进展 that says that all is done', () => {
  const words = ['已完成', '完成', '已报送', '100%', '办好了', '全部完成', '已经上报', '已交'];
  test.each(words.flatMap((said) => [`进展 T1 ${said}`, ...(/[好报交]/.test(said) ? [`T1 ${said}`] : [])]))(
    '“%s” is 100 %',
    async (line) => {
      expect(await owner.order(line)).toContain('已记下 T1 的进展：100%');
    },
  );
});

describe('进展 without a number of a task', () => {
  answers(owner, [
    ['进展 化解大班额 50%', '没有记下。是不是 T2 化解大班额？', '【是，报到 T2】'],
    ['进展 化解大班额50%，已分流', '是不是 T2 化解大班额？'],
    ['进展 大班额 完成 8 所', '是不是 T2 化解大班额？'],
    ['进展 自查报告已报送', '是不是 T1 报送自查报告？'],
    ['进展 化解大班额 正在分流学生', '是不是 T2 化解大班额？'],
    ['进展 报送 60%', '是不是 T1 报送自查报告？'],
    ['进展 60%', '没有记下。请选是哪一项任务', '【T1 报送自查报告】', '【T7 新建公办幼儿园】'],
    ['进展 已完成', '请选是哪一项任务', '【T2 化解大班额】'],
    ['进展 修路 60%', '没有找到任务“修路”，没有记下', '【T1 报送自查报告】'],
    ['进展 化解大班额', '共 1 项'],
    ['进展 落实', '共 1 项'],
  ]);
  // What asks for a list is no report.
  answers(owner, [
    ['进展 未报', '任务进展', '共 '],
    ['进展 没报', '任务进展', '共 '],
    ['进展 哪些已报', '任务进展'],
    ['进展 谁不到60%', '任务进展'],
    ['进展 12所学校建设', '没有标题里有“12所学校建设”的任务'],
  ]);
  answers(liaison, [
    ['进展 化解大班额 50%', '没有找到任务“化解大班额”，没有记下', '没有您能报进展的任务'],
    ['进展 60%', '没有您能报进展的任务'],
  ]);

  test('of the tasks that are offered none is led by another unit', async () => {
    expect(await owner.say('进展 60%')).not.toContain('核拨公用经费');
  });
});

describe('进展 says what is reported', () => {
  test('a figure above the target with 超额 before it, as the button types it', async () => {
    expect(await owner.order('进展 T7 超额 完成13所')).toContain('13 所');
    expect(await owner.say('任务 T7')).toContain('进展：13 所');
  });

  test.each(['快好了', '正在分流学生', '大部分完成'])('“%s” leaves the figure as it was', async (words) => {
    const answer = await owner.order(`进展 T7 ${words}`);
    expect(answer).toContain('已记下 T7 的情况说明。这句没有读出数，进展仍是 60%');
    expect(answer).toContain('仍是 60%');
    expect(answer).not.toContain('已记下 T7 的进展');
  });

  test('an account of the parts is words alone where it says so', async () => {
    const answer = await owner.order('进展 T7 说明 一期 80%，二期未动');
    expect(answer).toContain('进展仍是 60%');
    expect(answer).toMatch(/一期 80%.二期未动/);
  });

  test.each(['已封顶，完成 60%', '招标完成 投入 300 万元', '已完成招标 60 天'])('“%s” is an account', async (words) => {
    expect(await owner.order(`进展 T7 ${words}`)).toContain('进展仍是 60%');
  });

  test('with a word for reporting before the task', async () => {
    expect(await owner.order('进展 上报 T7 70%')).toContain('60% → 70%');
    expect(await owner.order('进度：报T7 72%')).toContain('70% → 72%');
  });

  test('八十% is eighty', async () => {
    expect(await owner.order('进展 T7 八十%')).toContain('已记下 T7 的进展：60% → 80%');
  });

  test('words before any figure', async () => {
    expect(await owner.order('进展 T2 正在分流')).toContain('已记下 T2 的情况说明，完成多少还没有报');
  });
});

describe('what goes on for ever', () => {
  test('is 100 % by no word of what was done in it', () => {
    const about = { title: '落实校车安全', target: undefined, measure: '', due: { kind: 'ongoing' } } as const;
    expect(readProgress('完成 校车检查两次', about)).toMatchObject({
      said: { words: expect.stringContaining('校车检查两次') },
    });
    expect(readProgress('完成 校车检查两次', about)).not.toHaveProperty('said.done');
    expect(readProgress('完成 校车检查两次', { ...about, due: { kind: 'none' } })).toHaveProperty('said.done', true);
  });
});

describe('that a report was wrong', () => {
  answers(owner, [
    ['T7 报错了，应该是50%', '没有改：T7 现在记的仍是 60%', '只有管理员、督导员可以更正', '进展 T7 更正 50% 原因'],
    ['报错了，T7没完成，只有50%', '没有改：T7 现在记的仍是 60%'],
    ['进展 T7 刚才写错了', '没有改：T7 现在记的仍是 60%', '进展 T7 更正'],
    ['T7 报错了，应该是70%', '没有改：T7 现在记的仍是 60%', '【报 70%】'],
    ['T7 应该是70%', '【报 70%】'],
    ['进展 T2 60%，写错了，50%', '没有记下：T2 还没有报过进展', '【报 50%】'],
    ['T7 60%报高了', '没有改：T7 现在记的仍是 60%'],
    ['T7 报错了吗', '现在记的仍是 60%'],
    ['T99 报错了，应该是50%', '没有编号为 T99 的任务'],
  ]);
  answers(supervisor, [
    ['T7 报错了，应该是50%', '没有改：T7 现在记的仍是 60%', '【更正为 50%】'],
    ['报错了，T7只有8所，不是60%', '没有改：T7 现在记的仍是 60%'],
  ]);

  test('is set right by the line that the answer names', async () => {
    expect(await supervisor.order('进展 T7 更正 50% 原因 报错')).toContain('60% → 50%');
  });

  test('among words of a report is none of its sender’s claims', async () => {
    expect(await owner.order('进展 T7 70% 因统计员填错表格，已重新核对')).toContain('60% → 70%');
  });
});
