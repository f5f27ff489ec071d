import { expect, test } from 'vitest';
import { renderCard } from '../../src/cards/render.ts';
import type { Doc, Mention } from '../../src/cards/views.ts';
import { checkCard } from '../../src/emulator/card-check.ts';
import { NASTY } from './hostile.ts';

const schedule: Doc = {
  title: '督导日程 · 明天',
  subtitle: '望海区教育局 · 2026年11月23日 周一',
  tone: 'normal',
  summary: '明天有 2 场督导，涉及城东小学、望海中学',
  query: '日程 2026-11-23',
  blocks: [
    {
      kind: 'entries',
      entries: [
        {
          head: [{ strong: '09:00 城东小学' }, ' 优质均衡实地核查'],
          lines: [['组长：王敏；成员：李强、赵云'], ['依据：义务教育优质均衡评估细则 A1.2']],
        },
        { head: [{ strong: '14:30 望海中学' }, ' 校园安全专项督导'], lines: [['组长：李强']] },
      ],
    },
    {
      kind: 'table',
      columns: [
        { key: 'day', title: '日期' },
        { key: 'unit', title: '单位' },
      ],
      rows: [
        { day: '11月24日 周二', unit: '城西小学' },
        { day: '11月25日 周三', unit: '实验幼儿园' },
      ],
    },
    { kind: 'note', text: '时间如有调整，以正式通知为准。' },
  ],
  footer: '督导助手 · 数据截至 08:30',
};

const wang: Mention = { name: '王敏', openId: 'ou_7d8a6e6df7621556ce0d21922b676706' };
const deadline: Doc = {
  title: '截止提醒',
  subtitle: '望海区教育局 · 2026-11-23',
  tone: 'late',
  tags: [
    { text: '逾期 1', tone: 'late' },
    { text: '3 天内 1', tone: 'soon' },
  ],
  summary: '1 项逾期，1 项 3 天内到期',
  query: '截止 本周',
  blocks: [
    { kind: 'text', text: [{ mention: wang }, ' ', { mention: { name: '李强' } }, ' 请及时处理：'] },
    { kind: 'heading', text: '已逾期' },
    {
      kind: 'entries',
      entries: [
        {
          head: [{ strong: '校舍安全隐患整改' }, ' ', { text: '逾期 2 个工作日', tone: 'late' }],
          lines: [['牵头：', { mention: wang }], ['原定：2026-11-19']],
        },
      ],
    },
    { kind: 'heading', text: '即将到期' },
    {
      kind: 'entries',
      entries: [{ head: [{ strong: '自查报告' }, ' ', { text: '还有 3 天', tone: 'soon' }], lines: [['牵头：李强']] }],
    },
    {
      kind: 'buttons',
      buttons: [
        { label: '我的', style: 'primary', press: { v: 1, op: 'show', query: '我的', page: 1 } },
        { label: '本周全部', press: { v: 1, op: 'show', query: '截止 本周', page: 1 } },
      ],
    },
  ],
  footer: '工作日按国务院办公厅放假安排计算',
};

const all = NASTY.join(' ');
const hostile: Doc = {
  title: all,
  subtitle: all,
  tone: 'muted',
  tags: NASTY.map((text) => ({ text, tone: 'done' })),
  summary: all,
  query: all,
  blocks: [
    {
      kind: 'text',
      text: [all, { strong: all }, { text: all, tone: 'soon' }, { mention: { name: all, openId: all } }],
    },
    { kind: 'heading', text: all },
    { kind: 'fields', fields: [{ label: all, value: [all] }] },
    { kind: 'entries', entries: [{ head: [all], lines: [[all]] }] },
    { kind: 'table', columns: [{ key: '__proto__', title: all }], rows: [{ ['__proto__']: all }, {}] },
    { kind: 'note', text: all },
    { kind: 'buttons', buttons: [{ label: all, press: { v: 1, op: 'show', query: all, page: 1 } }] },
  ],
  footer: all,
};

const atTheLimit: Doc = {
  title: '清单 · 未完成',
  tone: 'soon',
  summary: '600 项指标未完成',
  query: '清单 未完成',
  blocks: [
    { kind: 'heading', text: '义务教育优质均衡' },
    {
      kind: 'entries',
      entries: Array.from({ length: 600 }, (_, index) => ({
        head: [{ strong: `A${index + 1}.1` }, ' 每百名学生拥有高于规定学历教师数'],
        lines: [
          ['牵头：', { mention: wang }, '；状态：', { text: '未报', tone: 'soon' }],
          ['佐证材料：', '教师学历花名册及证书复印件；教育事业统计报表；'.repeat(30)],
        ],
      })),
    },
  ],
  footer: '以正式文件为准',
};

test.each([
  ['schedule', schedule, 1],
  ['deadline with mentions', deadline, 1],
  ['hostile text', hostile, 1],
  ['at the size limit, page 2', atTheLimit, 2],
])('the card of %s is as reviewed', async (name, doc, page) => {
  const { json } = renderCard(doc, page);
  expect(checkCard(json)).toEqual({ ok: true });
  const file = `__snapshots__/${name.replace(/\W+/g, '-')}.json`;
  await expect(`${JSON.stringify(JSON.parse(json), null, 2)}\n`).toMatchFileSnapshot(file);
});
