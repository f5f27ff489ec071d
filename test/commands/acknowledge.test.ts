import { beforeEach, describe, expect, test } from 'vitest';
import { answers, seats } from './seats.ts';

const { director, member, outsider, stranger } = seats();
const county = member.in('county');

describe('收到 where nothing waits', () => {
  answers(county, [
    ['收到', '本群最近没有要确认的通知'],
    ['收到 99', '没有编号为 99 的通知'],
    ['收到 4月20日', '没有要您确认的推送'],
  ]);
  answers(stranger, [['收到', '您没有要确认的通知']]);
});

describe('收到 of a notice', () => {
  beforeEach(async () => {
    await director.in('county').order('通知 报送校车台账');
  });

  answers(outsider, [['收到 1', '不在通知 1 的接收名单里']]);
  answers(county, [
    ['收到 999', '没有编号为 999 的通知'],
    ['收到 W1', '整改 W1 签收'],
    ['收到请回复', '没有看懂“请回复”'],
    ['收到 参会人数 3', '没有看懂“参会人数 3”'],
    ['收到一中的报告了没有', '没有看懂'],
    ['收到 三楼 1', '没有看懂“三楼 1”'],
    ['收到 1 4月20日', '没有看懂“1 4月20日”'],
    ['收到了吗？', '没有确认：这是在问', '谁没收到'],
    ['收到没有', '没有看懂“没有”'],
    [`收到 ${'长'.repeat(2_000)}`, '写得太长了', '最多 200 字'],
  ]);

  test.each([
    '收到',
    '收到了',
    '收到，马上落实',
    '收到 1，谢谢',
    '收到通知1，我校按要求办理',
    '收到，好的，立即传达',
    '收到 第1号',
  ])('is said by “%s”', async (line) => {
    expect(await county.order(line)).toContain('您收到了通知 1');
  });

  test.each([
    ['收到，谢谢领导', '谢谢领导'],
    ['收到，由副主任李某代参加', '由副主任李某代参加'],
    ['好的，收到', ''],
    ['我校已收到，由副校长参会', '由副校长参会'],
    ['收到 1 参会 3 人', '参会 3 人'],
    ['收到 1，5月6日前报', '5月6日前报'],
  ])('“%s” confirms, and whoever sent it reads “%s”', async (line, words) => {
    expect(await county.order(line)).toContain('您收到了通知 1');
    const card = await director.in('county').say('通知 1');
    if (words === '') expect(card).not.toContain('回话');
    else expect(card).toContain(`回话：陈甲：${words}`);
  });

  test('is asked with buttons that keep the words, where several wait', async () => {
    await director.in('county').order('通知 报送食堂台账');
    expect(await county.say('好的，收到，由副主任参加')).toMatch(/您有 2 条通知没有确认.*【收到 2】.*【收到 1】/s);
    expect(await county.order('收到 2 由副主任参加')).toContain('您说的话一并记下：由副主任参加');
  });

  test('counts once', async () => {
    expect(await county.order('收到')).toContain('您收到了通知 1');
    expect(await county.say('收到')).toContain('已经确认过');
    expect(await county.say('收到 1')).toContain('已经确认过');
  });

  test('asks which one where several wait', async () => {
    await director.in('county').order('通知 报送食堂台账');
    expect(await county.say('收到')).toMatch(/您有 2 条通知没有确认.*请写编号.*【收到 2】/s);
  });

  test('in the direct chat the open ones are named too, before the members of the group were asked for', async () => {
    await director.in('county').order('通知 报送食堂台账');
    await director.in('county').order('通知 报送校服台账');
    await county.order('收到 1');
    const answer = await member.say('收到');
    for (const word of ['您有 2 条通知没有确认', '【收到 3】', '【收到 2】']) expect(answer).toContain(word);
    expect(await member.order('收到 2')).toContain('您收到了通知 2');
    expect(await member.order('收到')).toContain('您收到了通知 3');
    expect(await member.say('收到')).toContain('您没有要确认的通知');
    expect(await director.in('county').say('通知 3')).toContain('已收到 1 人');
  });

  test('in the direct chat of somebody who was never in that group nothing waits', async () => {
    expect(await outsider.say('收到')).toContain('您没有要确认的通知');
  });
});
