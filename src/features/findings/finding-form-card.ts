import type { Block, Doc, Form, FormField, Needs } from '../../cards/views.ts';
import { spokenMoves } from '../../domain/findings/decide.ts';
import { type Finding, findingName, SEVERITY_WORD } from '../../domain/findings/finding.ts';
import { moveRule, type StateMove } from '../../domain/findings/moves.ts';
import { isOpen } from '../../domain/findings/states.ts';
import { visitNumber } from '../../domain/visits/inspection.ts';

const text = (name: string, label: string, more: Partial<Extract<FormField, { kind: 'text' }>> = {}): FormField => ({
  kind: 'text',
  name,
  label,
  required: true,
  ...more,
});
const choices = (...values: readonly string[]) => values.map((value) => ({ value }));
const LIMITS = ['3个工作日', '5个工作日', '10个工作日', '15个工作日', '20个工作日', '30个工作日', '15日内', '30日内'];
const limitOf = (...values: readonly string[]): FormField => ({
  kind: 'select',
  name: 'limit',
  label: '整改期限',
  required: true,
  options: choices(...values),
});
const limit = limitOf(...LIMITS);
const reason = (label: string): FormField => text('reason', label, { multiline: true, maxLength: 200 });

interface StepForm {
  readonly submit: string;
  readonly fields: readonly FormField[];
}

/** What is filled in for a move; of those that fit the state the first has the form on the problem's own card. */
const formsOf = ({ severity, limit: proposed }: Finding): Readonly<Partial<Record<StateMove, StepForm>>> => ({
  // What is known already is not asked again; a small matter needs no 文号.
  issue: {
    submit: '下达',
    fields: [
      text('document', '文号', {
        as: '文号 {}',
        maxLength: 60,
        ...(severity === 'minor' && { required: false, placeholder: '可不填' }),
      }),
      ...(proposed ? [] : [limit]),
    ],
  },
  submit: {
    submit: '报整改完成',
    fields: [
      text('done', '做了什么', { multiline: true, maxLength: 300 }),
      text('cause', '问题的原因', { as: '，原因：{}', multiline: true, maxLength: 200 }),
    ],
  },
  plan: { submit: '报整改方案', fields: [text('plan', '措施、责任人、步骤', { multiline: true, maxLength: 300 })] },
  refuseExtension: { submit: '不同意延期', fields: [reason('理由')] },
  return: { submit: '退回整改', fields: [limit, text('reason', '哪里没改到位', { multiline: true, maxLength: 300 })] },
  askExtension: {
    submit: '申请延期',
    fields: [{ kind: 'date', name: 'day', label: '延到哪一天', required: true }, reason('理由')],
  },
  dispute: { submit: '申辩', fields: [text('reason', '事实和理由', { multiline: true, maxLength: 300 })] },
  returnPlan: { submit: '退回方案', fields: [reason('理由')] },
  drop: { submit: '不予认定', fields: [reason('理由')] },
  reopen: { submit: '重新挂账', fields: [limit, reason('又发现了什么')] },
});
const ON_CARD: readonly StateMove[] = ['issue', 'submit', 'plan', 'refuseExtension', 'return'];

const formBlock = (finding: Finding, move: StateMove, { submit, fields }: StepForm, once: string): Form => ({
  kind: 'form',
  line: `整改 ${findingName(finding)} ${moveRule(move).word}`,
  once,
  fields,
  submit,
});

/** The form of the step that is most likely next; `once` as the form block wants it. */
export function stepForms(finding: Finding, once: string, needs: (move: StateMove) => Needs): readonly Block[] {
  if (!isOpen(finding.state)) return [];
  const spoken = spokenMoves(finding);
  const move = ON_CARD.find((each) => spoken.includes(each));
  const form = move && formsOf(finding)[move];
  return move && form ? [{ ...formBlock(finding, move, form, once), needs: needs(move) }] : [];
}

/** A step that was named without its words: they are to be filled in. Undefined when it has no form. */
export function stepFormDoc(finding: Finding, move: StateMove, how: string, once: string): Doc | undefined {
  const form = formsOf(finding)[move];
  if (!form) return undefined;
  return {
    title: `问题 ${findingName(finding)} · ${form.submit}`,
    subtitle: finding.unit.name,
    tone: 'normal',
    summary: `填表办理：${form.submit}`,
    blocks: [{ kind: 'text', text: [{ strong: finding.description }] }, formBlock(finding, move, form, once)],
    footer: `也可以打字：${how}`,
  };
}

const SECRECY: readonly FormField[] = [
  {
    kind: 'multiSelect',
    name: 'secret',
    label: '限知（举报、信访、涉密）',
    options: [{ value: '保密', text: '只有指定的人能看到，不进任何群' }],
  },
  text('viewers', '能看到的人', { required: false, as: '可见 {}', placeholder: '例如 张三、李四', maxLength: 60 }),
];

interface EntryForm {
  readonly unit?: string | undefined;
  readonly visit?: number | undefined;
  /** Asks whether it is restricted, which no group hears. */
  readonly secret: boolean;
  readonly once: string;
  /** Names of the unit's people; they are not chosen by account, for not everybody has one. */
  readonly people?: readonly string[];
}

/** 问题 without more words: the words of the line, to be filled in. */
export function entryFormDoc({ unit, visit, secret, once, people = [] }: EntryForm): Doc {
  const how = '也可以打字，一行写完：问题 一中 A2.3 消防通道堆放杂物 10个工作日 责任人朱戊';
  const fields: readonly FormField[] = [
    text('unit', '单位', { placeholder: '全称或简称', maxLength: 60, ...(unit && { initial: unit }) }),
    text('visit', '督导编号', {
      required: false,
      placeholder: '可不填，例如 D12',
      maxLength: 8,
      ...(visit !== undefined && { initial: visitNumber(visit) }),
    }),
    text('code', '指标编号', { required: false, placeholder: '可不填，例如 YZ-2.9', maxLength: 20 }),
    text('description', '是什么问题', { multiline: true, maxLength: 300 }),
    {
      kind: 'select',
      name: 'severity',
      label: '程度',
      initial: SEVERITY_WORD.minor,
      options: choices(...Object.values(SEVERITY_WORD)),
    },
    limitOf('立行立改', ...LIMITS),
    ...(people.length > 0
      ? [{ kind: 'select', name: 'person', label: '责任人', as: '责任人{}', options: choices(...people) } as const]
      : [text('person', '责任人', { required: false, as: '责任人{}', maxLength: 10 })]),
    ...(secret ? SECRECY : []),
  ];
  return {
    title: '登记问题',
    ...(unit && { subtitle: unit }),
    tone: 'normal',
    summary: `填表登记问题。${how}`,
    blocks: [{ kind: 'form', line: '问题', once, fields, submit: '登记' }],
    footer: how,
  };
}
