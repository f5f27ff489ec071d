import { describe } from 'vitest';
import { answers, seats } from './seats.ts';

const { director, stranger } = seats();

describe('我的 is not for', () => {
  answers(stranger, [['我的', '还不知道您是谁，请先发送：我是 姓名']]);
  answers(stranger.in('county'), [['我的', '我是 姓名']]);
  answers(stranger.in('unbound'), [['我的', '本群还没有绑定单位']]);
});

describe('我的 with bad input', () => {
  answers(director, [['我的 新增', '只用来查看']]);
});
