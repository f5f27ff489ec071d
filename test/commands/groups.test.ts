import { describe, expect, test } from 'vitest';
import { answers, seats } from './seats.ts';

const { director, supervisor, liaison, member, stranger } = seats();

describe('工作群 is not for', () => {
  for (const seat of [stranger, member, liaison, supervisor, member.in('county')])
    answers(seat, [
      ['工作群', '“工作群”只有管理员可以用，请联系管理员'],
      ['工作群 重发', '只有管理员可以用'],
    ]);
});

describe('工作群 with bad input', () => {
  answers(director, [
    ['工作群 重发', '没有未送达的消息'],
    ['工作群 重发 3F9A2C', '没有编号为“3F9A2C”的未送达消息'],
    ['工作群 重发 全部', '没有等您决定是否补发的消息'],
    ['工作群 不发 全部', '没有等您决定是否补发的消息'],
    ['工作群 不发', '请写“全部”'],
    ['工作群 不发 全部 三楼', '没有执行。没看懂“三楼”'],
    ['工作群 重发 3F9A2C 三楼', '没有执行。没看懂“三楼”'],
    ['工作群 三楼', '没用上“三楼”'],
    ['工作群 三楼 重发', '没有执行。没看懂“三楼 重发”'],
    ['工作群 静音', '停发一个群的提醒：提醒 停用 编号'],
    ['工作群 解绑 望海区工作群', '换绑单位'],
    ['哪些群没绑定', '还没绑定的群'],
  ]);
});

test.each(['工作群', '你在哪些群里', '哪些群没绑定', '未绑定的群', '工作群列表'])(
  '“%s” is a question without a word too many',
  async (line) => {
    expect(await director.say(line)).not.toContain('没用上');
  },
);

test('a group reads of itself and of those below it', async () => {
  expect(await director.in('county').say('工作群')).toMatch(
    /^(?!.*(?:临江区工作群|市局工作群|还没绑定的群)).*望海区工作群.*望海一中群/s,
  );
  expect(await director.in('unbound').say('工作群')).toMatch(/^(?!.*望海).*还没绑定的群/s);
  expect(await director.say('工作群')).toMatch(/临江区工作群.*市局工作群/s);
});
