import { CONTENT_WORD } from '../domain/schedule/describe-rule.ts';
import type { Doc, FormField } from './views.ts';

const choices = (...values: readonly string[]) => values.map((value) => ({ value }));

const DAYS = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];
const MONTH_DAYS = [...Array.from({ length: 30 }, (_, day) => `${day + 1}日`), '最后一天'];

/** 提醒 新增 without more words: the words of the line, to be chosen. */
export function ruleFormDoc(form: { readonly line: string; readonly once: string; readonly unit: string }): Doc {
  const fields: readonly FormField[] = [
    {
      ...{ kind: 'select', name: 'content', label: '发什么', required: true },
      options: choices(...Object.values(CONTENT_WORD)),
      initial: CONTENT_WORD.day,
    },
    {
      ...{ kind: 'select', name: 'repeats', label: '哪些天发', required: true },
      options: choices(
        ...['每个工作日', '每天', '每周', '每月', '每周第一个工作日', '每周最后一个工作日'],
        ...['每月第一个工作日', '每月最后一个工作日'],
      ),
      initial: '每个工作日',
    },
    {
      ...{ kind: 'multiSelect', name: 'weekdays', label: '选“每周”时：周几' },
      options: choices(...DAYS),
    },
    {
      ...{ kind: 'multiSelect', name: 'days', label: '选“每月”时：几日' },
      options: choices(...MONTH_DAYS),
    },
    { kind: 'time', name: 'time', label: '几点', required: true, initial: '08:30' },
    {
      ...{ kind: 'select', name: 'rest', label: '选“每周”“每月”时：遇休息日怎么办' },
      options: choices('遇休息日顺延', '遇休息日提前', '遇休息日跳过', '遇休息日照发'),
    },
  ];
  return {
    title: '新增提醒',
    subtitle: form.unit,
    tone: 'normal',
    summary: '填表新增提醒，也可以打字：提醒 新增 每周一 9:00 本周日程',
    blocks: [{ kind: 'form', line: form.line, once: form.once, fields, submit: '新增提醒' }],
    footer: '也可以打字，例如：提醒 新增 每周一 9:00 本周日程',
  };
}
