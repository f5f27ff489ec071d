import { describe } from 'vitest';
import { answers, seats } from './seats.ts';

const { director, member, stranger } = seats();

describe('清单 is not for', () => {
  answers(stranger, [['清单', '还不知道您是谁，请先发送：我是 姓名']]);
  answers(stranger.in('unbound'), [['清单', '本群还没有绑定单位']]);
  answers(member.in('county'), [['清单 临江区 未达标', '只能查看本单位']]);
});

describe('清单 with bad input', () => {
  answers(director, [
    ['清单 YZ-99.99', '没有找到“YZ-99.99”', '发送“清单”看有哪些细则'],
    ['清单 天外飞仙', '没有找到“天外飞仙”'],
    ['清单 火星区 未达标', '没有找到单位“火星区”'],
    ['清单 优质均衡 天外飞仙', '没有找到'],
    ['清单 新增 一项指标', '只用来查看'],
  ]);
});
