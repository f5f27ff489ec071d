import { describe, expect, test } from 'vitest';
import { issueClaim } from '../../src/features/people/claim.ts';
import { randomIds } from '../../src/homes/ids.ts';
import { answers, seats } from './seats.ts';

const { stranger, member, store } = seats();

describe('认领', () => {
  for (const seat of [stranger, member.in('county')])
    answers(seat, [
      ['认领', '请写上认领码', '部署人员'],
      ['认领 K7QM-3XPA', '认领码不对，或已经用过', '部署人员'],
      ['认领码：K7QM-3XPA', '认领码不对，或已经用过'],
      ['认领 K7QM 3XPA', '认领码不对，或已经用过'],
      ['认领 K7QM-3XPA 三楼', '没有执行。没看懂“三楼”'],
      [`认领 ${'9'.repeat(2_000)}`, '请写上认领码', '没看懂“9999'],
    ]);

  test('works once', async () => {
    const code = await issueClaim(store(), randomIds);
    expect(await stranger.order(`认领 ${code}`)).toContain('您已成为管理员');
    expect(await member.say(`认领 ${code}`)).toContain('已经用过');
  });
});
