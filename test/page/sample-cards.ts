const plain = (content: string) => ({ tag: 'plain_text', content });
const call = (value: object) => [{ type: 'callback', value }];
type Header = { readonly title: string; readonly template?: string };
export const cardOf = ({ title, template = 'blue' }: Header, ...elements: readonly object[]) => ({
  schema: '2.0',
  config: { update_multi: true, width_mode: 'fill', summary: { content: title } },
  header: { title: plain(title), template },
  body: { direction: 'vertical', padding: '12px', vertical_spacing: 'medium', elements },
});

export const buttonsCard = cardOf(
  { title: '截止提醒', template: 'orange' },
  { tag: 'markdown', content: '**校园安全整改**<br>11月28日到期' },
  {
    tag: 'column_set',
    flex_mode: 'flow',
    columns: [
      {
        tag: 'column',
        width: 'auto',
        elements: [{ tag: 'button', type: 'primary', text: plain('收到'), behaviors: call({ op: 'ack' }) }],
      },
      {
        tag: 'column',
        width: 'auto',
        elements: [
          {
            tag: 'button',
            type: 'danger',
            text: plain('撤销'),
            confirm: { title: plain('撤销任务？'), text: plain('撤销后不能恢复。') },
            behaviors: call({ op: 'drop' }),
          },
        ],
      },
      {
        tag: 'column',
        width: 'auto',
        elements: [{ tag: 'button', text: plain('已过期'), disabled: true, disabled_tips: plain('超过期限') }],
      },
    ],
  },
);
export const acknowledgedCard = cardOf(
  { title: '已收到', template: 'green' },
  { tag: 'markdown', content: '张三 已收到' },
);

export const formCard = (people: readonly string[]) =>
  cardOf(
    { title: '报送进展' },
    {
      tag: 'form',
      name: 'progress',
      elements: [
        {
          tag: 'input',
          name: 'note',
          label: plain('进展说明'),
          required: true,
          max_length: 200,
          input_type: 'multiline_text',
          rows: 3,
        },
        {
          tag: 'select_static',
          name: 'task',
          placeholder: plain('选择任务'),
          required: true,
          options: [
            { text: plain('校园安全整改'), value: 't1' },
            { text: plain('A1.2 佐证材料'), value: 't2' },
          ],
        },
        {
          tag: 'multi_select_static',
          name: 'kinds',
          placeholder: plain('选择佐证'),
          options: ['照片', '台账', '制度'].map((text) => ({ text: plain(text), value: text })),
        },
        {
          tag: 'select_person',
          name: 'who',
          placeholder: plain('责任人'),
          options: people.map((value) => ({ value })),
        },
        { tag: 'date_picker', name: 'due', placeholder: plain('延期至'), initial_date: '2026-11-28' },
        { tag: 'picker_time', name: 'at', placeholder: plain('时间') },
        { tag: 'picker_datetime', name: 'when', placeholder: plain('复查时间') },
        { tag: 'checker', name: 'sure', text: plain('我已核实'), checked: false },
        {
          tag: 'button',
          name: 'submit',
          type: 'primary',
          form_action_type: 'submit',
          text: plain('提交'),
          behaviors: call({ op: 'progress' }),
        },
        { tag: 'button', name: 'reset', form_action_type: 'reset', text: plain('重填') },
      ],
    },
  );

export const tableCard = cardOf(
  { title: '任务清单', template: 'turquoise' },
  {
    tag: 'table',
    page_size: 5,
    columns: [
      { name: 'task', display_name: '任务', data_type: 'text' },
      { name: 'due', display_name: '截止', data_type: 'date', date_format: 'MM-DD' },
      {
        name: 'rate',
        display_name: '完成率',
        data_type: 'number',
        format: { precision: 1, symbol: '', separator: true },
      },
      { name: 'state', display_name: '状态', data_type: 'options' },
    ],
    rows: Array.from({ length: 12 }, (_, index) => ({
      task: `第 ${index + 1} 项任务`,
      due: Date.UTC(2026, 10, 20 + index),
      rate: index * 7.25,
      state: [index % 3 === 0 ? { text: '逾期', color: 'red' } : { text: '进行中', color: 'blue' }],
    })),
  },
);

export const chartCard = cardOf(
  { title: '各县进度', template: 'purple' },
  {
    tag: 'chart',
    aspect_ratio: '2:1',
    chart_spec: {
      type: 'bar',
      xField: 'unit',
      yField: 'rate',
      seriesField: 'unit',
      title: { text: '整改完成率' },
      data: [
        {
          id: 'd',
          values: [
            { unit: '望海区', rate: 82 },
            { unit: '云岭县', rate: 64 },
            { unit: '清河县', rate: 91 },
          ],
        },
      ],
    },
  },
);

/** One of everything that is only looked at. */
export const richCard = (me: string, other: string) => ({
  ...cardOf(
    { title: '督导情况通报', template: 'carmine' },
    {
      tag: 'markdown',
      content: [
        '### 一、总体',
        `<at id=${me}></at> <at id=${other}></at> 请阅。共 <font color='red'>3</font> 项逾期，<text_tag color='green'>已销号 5</text_tag>，见[办法](https://example.org/a)。`,
        '- 第一条 *斜体* ~~删除~~ `code`',
        '  - 第二层',
        '> 引文：&#60;at id=all&#62;&#42;&#42;不是标记&#42;&#42;',
        '',
        '| 单位 | 数 |',
        '| --- | --- |',
        '| 望海区 | 3 |',
      ].join('\n'),
    },
    {
      tag: 'div',
      text: { ...plain('<b>原样文字</b> **不加粗**'), text_color: 'grey' },
      fields: [
        { is_short: true, text: plain('左：一') },
        { is_short: true, text: plain('右：二') },
      ],
    },
    { tag: 'hr' },
    { tag: 'person_list', persons: [{ id: me }, { id: other }] },
    {
      tag: 'collapsible_panel',
      header: { title: plain('要求与依据') },
      border: { color: 'grey' },
      elements: [{ tag: 'markdown', content: '折叠的内容' }],
    },
    {
      tag: 'interactive_container',
      behaviors: call({ op: 'open' }),
      has_border: true,
      border_color: 'blue',
      elements: [{ tag: 'markdown', content: '**整行可点** 查看详情' }],
    },
    {
      tag: 'select_static',
      name: 'lone',
      placeholder: plain('换一个单位'),
      options: [{ text: plain('望海区'), value: 'u1' }],
      behaviors: call({ op: 'unit' }),
    },
    { tag: 'overflow', options: [{ text: plain('导出'), value: 'export' }], behaviors: call({ op: 'more' }) },
  ),
  header: {
    title: plain('督导情况通报'),
    subtitle: plain('城东小学 · 2026-11-23'),
    template: 'carmine',
    text_tag_list: [{ tag: 'text_tag', text: plain('逾期 3'), color: 'red' }],
  },
});
