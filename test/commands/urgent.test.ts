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
  test('outside the quiet hours changes nothing, within them it lifts them until their end', async () => {
    expect(await director.say('紧急 台风红色预警，明日督导取消')).toContain('现在推送照常发出，不需要解除');
    to(moment('2026-04-20', '23:00'));
    expect(await director.order('紧急 台风红色预警，明日督导取消')).toContain('免打扰已解除到');
    expect(await director.say('紧急 台风红色预警，明日督导取消')).toContain('不需要解除');
  });
});
