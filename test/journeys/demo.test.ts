import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

interface Ended {
  readonly code: unknown;
  readonly out: string;
  readonly err: string;
}

const DEMO = fileURLToPath(new URL('../../src/homes/demo.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'dudao-demo-test-'));

/** The demo as npm starts it, with a temporary folder of its own to see what it leaves there. */
const playOnce = () =>
  new Promise<Ended>((resolve) => {
    execFile(
      process.execPath,
      [DEMO, '--once'],
      { timeout: 50_000, env: { ...process.env, TMPDIR: folder } },
      (error, out, err) => resolve({ code: error === null ? 0 : (error.code ?? error.signal), out, err }),
    );
  });

describe('npm run demo', () => {
  let ended: Ended;
  beforeAll(async () => {
    ended = await playOnce();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** The messages on the screen: each begins with its time and chat. */
  const shown = () => ended.out.split(/\n(?=\d\d:\d\d {2})/);
  const pushTo = (group: string) =>
    shown().filter((message) => new RegExp(`^08:3[1-8] {2}${group} {2}督导助手\n {4}今日督导`).test(message));
  const answerAfter = (said: string) => {
    const messages = shown();
    return messages[messages.findIndex((message) => message.includes(said)) + 1] ?? '';
  };

  test('ends well, says nothing on stderr and leaves nothing behind', () => {
    expect(ended.err).toBe('');
    expect(ended.code).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('reads the four workbooks and names what is wrong with them', () => {
    for (const table of ['单位通讯录', '督导日程表', '任务分解表', '评估指标自评表'])
      expect(ended.out).toContain(`${table}.xlsx`);
    expect(ended.out).toMatch(/错误 第\d+行：单位“二中”有4个/);
  });

  test.each(['云溪市教育局工作群', '望海区教育工作群', '望海区第一中学工作群'])('pushes once to %s', (group) => {
    const pushes = pushTo(group);
    expect(pushes).toHaveLength(1);
    expect(pushes[0]).toContain('望海区第一中学 · 综合督导');
    expect(pushes[0]).toContain('截止提醒');
  });

  test('withholds where the unannounced visit goes until it begins', () => {
    const [bureau] = pushTo('云溪市教育局工作群');
    const [county] = pushTo('望海区教育工作群');
    expect(bureau).toContain('督导对象到时公布 · 随机督导');
    expect(county).not.toContain('随机督导');
    expect(bureau).not.toContain('校园食品安全');
    expect(answerAfter('@督导助手 日程 今天')).toContain('望海区实验小学 · 随机督导');
  });

  test('mentions inspectors and responsible people in pushes, and nobody in answers', () => {
    const [county = ''] = pushTo('望海区教育工作群');
    expect(county).toContain('组长：@方甲');
    expect(county).toContain('责任人：@冯癸');
    // 曹丙 is on no account that the bot knows.
    expect(county).toContain('、曹丙');
    expect(answerAfter('@督导助手 截止 本周')).toContain('责任人：冯癸');
  });

  test('answers what officials ask', () => {
    expect(answerAfter('@督导助手 日程 明天')).toContain('共 2 项督导安排');
    expect(answerAfter('@督导助手 一中什么时候督导')).toContain('“一中”有 4 个单位');
    expect(answerAfter('@督导助手 清单 YZ-1.4')).toContain('小学 4.35（未达标）');
    expect(answerAfter('@督导助手 我是 望海区实验小学 吕壬')).toContain('等待确认');
  });

  test('puts what is due before the rest of the week, where the card mentions people', () => {
    const [bureau = ''] = pushTo('云溪市教育局工作群');
    expect(bureau).toMatch(/今日督导 · 截止提醒 · 本周督导/);
    expect(bureau).toContain('今天截止 望海区第一中学教学楼扩建工程竣工验收');
  });

  test('tells the administrator one line for each coming push', () => {
    expect(ended.out).toContain('4月21日（周二） 08:30 望海区教育工作群　今日日程、截止提醒、倒计时\n');
  });

  test('turns a page of a card', () => {
    expect(ended.out).toContain('（卡片已更新）');
    expect(ended.out).toMatch(/第 2\/\d 页/);
  });

  test('a notice is confirmed, and the rest are named', () => {
    expect(ended.out).toMatch(/卡片已更新）\n {4}通知 1[\s\S]*?已收到 1 人/);
    expect(answerAfter('@督导助手 谁没收到')).toMatch(/已收到 1\/3[\s\S]*钱壬/);
  });

  test('a problem goes from the finding to 销号, and is counted', () => {
    expect(answerAfter('@督导助手 整改 W1 销号')).toContain('问题 W1');
    expect(ended.out).toContain('问题 W1 · 已销号');
    expect(ended.out).toContain('应整改：1 项\n    已销号：1 项，完成率 100%');
  });
});
