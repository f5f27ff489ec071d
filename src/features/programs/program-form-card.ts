import type { Form } from '../../cards/views.ts';
import type { UnitRef } from '../../domain/people/unit.ts';

/** 节点 by card: a day from the picker, or the office's own words while there is none. */
export const milestoneForm = (program: { readonly name: string; readonly unit: UnitRef }, once: string): Form => ({
  kind: 'form',
  line: `专项 节点 ${program.unit.name} ${program.name}`,
  once,
  submit: '设置节点',
  fields: [
    { kind: 'text', name: 'name', label: '节点', required: true, placeholder: '例如：市级核查', maxLength: 30 },
    {
      kind: 'text',
      name: 'words',
      label: '时间（没有定日子时）',
      placeholder: '照原话写：4月初、6月中旬、待定',
      maxLength: 20,
    },
    { kind: 'date', name: 'day', label: '日期' },
  ],
});
