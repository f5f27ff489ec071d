import { describe, expect, test } from 'vitest';
import { answers, seats } from './seats.ts';

const { director, supervisor, neighbour, liaison, member, stranger } = seats();

const codeIn = (answer: string, letter: string) => new RegExp(`${letter}\\d+`).exec(answer)?.[0] ?? '';

describe('审计 is not for', () => {
  for (const seat of [stranger, liaison, member]) answers(seat, [['审计', '只有管理员、督导员可以用，请联系管理员']]);
  answers(director.in('county'), [['审计', '请在单聊里发给督导助手']]);
  answers(supervisor, [['审计 临江区', '您的角色只管所授单位及下属单位']]);
  answers(neighbour, [['审计 望海区', '您的角色只管所授单位及下属单位']]);

  test('another county’s record: without a unit it is one’s own', async () => {
    await director.in('county').order('提醒 停用 1');
    expect(await neighbour.say('审计')).not.toContain('望海区工作群');
  });
});

describe('审计 of one thing', () => {
  const entries = (answer: string) => [...answer.matchAll(/^\d+\. (.+)$/gm)].map(([, head]) => head ?? '');

  test('lists what happened to it and nothing else, and each line names it', async () => {
    const task = codeIn(await director.order('任务 新增 报送防汛台账 牵头 望海区教育局 截止 5月20日'), 'T');
    await director.order(`任务 改期 ${task} 5月21日 原因 台风`);
    await director.order(`${task} 催办`);
    const other = codeIn(await director.order('任务 新增 报送校车台账 牵头 望海区教育局 截止 5月20日'), 'T');
    const problem = codeIn(await director.order('问题 望海区第一中学 消防通道堆放杂物 期限 5月20日'), 'W');
    await director.order(`整改 ${problem} 下达`);
    const notice = /通知 (\d+)/.exec(await director.order('通知 望海区：明天停电'))?.[0] ?? '';
    const cases: readonly (readonly [string, string, readonly string[]])[] = [
      [task, `${task} 报送防汛台账`, ['催办任务', '任务改期', '下达任务']],
      [other, `${other} 报送校车台账`, ['下达任务']],
      [problem, problem, ['下达整改', '登记问题']],
      [notice, notice, ['发通知']],
    ];
    for (const [code, name, actions] of cases) {
      const answer = await director.say(`审计 ${code}`);
      expect(entries(answer).toSorted(), answer).toEqual(actions.map((action) => `${action}　${name}`).toSorted());
    }
    for (const line of [`审计 ${task.toLowerCase()} 本月`, `审计 任务 ${task}`])
      expect(entries(await director.say(line)), line).toHaveLength(3);
    expect(entries(await supervisor.say(`审计 ${problem}`))).toHaveLength(2);
    expect(await neighbour.say(`审计 ${problem}`)).toContain(`这里没有“${problem}”`);
    expect(await neighbour.say(`审计 ${task}`)).toContain(`这里没有“${task}”`);
    // A unit's record holds what happened to its visits, tasks and problems.
    const ofSchool = entries(await director.say('审计 望海区第一中学'));
    expect(ofSchool.filter((head) => head.endsWith(problem))).toHaveLength(2);
    expect(ofSchool.filter((head) => head.includes(task))).toEqual([]);
    expect(entries(await director.say('审计 望海区')).filter((head) => head.includes(task))).toHaveLength(3);
  });

  test('what is secret is not told by a unit’s record', async () => {
    const secret = codeIn(await director.order('问题 望海区第一中学 有人举报食堂 期限 5月20日 保密 可见 韩丙'), 'W');
    expect(await director.say('审计 望海区第一中学')).not.toContain(secret);
    expect(await supervisor.say('审计 望海区第一中学')).not.toContain(secret);
  });
});

describe('what others did to a secret', () => {
  test('is in the record of nobody who is not named in it, by whomever it was done', async () => {
    const task = codeIn(
      await director.order('任务 新增 保密 核查举报 牵头 望海区教育局 责任人 陈甲 截止 4月22日'),
      'T',
    );
    await member.order(`进展 ${task} 50% 已找人谈话`);
    const open = codeIn(await director.order('任务 新增 报送防汛台账 牵头 望海区教育局 责任人 陈甲 截止 5月20日'), 'T');
    await member.order(`进展 ${open} 50% 在写`);
    const problem = codeIn(await director.order('问题 望海区第一中学 有人举报食堂 期限 5月20日 保密 可见 朱戊'), 'W');
    await director.order(`整改 ${problem} 下达`);
    await liaison.order(`整改 ${problem} 签收`);
    for (const line of [
      '审计',
      '审计 今天',
      '审计 望海区教育局 陈甲',
      '审计 望海区第一中学 朱戊',
      '审计 任务',
      '审计 问题',
    ]) {
      const answer = await supervisor.say(line);
      expect(answer, line).not.toMatch(new RegExp(`(?:${task}|${problem})(?!\\d)|举报`));
    }
    expect(await supervisor.say('审计 望海区教育局 陈甲')).toContain(open);
    expect(await supervisor.files('导出 审计')).not.toMatch(new RegExp(`(?:${task}|${problem})(?!\\d)`));
    for (const code of [task, problem]) expect(await supervisor.say(`审计 ${code}`)).toContain(`这里没有“${code}”`);
    expect(await director.say(`审计 ${task}`)).toContain('报进展');
    expect(await director.say(`审计 ${problem}`)).toContain('签收');
  });

  test('is not there either from before it became one', async () => {
    const task = codeIn(await director.order('任务 新增 核对台账 牵头 望海区教育局 责任人 陈甲 截止 5月20日'), 'T');
    await member.order(`进展 ${task} 50% 在写`);
    expect(await supervisor.say('审计 望海区')).toContain('核对台账');
    await director.order(`任务 保密 ${task} 涉及个人`);
    expect(await supervisor.say('审计 望海区')).not.toMatch(new RegExp(`核对台账|${task}(?!\\d)`));
  });

  test('an unannounced visit has no number for whoever may not know of it', async () => {
    const number = codeIn(await director.order('日程管理 新增 4月21日 上午 望海区实验小学 随机督导 组长 李庚'), 'D');
    expect(await supervisor.say(`审计 ${number}`)).toBe((await supervisor.say('审计 D99')).replaceAll('D99', number));
    expect(await director.say(`审计 ${number}`)).toContain('新增督导安排');
  });
});

describe('审计 with bad input', () => {
  answers(director, [
    ['审计 2026-03-01', '没有操作记录'],
    ['审计 2月30日', '没有“2月30日”这一天'],
    ['审计 王小二麻子', '没有找到'],
    ['审计 导入', '导入通讯录'],
    ['审计 本周 导入', '导入通讯录'],
    ['审计 导入 今天', '导入通讯录'],
    ['审计 撤销导入', '导入通讯录'],
    ['审计 新增 导入', '只用来查看'],
    ['审计 天气', '没有找到“天气”', '类别'],
    ['审计 W99', '没有操作记录'],
    ['审计 T99', '这里没有“T99”'],
    ['审计 通知 99', '这里没有“通知 99”'],
    ['审计 火星区', '没有找到单位“火星区”'],
    ['审计 临江区教育局 朱戊', '通讯录里没有', '朱戊'],
    ['审计 删除', '只用来查看'],
  ]);
});
