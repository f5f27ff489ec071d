import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { visitSentence } from '../../../src/features/visits/visit-words.ts';
import { meaning } from '../../language/said.ts';
import { cpuMs } from '../../support/cpu-time.ts';

const NINTH = { when: '2026-04-09', units: ['望海区第一中学'] };

describe('a line about a visit', () => {
  test.each<[string, Record<string, unknown>]>([
    [
      '日程 新增 4月9日-10日 全天 望海区第一中学 综合督导 内容 春季开学 组长 韩丙 成员 李庚、王子 联络员 朱戊 13900000013 备注 带执法记录仪',
      {
        verb: 'add',
        when: { from: '2026-04-09', to: '2026-04-10' },
        period: '全天',
        kind: '综合督导',
        units: ['望海区第一中学'],
        topic: '春季开学',
        leader: '韩丙',
        members: ['李庚', '王子'],
        contact: '朱戊',
        phone: '13900000013',
        note: '带执法记录仪',
      },
    ],
    [
      '日程新增4月9日下午2点半望海区第一中学组长韩丙',
      { verb: 'add', ...NINTH, period: '下午', starts: '14:30', leader: '韩丙' },
    ],
    ['安排陈甲4月9日去望海区第一中学', { verb: 'add', ...NINTH, leader: '陈甲' }],
    ['日程 新增 4月9日 望海区第一中学 组长 临江区教育局陈甲', { verb: 'add', ...NINTH, leader: '陈甲' }],
    [
      '日程 延期 D12 4月12日 原因 台风，4月9日停课',
      { verb: 'postpone', number: 12, when: '2026-04-12', reason: '台风，4月9日停课' },
    ],
    ['D12延期到4月12日', { verb: 'postpone', number: 12, when: '2026-04-12' }],
    ['延期 D12 4月12日', { verb: 'postpone', number: 12, when: '2026-04-12' }],
    ['日程 修改 第12次 4月12日', { verb: 'change', number: 12, when: '2026-04-12' }],
    [
      '日程 变更 D12 成员 林乙 周丙 内容 “食堂 和校车”',
      { verb: 'change', number: 12, members: ['林乙', '周丙'], topic: '食堂 和校车' },
    ],
    ['日程 变更 D3 备注 取消住宿，4月9日前交材料', { verb: 'change', number: 3, note: '取消住宿，4月9日前交材料' }],
    ['日程 取消 D12 原因：暴雨 确认', { verb: 'cancel', number: 12, reason: '暴雨', confirmed: true }],
    ['日程 延期 D6 4月12日 校长外出', { verb: 'postpone', number: 6, when: '2026-04-12', reason: '校长外出' }],
    ['取消明天望海区一中的督导安排', { verb: 'cancel', on: '2026-04-02', units: ['望海区一中'] }],
    [
      '把明天望海区一中的督导推迟到下周三',
      { verb: 'postpone', on: '2026-04-02', when: '2026-04-08', units: ['望海区一中'] },
    ],
    ['日程 恢复 d12', { verb: 'restore', number: 12 }],
    ['日程 D12', { number: 12 }],
    ['日程 新增', { verb: 'add' }],
    ['日程 新增 4月12日 五一小学 随机督导', { verb: 'add', when: '2026-04-12', units: ['五一小学'], kind: '随机督导' }],
  ])('%s', async (line, args) => {
    expect(await meaning(line)).toEqual({ class: 'command', command: '日程管理', args });
  });

  test.each(['日程 明天', '日程 4月9日 望海区一中', '督导安排', '一中什么时候督导', '督导组明天去哪', '我的日程 下周'])(
    '“%s” only looks up',
    async (line) => {
      expect(await meaning(line)).toMatchObject({ command: expect.not.stringMatching('日程管理') });
    },
  );

  test.each([
    '取消每天的日程推送',
    '把提醒改到9点',
    '取消绑定',
    '新增任务 4月9日前报送自查报告',
    '日程 导出',
    '导入日程',
  ])('“%s” is of another matter', async (line) => {
    expect(await meaning(line)).not.toMatchObject({ command: '日程管理' });
  });

  test('of any words throws nothing and takes no time', async () => {
    const words = fc.constantFrom(
      '日程',
      '新增',
      '变更',
      '取消',
      'D12',
      'd',
      '4月9日',
      '到',
      '9点',
      '25:00',
      '组长',
      '成员',
      '、',
      '原因',
      '备注',
      '“',
      '”',
      '一中',
      '望海区',
      '陈甲',
      '上午',
      '专项督导',
      ' ',
      '，',
      '确认',
      '\u0001',
      '加',
      '安排',
      '去',
      '把',
      '改到',
    );
    const line = fc.array(words, { maxLength: 14 }).map((parts) => `日程 新增${parts.join('')}`);
    await fc.assert(
      fc.asyncProperty(line, async (text) => {
        expect(await meaning(text)).toBeDefined();
      }),
      { numRuns: 150 },
    );
    const long = `日程 新增 ${'原因 组长 成员、'.repeat(220)}`;
    const begun = cpuMs();
    await meaning(long);
    expect(cpuMs() - begun).toBeLessThan(2_000);
    expect(visitSentence('加'.repeat(2_000))).toBe(false);
  });
});
