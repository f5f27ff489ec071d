import { describe, expect, test } from 'vitest';
import { withCalendar } from '../../src/app/calendars.ts';
import { CONTENT_KEYS, contentWord } from '../../src/domain/reminders/contents.ts';
import { pushCard } from '../../src/features/reminders/push.ts';
import { readerText } from '../cards/reader-text.ts';
import { coreAt } from './ask.ts';
import { chatOf, moment } from './district.ts';
import { answers, seats } from './seats.ts';

const { director, member, outsider, stranger, store, to } = seats();
const county = member.in('county');

describe('今日推送 is not for', () => {
  answers(stranger, [['今日推送', '还不知道您是谁，请先发送：我是 姓名']]);
  answers(stranger.in('unbound'), [['早报', '本群还没有绑定单位']]);
  answers(county, [['早报 临江区', '这里不能查看“临江区人民政府”']]);
  answers(outsider, [['今日推送 望海区', '这里不能查看“望海区人民政府”']]);
});

describe('今日推送 with bad input', () => {
  answers(county, [
    ['今日推送 天气', '没有“天气”这种推送', '可以看：今日日程、截止提醒'],
    ['早报 火星区', '没有找到单位“火星区”'],
  ]);
});

/** Lines of a card but those about asking for it. */
const bodyOf = (text: string): readonly string[] =>
  text.split('\n').filter((each) => !/^(?:消息列表|按【|查询|页脚)/.test(each) && each.trim() !== '');

describe('whatever is pushed can be asked for, with the same content', () => {
  // A Monday that is the first working day of its month, with a deadline, a program's milestone and nothing reported.
  const when = moment('2026-06-01', '09:00');
  test.each(CONTENT_KEYS.map((content) => [contentWord(content), content] as const))('%s', async (word, content) => {
    await director.order('任务 新增 报送防汛台账 牵头 望海区教育局 截止 6月2日');
    await director.order('专项 节点 望海区 两项督导 市级核查 6月9日');
    await director.order('日程 新增 2026年6月1日 下午 望海区第一中学 专项督导 组长 韩丙');
    await director.order('日程 新增 2026年6月3日 下午 望海区第一中学 专项督导 组长 韩丙');
    await director.order('日程 新增 2026年6月10日 下午 望海区第一中学 专项督导 组长 韩丙');
    to(when);
    const core = await withCalendar(coreAt({ store: store(), now: when }));
    const group = await store().group(chatOf('member', 'county'));
    if (!group) throw new Error('no group');
    const pushed = await pushCard(core, {
      group,
      contents: [content],
      mentions: new Map([[content, 'nobody']]),
      nominalAt: moment('2026-06-01', '08:30'),
      now: when,
      seenAt: when,
      late: false,
      settings: [],
    });
    expect(pushed, word).toBeDefined();
    const body = bodyOf(pushed ? readerText(pushed.doc) : '');
    expect(body.length).toBeGreaterThan(2);
    expect(bodyOf(await county.say(`今日推送 ${word}`))).toEqual(body);
    expect(bodyOf(await director.say(`早报 望海区 ${word}`))).toEqual(body);
    expect(bodyOf(await member.say(`今日推送 ${word}`)).join('\n')).not.toContain('没有“');
  });

  test('all of a day’s contents, or that there are none', async () => {
    to(when);
    const all = await county.say('今日推送');
    for (const line of ['早报', '今日早报', '今天的推送'])
      expect(bodyOf(await county.say(line)), line).toEqual(bodyOf(all));
    expect(all).toContain('截止提醒');
    await director.order('角色 授予 领导 临江区教育局 陈甲 望海区');
    expect(await outsider.say('今日推送')).toMatch(/您看得到几个单位，请写上单位，例如：今日推送 /);
  });
});
