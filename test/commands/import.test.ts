import { describe, expect, test } from 'vitest';
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
    ['导入 取消', '请写上预览里的8位代码'],
    ['撤销导入', '将撤销', '导入 撤销'],
    ['导入 撤销 确认', '将撤销', '导入 撤销'],
  ]);
});

describe('导入 with bad input', () => {
  answers(director, [
    ['导入 确认 K7QM3XPA', '本聊天里没有等待确认的“K7QM3XPA”'],
    ['导入 撤销 K7QM3XPA', '只能撤销最近一次导入'],
    ['导入 确认 K7QM3XPA 三楼', '没有执行。没看懂“三楼”'],
    ['导入 放弃 K7QM3XPA K7QM3XPB', '没有执行。没看懂“K7QM3XPB”'],
    ['导入 撤销 全部', '没有执行。没看懂“全部”'],
    ['导入 三楼', '没用上“三楼”', '直接发给我'],
  ]);
});

test.each(['导入', '怎么导入日程', '导入表格', '上传', '导入 任务', '如何上传通讯录文件'])(
  '“%s” is a question without a word too many',
  async (line) => {
    expect(await director.say(line)).toMatch(/^(?!.*没用上).*直接发给我/s);
  },
);
