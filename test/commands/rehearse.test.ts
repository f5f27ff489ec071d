import { describe } from 'vitest';
import { answers, seats } from './seats.ts';

const { director, supervisor, neighbour, liaison, member, stranger } = seats();

describe('预演 is not for', () => {
  for (const seat of [stranger, liaison, member.in('county')])
    answers(seat, [['预演 下周', '只有管理员、督导员可以用']]);
  answers(supervisor.in('neighbours'), [['预演', '这里不能预演推送']]);
  answers(neighbour.in('county'), [['预演', '这里不能预演推送']]);
});

describe('预演 in other words', () => {
  answers(director, [
    ['明天会发什么消息', '推送预演'],
    ['下周一推送什么', '推送预演'],
  ]);
});

describe('预演 with bad input', () => {
  answers(director.in('county'), [
    ['预演 4月1日', '已经过去'],
    ['预演 4月20日-7月20日', '最多预演 31 天'],
    ['预演 2月30日', '没有“2月30日”这一天'],
    ['预演 下周 三楼', '没有看懂“三楼”'],
    ['预演 取消', '只用来查看'],
  ]);
});
