import type { Doc, FormField } from '../../cards/views.ts';
import type { LocalDate, LocalTime } from '../../domain/calendar/local-date.ts';
import { CONTENT_KEYS, contentWord, type ReminderContent } from '../../domain/reminders/contents.ts';
import { describeRecurrence, monthsWord } from '../../domain/reminders/describe-rule.ts';
import type { Recurrence, RestDays, RuleMention } from '../../domain/reminders/reminder.ts';

const choices = (...values: readonly string[]) => values.map((value) => ({ value }));

const WEEKDAYS = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];
const REPEATS = [
  '每个工作日',
  '每天',
  '每周',
  '每两周',
  '每月',
  '每季度第一个月',
  '每季度第三个月',
  '每半年第一个月',
  '每半年第六个月',
  '每年',
  '每周第一个工作日',
  '每周最后一个工作日',
  '每月第一个工作日',
  '每月最后一个工作日',
  '每季度第一个工作日',
  '每季度最后一个工作日',
  '每半年第一个工作日',
  '每半年最后一个工作日',
];
const AS_USUAL = '休息日按惯例';
const REST: Readonly<Record<RestDays, string>> = {
  forward: '遇休息日顺延',
  back: '遇休息日提前',
  skip: '遇休息日跳过',
  ignore: '遇休息日照发',
};
const MENTION: Readonly<Record<RuleMention, string>> = {
  responsible: '提及责任人',
  nobody: '不提及人',
  everyone: '提及所有人',
};

interface RuleNow {
  readonly recurrence: Recurrence;
  readonly time: LocalTime;
  readonly content: ReminderContent;
  readonly mention?: RuleMention | undefined;
  readonly until?: LocalDate | undefined;
}

export interface RuleForm {
  readonly title: string;
  readonly line: string;
  readonly once: string;
  readonly subtitle: string;
  /** What the rule is now; a new one has nothing. */
  readonly rule?: RuleNow | undefined;
  /** In a direct chat: among which groups to choose, by what a line calls them. */
  readonly groups?: readonly { readonly value: string; readonly text: string }[];
}

/** 提醒 新增 and 提醒 修改 2 without more words: the words of the line, to be chosen. */
export function ruleFormDoc({ title, line, once, subtitle, rule, groups }: RuleForm): Doc {
  return {
    title,
    subtitle,
    tone: 'normal',
    summary: `填表${title}，也可以打字`,
    blocks: [{ kind: 'form', line, once, fields: fieldsOf(rule, groups), submit: rule ? '改成这样' : '新增提醒' }],
    footer: '也可以打字，例如：提醒 新增 每周一 9:00 本周日程；时间不能在免打扰时段。',
  };
}

function fieldsOf(rule: RuleNow | undefined, groups: RuleForm['groups']): readonly FormField[] {
  const now = rule ? wordsOf(rule.recurrence) : { repeats: '每个工作日' };
  const initial = (value: string | undefined) => (value === undefined ? {} : { initial: value });
  return [
    {
      kind: 'select',
      name: 'repeats',
      label: '哪些天发',
      required: true,
      initial: now.repeats,
      options: choices(...new Set([...REPEATS, now.repeats])),
    },
    {
      kind: 'multiSelect',
      name: 'weekdays',
      label: '周几（每周、每两周要选）',
      placeholder: '选择周几',
      options: choices(...WEEKDAYS),
      initial: now.weekdays ?? [],
    },
    {
      kind: 'text',
      name: 'days',
      label: '几日（每月、第几个月、每年要填）',
      placeholder: '10日、20日，最后一天；每年写 9月1日',
      maxLength: 60,
      ...initial(now.days),
    },
    { kind: 'time', name: 'time', label: '几点', required: true, initial: rule?.time ?? '08:30' },
    {
      kind: 'select',
      name: 'content',
      label: '发什么',
      required: true,
      options: choices(...CONTENT_KEYS.map(contentWord)),
      initial: contentWord(rule?.content ?? 'day'),
    },
    {
      kind: 'select',
      name: 'rest',
      label: '遇休息日怎么办',
      initial: now.rest ?? AS_USUAL,
      options: [{ value: AS_USUAL, text: '按惯例（工作日规则不用选）' }, ...choices(...Object.values(REST))],
    },
    {
      kind: 'select',
      name: 'mention',
      label: '提及谁',
      initial: MENTION[rule?.mention ?? 'responsible'],
      options: choices(...Object.values(MENTION)),
    },
    {
      kind: 'multiSelect',
      name: 'term',
      label: '只在学期内发',
      placeholder: '不限',
      initial: rule?.recurrence.inTerm ? ['学期内'] : [],
      options: choices('学期内'),
    },
    {
      kind: 'date',
      name: 'from',
      label: '从哪天那周起（每两周可选）',
      placeholder: '选择起始日期',
      as: '自{}起',
      ...initial(now.from),
    },
    {
      kind: 'date',
      name: 'until',
      label: '发到哪天为止（不选就一直发）',
      placeholder: '选择最后一天',
      as: '至{}',
      ...initial(rule?.until),
    },
    ...(groups ? [groupsField(groups)] : []),
  ];
}

const groupsField = (options: NonNullable<RuleForm['groups']>): FormField => ({
  kind: 'multiSelect',
  name: 'groups',
  label: '发到哪些群',
  placeholder: '选择群',
  required: true,
  as: '发到“{}”',
  options,
});

interface Words {
  readonly repeats: string;
  readonly weekdays?: readonly string[];
  readonly days?: string;
  readonly rest?: string;
  readonly from?: string;
}

/** The words of the form for a rule's days; together they are read as the same days. */
function wordsOf(recurrence: Recurrence): Words {
  switch (recurrence.kind) {
    case 'weekdays': {
      const { days, fortnight, restDays } = recurrence;
      const weekdays = days.map((day) => WEEKDAYS[day - 1] ?? '');
      const words = { repeats: fortnight ? '每两周' : '每周', weekdays, rest: REST[restDays] };
      return fortnight ? { ...words, from: fortnight } : words;
    }
    case 'monthDays': {
      const { days, months, restDays } = recurrence;
      const words = days.map((day) => (day === 31 ? '最后一天' : `${day}日`)).join('、');
      return { repeats: monthsWord(months), days: words, rest: REST[restDays] };
    }
    case 'yearDays': {
      const days = recurrence.days.map((day) => `${Number(day.slice(0, 2))}月${Number(day.slice(3))}日`).join('、');
      return { repeats: '每年', days, rest: REST[recurrence.restDays] };
    }
    case 'daily':
      return { repeats: '每天' };
    case 'workdays':
    case 'firstWorkdayOfWeek':
    case 'lastWorkdayOfWeek':
    case 'firstWorkdayOfMonth':
    case 'lastWorkdayOfMonth': {
      const { inTerm: _inTerm, ...always } = recurrence;
      return { repeats: describeRecurrence(always) };
    }
  }
}
