import type { Doc, FormField } from '../../cards/views.ts';

const KINDS = ['重点工作', '民生实事', '重大决策'].map((value) => ({ value }));
const EXAMPLE = '任务 新增 报送自查报告 牵头 望海区教育局 截止 6月15日';

/** 任务 新增 without more words: the words of the line, to be filled in. */
export function taskFormDoc(once: string): Doc {
  const names = { placeholder: '单位全称或简称，用顿号分开', maxLength: 200 };
  const fields: readonly FormField[] = [
    { kind: 'text', name: 'title', label: '任务内容', required: true, as: '“{}”', maxLength: 200 },
    { kind: 'text', name: 'lead', label: '牵头单位', required: true, as: '牵头 {}', ...names },
    { kind: 'text', name: 'assist', label: '配合单位', as: '配合 {}', ...names },
    { kind: 'text', name: 'people', label: '责任人', as: '责任人 {}', placeholder: '姓名，用顿号分开', maxLength: 100 },
    { kind: 'date', name: 'due', label: '截止', as: '截止 {}' },
    {
      kind: 'text',
      name: 'target',
      label: '目标',
      as: '目标 {}',
      placeholder: '数字和单位，例如：12 所',
      maxLength: 20,
    },
    { kind: 'select', name: 'kind', label: '类别', as: '类别 {}', options: KINDS },
  ];
  return {
    title: '下达任务',
    tone: 'normal',
    summary: `填表下达任务，也可以打字：${EXAMPLE}`,
    blocks: [{ kind: 'form', line: '任务 新增', once, fields, submit: '下达' }],
    footer: `也可以打字，例如：${EXAMPLE}`,
  };
}
