import { describe, expect, test } from 'vitest';
import { answers, seats } from './seats.ts';

const { director, member, stranger } = seats();

describe('状态', () => {
  answers(stranger, [['状态', '还不知道您是谁，请先发送：我是 姓名']]);
  answers(stranger.in('unbound'), [['状态', '本群还没有绑定单位']]);
  answers(director, [['状态 修改', '只用来查看']]);

  test('of a group names no other group', async () => {
    expect(await member.in('county').say('状态')).not.toContain('市局工作群');
    expect(await director.in('county').say('状态')).not.toContain('市局工作群');
  });
});
