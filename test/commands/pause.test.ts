import { describe, expect, test } from 'vitest';
import { answers, seats } from './seats.ts';

const { director, supervisor, neighbour, liaison, member, stranger } = seats();

describe('全部暂停 is not for', () => {
  for (const seat of [stranger, liaison, supervisor, member.in('county')])
    answers(seat, [
      ['全部暂停', '只有管理员可以用，请联系管理员'],
      ['全部恢复', '只有管理员可以用'],
    ]);
  answers(neighbour, [['全部暂停', '只有管理全部单位的管理员可以用']]);
});

describe('全部暂停', () => {
  answers(director, [
    ['全部恢复', '推送没有暂停'],
    ['全部暂停 望海区', '没有执行。没看懂“望海区”'],
    ['全部暂停 到明天', '没有执行', '到明天'],
    ['全部恢复 日程', '没有执行', '日程'],
  ]);

  test('is said once', async () => {
    await director.order('全部暂停');
    expect(await director.say('全部暂停')).toContain('已经暂停');
    await director.order('全部恢复');
    expect(await director.say('全部恢复')).toContain('推送没有暂停');
  });
});
