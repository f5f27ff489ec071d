import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { answers, seats } from './seats.ts';

/** An invented arrangement in the wording of the real ones. */
const NOTICE = readFileSync(new URL('../fixtures/notices/2027.txt', import.meta.url), 'utf8');

const { director, supervisor, neighbour, member, stranger } = seats();

describe('节假日 is not changed by', () => {
  for (const seat of [stranger, member.in('county'), supervisor])
    answers(seat, [
      ['节假日 2027-02-14 班', '只有管理员可以更改节假日'],
      ['节假日 取消 2027-02-14', '只有管理员可以更改节假日'],
      ['节假日 确认 1 2027 班20270214', '只有管理员可以更改节假日'],
      [NOTICE, '只有管理员可以更改节假日'],
    ]);
  answers(neighbour, [['节假日 2027-02-14 班', '管理全部单位的管理员才可以更改节假日']]);
});

describe('节假日 that is half said', () => {
  answers(director, [
    ['节假日 取消', '请写上日期'],
    ['节假日 班', '请写明日期'],
    ['节假日 确认 1 2027', '不完整'],
    ['录入2027年放假安排', '粘贴在一条消息里'],
  ]);
});

describe('节假日 with bad input', () => {
  answers(director, [
    ['节假日 2027-02-30 班', '没有“2027-02-30”这样的日期'],
    ['节假日 2027-02-12 至 2027-02-05 休', '写反了'],
    ['节假日 2027-03-01 休，2027-03-01 班', '既写了休又写了班'],
    ['节假日 2019-05-01 休', '2019年已经过去'],
    ['节假日 2035-05-01 休', '2035年还太远'],
    ['节假日 2027-07-01 至 2027-08-31 休', '一次最多 31 天'],
    ['节假日 2026-01-01 至 2026-12-31 休', '太长了'],
    ['节假日 取消 2027-07-14', '没有录入过'],
    ['节假日 取消 2027-07-14 三楼', '没有执行。没看懂“三楼”'],
    ['节假日 取消 2027-07-14、2027-07-15', '一次只能取消一段日子'],
    ['节假日 三楼 10月10日', '没用上“三楼”', '调休工作日，要上班'],
    ['10月10日补班吗', '调休工作日，要上班'],
    ['哪天补班', '2026年节假日'],
    ['节假日 随便', '没有看懂“随便”'],
    ['节假日 2027-02-14 班 随便', '没有看懂“随便”'],
    ['节假日 2027 一、元旦：1月1日（周六）放假。', '是周五，不是通知里写的周六'],
    ['节假日 1990', '没有 1990年的节假日资料'],
    ['节假日 2026-05-01 休', '没有变化'],
  ]);
});

test.each([
  '10月8日上班吗',
  '10月10日要不要上班',
  '国庆节放几天假',
  '明天是工作日吗',
  '5月9日要上班',
  '今年春节放假通知',
  '2027年放假安排',
  '国庆放几天',
  '10月8日是不是工作日',
  '明天放假吗',
  '五一放不放假',
  '哪天补班',
  '节假日 明年',
  '下周六要上班吗',
])('“%s” is a question without a word too many', async (line) => {
  expect(await director.say(line)).not.toMatch(/没用上|没有看懂/);
});
