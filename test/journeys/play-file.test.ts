import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { date } from '../../src/domain/calendar/local-date.ts';
import { readPlay } from '../support/play/read-play.ts';
import { type Assertion, type Place, type Step, written, writtenAssertion } from '../support/play/step.ts';

const HEAD = '世界 样区 2026-04-20 09:00';

const name = fc.constantFrom('吕壬', '望海陈甲', '朱戊', '望海群');
const words = fc.constantFrom(
  '任务 新增 防溺水自查，4月30日前',
  '收到：谢谢',
  '[赞] 按 确定',
  '１２０／３００',
  'T1 见 附件',
);
const place = (who: string): fc.Arbitrary<Place> =>
  fc.constantFrom<Place>({ direct: who }, { group: '望海群' }, { group: '市局群' });
const inChat = name.chain((who) => fc.record({ who: fc.constant(who), place: place(who) }));
const card = fc.option(
  fc.constantFrom('T12', '开 会').map((text) => ({ card: text })),
  { nil: {} },
);
const label = fc.constantFrom('确定', '办 W1', '下一页', '按');
const lines = fc.array(fc.constantFrom('序号,单位名称', '1,市教育局', '| 竖线', ''), { minLength: 2, maxLength: 4 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .record({ chat: inChat, how: fc.constantFrom('to the bot' as const, 'aside' as const), text: words })
    .map(({ chat, ...rest }) => ({ kind: 'say' as const, ...chat, ...rest })),
  fc
    .record({ chat: inChat, text: words, kind: fc.constantFrom('file' as const, 'image' as const) })
    .map(({ chat, text, kind }) => ({
      kind: 'say' as const,
      ...chat,
      how: 'to the bot' as const,
      text,
      attached: { kind, name: '自查表 1.xlsx' },
    })),
  fc
    .record({ chat: inChat, on: card, text: lines.map((each) => each.join('\n')) })
    .map(({ chat, on, text }) => ({ kind: 'say' as const, ...chat, how: 'reply' as const, text, ...on })),
  fc
    .record({ chat: inChat, on: card, label, nth: fc.integer({ min: 1, max: 9 }) })
    .map(({ chat, on, ...rest }) => ({ kind: 'press' as const, ...chat, ...rest, ...on })),
  fc
    .record({
      chat: inChat,
      on: card,
      submit: label,
      fields: fc.array(
        fc.record({ label: fc.constantFrom('延到', '理 由'), value: fc.constantFrom('', '120', 'a=b') }),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
    })
    .map(({ chat, on, ...rest }) => ({ kind: 'fill' as const, ...chat, ...rest, ...on })),
  fc
    .record({ chat: inChat, table: lines })
    .map(({ chat, table }) => ({ kind: 'send' as const, ...chat, what: 'file' as const, name: '通讯录.csv', table })),
  fc.constantFrom<Step>(
    { kind: 'clock', day: date('2026-04-21'), time: '08:45' },
    { kind: 'clock', time: '18:00' },
    { kind: 'person', name: '何辛', mobile: '13900000015' },
    { kind: 'person', name: '何辛' },
    { kind: 'group', name: '实小群', members: ['何辛', '吕壬'] },
  ),
);
const seen: fc.Arbitrary<Assertion> = fc
  .record({ kind: fc.constantFrom('sees' as const, 'seesNot' as const), place: name.chain(place), text: words })
  .map((each) => each);
const assertion = fc.oneof(
  seen,
  name.chain(place).map((each): Assertion => ({ kind: 'silent', place: each })),
  fc.constant<Assertion>({ kind: 'unwritten' }),
);

test('what is written of any step and assertion is read as the same', () => {
  const scripted = fc.record({ step, assertions: fc.array(assertion, { maxLength: 3 }) });
  fc.assert(
    fc.property(fc.array(scripted, { maxLength: 6 }), (steps) => {
      const text = steps.map((each) => [written(each.step), ...each.assertions.map(writtenAssertion)].join('\n  '));
      const play = readPlay([HEAD, ...text].join('\n'));
      expect(
        play.steps.map((each) => ({ step: each.step, assertions: each.assertions.map((of) => of.assertion) })),
      ).toEqual(steps);
    }),
  );
});

describe('a line that is not understood is named by its number', () => {
  test.each([
    ['吕壬 说 你好', '没有看懂“吕壬 说 你好”'],
    ['  看到 防溺水', '没有看懂“看到 防溺水”'],
    ['时间 2026-02-30 08:00', '没有“2026-02-30”这一天'],
    ['时间 25:00', '没有“25:00”这个时间'],
    ['时间', '没有“”这个时间'],
    ['朱戊 望海群 按', '没有看懂'],
    ['朱戊 望海群 填 申请延期：', '请写填什么'],
    ['朱戊 望海群 填 申请延期：理由', '没有看懂“理由”；这样写：栏目=内容'],
    ['朱戊 望海群 按 收到 ［文件 表.xlsx］', '不能带文件'],
    ['朱戊 望海群：收到 ［卡片 T1］', '只有回复、按、填时'],
    ['朱戊 望海群 回复：已改 ［图片 a.jpg］', '文件和文字要分两次发'],
    ['朱戊 望海群：好 ［图片 a.jpg］［图片 b.jpg］', '只能写一个'],
    ['  | 1,市教育局', '要写在以冒号结尾的一步下面'],
    ['吕壬 私聊 发文件 通讯录.csv：', '冒号下面要写表里的各行'],
    ['吕壬 私聊 发图片 灭火器.jpg：', '图片没有表'],
    ['世界 样区 2026-04-20 09:00', '一个文件只写一个世界'],
    ['世界 别处 2026-04-20 09:00', '没有“别处”这个世界'],
    ['  私聊 见 好', '请写明谁的私聊'],
    ['  见', '“见”后面要写文字'],
    ['  沉默 了', '“沉默”后面不写别的'],
    ['  望海群 未写', '前面不写群或人'],
  ])('%s', (bad, why) => {
    const text = ['# 题目', HEAD, '吕壬 私聊：我的', '', bad, '  望海群 见 好'].join('\n');
    expect(() => readPlay(text)).toThrow(new RegExp(`^第 5 行：.*${why.replace(/[.*+?]/g, '\\$&')}`));
  });

  test('all at once, with what stands where it may not', () => {
    const text = ['吕壬 说', '时间 10:00', '  见 好', '朱戊 望海群 敲 门', '  见 好'].join('\n');
    expect(() => readPlay(text)).toThrow(
      /^第 1 行：没有看懂.*\n第 2 行：第一步要写世界.*\n第 3 行：这一步不在哪个群里.*\n第 4 行：没有看懂.*\n第 5 行：这一步不在哪个群里/,
    );
    expect(() => readPlay('')).toThrow(/^第 1 行：第一步要写世界/);
    expect(() => readPlay(`${HEAD} SQLite、Oracle`)).toThrow('没有“Oracle”，有：SQLite、PostgreSQL、Worker');
    expect(() => readPlay(`${HEAD}\n  见 好`)).toThrow('第 2 行：前面还没有一步');
  });
});

test('layout means nothing: indents, blank lines, comments, the width of colons and brackets', () => {
  const [tidy, loose] = [
    `# 收到\n${HEAD}\n朱戊 望海群：收到 ［文件 表.xlsx］\n  见 已收到`,
    `\n# 收到\n${HEAD}  SQLite\r\n\t朱戊  望海群 : 收到 [文件 表.xlsx]\n# 说明\n\n见 已收到\n`,
  ].map((text) => readPlay(text));
  const bare = (play: ReturnType<typeof readPlay> | undefined) =>
    JSON.stringify(play, (key, value) => (key === 'line' ? undefined : value));
  expect(bare(loose)).toBe(bare(tidy));
  expect(tidy?.title).toBe('收到');
});
