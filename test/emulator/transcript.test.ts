import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cardText, markdownText } from '../../src/emulator/transcript.ts';
import { platform } from './platform.ts';

const nameOf = (openId: string) => (openId === 'ou_7d8a6e6df7621556ce0d21922b676706' ? '王芳' : openId);

test('the complete card of lark-platform 8.4 as a terminal shows it', () => {
  const card = JSON.parse(readFileSync(new URL('deadline-card.json', import.meta.url), 'utf8'));
  expect(cardText(card, nameOf)).toBe(
    [
      '截止提醒 · 本周 〔逾期 1〕',
      '城东小学 · 2026-11-22',
      '@王芳 请于 11月28日 前处理：',
      '任务 | 截止 | 状态',
      'A1.2 佐证材料 | 11-28 | 未报',
      '校园安全整改 | 11-21 | 逾期',
      '▸ 要求与依据',
      '  按评估细则 A1.2 上传佐证材料。',
      '【选择：选择任务 / 校园安全整改】',
      '【日期：申请延期至】',
      '【填写：进展说明】',
      '【提交】',
      '【收到】  【打开台账】',
      '————',
      '督导助手 · 数据截至 08:30',
    ].join('\n'),
  );
});

const cases: [markdown: string, text: string][] = [
  ["**截止** <font color='red'>逾期</font> <text_tag color='red'>否决</text_tag>", '截止 逾期 〔否决〕'],
  ['<at id=ou_7d8a6e6df7621556ce0d21922b676706></at> <at id=all></at>', '@王芳 @所有人'],
  ['第一<br>第二', '第一\n第二'],
  ['[台账](https://example.org)', '台账'],
  ['## 标题\n> 引文', '标题\n引文'],
  ['A&nbsp;&#x4e2d; 3&sim;5', 'A 中 3~5'],
  ['2*3*4 与 a_b_c', '2*3*4 与 a_b_c'],
];
test.each(cases)('markdown %s reads %s', (markdown, text) => {
  expect(markdownText(markdown, nameOf)).toBe(text);
});

test('what was escaped stays as the user typed it', () => {
  const hostile = '<at id=all></at> **[x](y)** & <font>';
  const escaped = [...hostile].map((char) => (/[\w ]/.test(char) ? char : `&#${char.codePointAt(0)};`)).join('');
  expect(markdownText(escaped, nameOf)).toBe(hostile);
});

test('people’s texts become placeholders on the wire and names for the reader', async () => {
  const p = await platform();
  const [wang, other] = [p.control.addPerson({ name: '王芳' }).openId, p.control.addPerson({ name: '王芳' }).openId];
  await p.control.addMember(p.group, wang);
  await p.control.addMember(p.group, other);
  const said = (text: string, how = {}) => {
    const { messageId } = p.control.say(p.group, p.teacher, text, how);
    return p.control.message(messageId);
  };
  expect(said('@督导助手 日程 @张三 @所有人')).toMatchObject({
    content: '{"text":"@_user_1 日程 @_user_2 @_all"}',
    text: '@督导助手 日程 @张三 @所有人',
  });
  expect(said('日程', { mentionBot: true })).toMatchObject({ content: '{"text":"@_user_1 日程"}' });
  expect(said('@督导助手日程', { mentionBot: true })).toMatchObject({ content: '{"text":"@_user_1日程"}' });
  expect(said('@督导助手 日程', { type: 'post' })).toMatchObject({ type: 'post', text: '@督导助手 日程' });
  expect(said('', { file: { name: '日程.xlsx', bytes: new Uint8Array(1) } }).text).toBe('[文件] 日程.xlsx');
});

test('of two namesakes the one named in mentions is meant', async () => {
  const p = await platform({ encryptKey: '' });
  const namesakes = ['王芳', '王芳'].map((name) => p.control.addPerson({ name }).openId);
  for (const openId of namesakes) await p.control.addMember(p.group, openId);
  for (const openId of namesakes) {
    const { messageId } = p.control.say(p.group, p.teacher, '@督导助手 我的 @王芳', { mentions: [openId] });
    const { data } = await p.call('GET', `/im/v1/messages/${messageId}`);
    expect(data['items']).toMatchObject([{ mentions: [{ id: p.botOpenId }, { id: openId, name: '王芳' }] }]);
  }
});
