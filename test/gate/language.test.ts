import { expect, test } from 'vitest';
import { registry } from '../../commands/registry.ts';
import { sentenceOrder } from '../../src/language/sentence-order.ts';
import { projectFiles, read } from './pages.ts';

// A command declares itself; the language room reads any command by what it declares.

const names = registry.map(({ name }) => name);

/** Files of the language room that hold such words for another reason. */
const WORDS_OF_OTHERS: readonly string[] = [
  // What people type wrongly, and the word that they mean, whichever command it belongs to.
  'src/language/words/spellings.ts',
];

const literals = (text: string): readonly string[] =>
  [...text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').matchAll(/(['"`])((?:(?!\1)[^\\\n]|\\.)*)\1/g)].map(
    ([, , inside = '']) => inside,
  );

test('no file of the language room names a command', () => {
  const room = projectFiles('src/language/*.ts').filter((file) => !WORDS_OF_OTHERS.includes(file));
  expect(room.length).toBeGreaterThan(40);
  const named = room.flatMap((file) =>
    literals(read(file))
      .filter((literal) => names.includes(literal))
      .map((literal) => `${file}: ${literal}`),
  );
  expect(named).toEqual([]);
});

test('outside of commands no list and no record is keyed by the names of commands', () => {
  const either = names.join('|');
  const list = new RegExp(`\\[\\s*'(?:${either})',\\s*'(?:${either})'`);
  const record = new RegExp(`^\\s*'?(?:${either})'?: .*\\n\\s*'?(?:${either})'?: `, 'm');
  const keyed = projectFiles('src/*.ts').filter((file) => list.test(read(file)) || record.test(read(file)));
  expect(keyed).toEqual([]);
});

test('where sentences of two commands fit, they are tried in this order', () => {
  expect(sentenceOrder(registry).map(({ name }) => name)).toMatchInlineSnapshot(`
    [
      "整改",
      "节假日",
      "校历",
      "倒计时",
      "今日推送",
      "我的",
      "帮助",
      "提醒",
      "日程",
      "全部暂停",
      "日程管理",
      "截止",
      "清单",
      "进展",
      "任务",
      "通知",
      "收到",
      "问题",
      "汇总",
      "我是",
      "绑定",
      "认领",
      "角色",
      "人员",
      "离任",
      "工作群",
      "专项",
      "预演",
      "紧急",
      "设置",
      "审计",
      "导入",
      "导出",
      "模板",
      "状态",
    ]
  `);
});

test('a circle among commands, and one that comes before nothing known, are named', () => {
  const [first, second] = registry;
  if (!first || !second) throw new Error('two commands at least');
  const circle = [
    { ...first, name: '甲', saysBefore: ['乙'] },
    { ...second, name: '乙', saysBefore: ['甲'] },
  ];
  expect(() => sentenceOrder(circle)).toThrow('甲 would come before itself');
  expect(() => sentenceOrder([{ ...first, name: '甲', saysBefore: ['丙'] }])).toThrow('甲 comes before 丙');
});
