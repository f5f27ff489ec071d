import { describe, expect, test } from 'vitest';
import { moment } from './district.ts';
import { answers, seats } from './seats.ts';

const { director, supervisor, neighbour, member, stranger, to } = seats();

describe('紧急 is not for', () => {
  for (const seat of [stranger, supervisor, member.in('county')])
    answers(seat, [['紧急 台风红色预警，明日督导取消', '只有管理员可以用']]);
  answers(neighbour, [['紧急 台风红色预警，明日督导取消', '只有管理全部单位的管理员可以用']]);
});

describe('紧急 that is half said', () => {
  answers(director, [
    ['紧急', '请写明紧急的原因'],
    ['紧急 急', '请写明紧急的原因'],
    ['紧急 原因：', '请写明紧急的原因'],
  ]);
});

describe('紧急', () => {
  const atNight = () => to(moment('2026-04-20', '23:00'));

  test('outside the quiet hours changes nothing, within them it lifts them until their end or until it is ended', async () => {
    const day = await director.say('紧急 台风红色预警，明日督导取消');
    expect(day).toContain('没有发出任何消息。现在推送照常发出，不需要解除');
    expect(day).toContain('只在免打扰时段里用');
    atNight();
    expect(await director.say('紧急 结束')).toContain('不用结束');
    expect(await director.order('紧急 台风红色预警，明日督导取消')).toContain('免打扰已解除到');
    const again = await director.say('紧急 台风红色预警，明日督导取消');
    expect(again).toContain('不需要解除：全部群的免打扰已经解除到4月21日（周二） 07:00');
    expect(await director.in('county').say('紧急 取消')).toContain('请在单聊里发送：紧急 结束');
    expect(await director.order('结束紧急')).toContain('全部群的免打扰恢复');
    expect(await director.say('紧急 结束')).toContain('不用结束');
    expect(await director.order('紧急 台风红色预警')).toContain('免打扰已解除到');
  });

  test('of one group is ended in it, or in the direct chat with all', async () => {
    atNight();
    const county = director.in('county');
    for (const seat of [county, director]) {
      expect(await county.order('紧急 台风红色预警')).toContain('本群的免打扰已解除到');
      expect(await seat.order('紧急 停止')).toContain('免打扰恢复');
      expect(await county.say('紧急 停止')).toContain('不用结束');
    }
  });

  test.each([
    ['紧急 台风红色预警 到23点30分', '到23点30分'],
    ['紧急 台风红色预警，到明天8点', '到明天8点'],
    ['紧急 台风红色预警 截止 明早6点', '截止 明早6点'],
    ['紧急 台风红色预警 2小时', '2小时'],
    ['紧急 望海区 台风红色预警', '望海区'],
    ['紧急 台风红色预警，只发望海区', '望海区'],
    ['紧急 望海区工作群：台风红色预警', '望海区工作群'],
  ])('“%s” is asked about: it would be obeyed by nobody', async (line, said) => {
    atNight();
    const answer = await director.say(line);
    expect(answer).toContain('免打扰没有解除');
    expect(answer).toContain(`“${said}”`);
  });

  test.each([
    '紧急 台风预计明天到，明日督导取消',
    '紧急 到明天凌晨都有暴雨',
    '紧急 望海区台风红色预警',
    '紧急 原因 望海区 台风红色预警 到明天8点',
    '紧急 取消明日督导',
  ])('“%s” is a reason', async (line) => {
    atNight();
    expect(await director.order(line)).toContain('免打扰已解除到');
  });

  test.each(['紧急 结束 望海区', '紧急 望海区 结束', '紧急 停止 明日督导'])('“%s” lifts nothing', async (line) => {
    atNight();
    expect(await director.say(line)).toMatch(/没有?看懂/);
  });

  test('says that all is paused, and lifts nothing', async () => {
    await director.order('全部暂停');
    for (const night of [false, true]) {
      if (night) atNight();
      const answer = await director.say('紧急 台风红色预警');
      expect(answer).toContain('现在是全部暂停');
      expect(answer).toContain('全部恢复');
    }
  });

  test('with a notice keeps its lines', async () => {
    expect(await director.order('紧急 通知 望海区：今天停课\n联系人：吕壬')).toContain('通知 1 已发到');
    expect(await director.in('county').say('通知 1')).toMatch(/今天停课\s+联系人：吕壬/);
  });
});
