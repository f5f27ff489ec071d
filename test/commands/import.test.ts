import { describe } from 'vitest';
import { answers, seats } from './seats.ts';

const { director, supervisor, neighbour, liaison, member, stranger } = seats();

describe('导入 is not for', () => {
  for (const seat of [stranger, liaison, supervisor, member.in('county')])
    answers(seat, [
      ['导入', '只有管理员可以用'],
      ['导入 撤销', '只有管理员可以用'],
      ['导入 确认 K7QM3XPA', '只有管理员可以用'],
    ]);
  answers(neighbour, [['导入 撤销', '只有管理全部单位的管理员可以用']]);
  answers(director.in('county'), [['导入 撤销', '请在单聊里发送：导入 撤销']]);
});

describe('导入 that is half said', () => {
  answers(director, [
    ['导入', '直接发给我'],
    ['导入 确认', '请写上预览里的8位代码'],
    ['导入 放弃', '请写上预览里的8位代码'],
    ['撤销导入', '将撤销', '导入 撤销'],
  ]);
});

describe('导入 with bad input', () => {
  answers(director, [
    ['导入 确认 K7QM3XPA', '本聊天里没有等待确认的“K7QM3XPA”'],
    ['导入 撤销 K7QM3XPA', '只能撤销最近一次导入'],
  ]);
});
