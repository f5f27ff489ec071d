import { mkdtempSync, openSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { cardOf } from './sample-cards.ts';
import { card, inBrowser, say, stage } from './stage.ts';

const WORKBOOK = new URL('../fixtures/workbooks/01-督导日程表.xlsx', import.meta.url).pathname;

/** A file of that many bytes that takes no room. */
function fileOf(bytes: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'dudao-page-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, '材料.xlsx');
  openSync(path, 'w');
  truncateSync(path, bytes);
  return path;
}

inBrowser('a workbook is sent as a file', async () => {
  const { page, bot, lark, chatId } = await stage({});
  await page.locator('.chat', { hasText: '督导助手' }).last().click();
  await page.locator('#file').setInputFiles(decodeURIComponent(WORKBOOK));
  await page.locator('.bubble.file', { hasText: '01-督导日程表.xlsx' }).waitFor();
  await expect.poll(() => bot.heard.map(({ fileName }) => fileName)).toEqual(['01-督导日程表.xlsx']);
  expect(lark.control.messages(chatId)).toEqual([]);
});

inBrowser('a file of 200 MB is refused with its size and the limit, and the page goes on', async () => {
  const { page, lark, chatId } = await stage();
  await page.locator('#file').setInputFiles(fileOf(200 * 1024 * 1024));
  await page.getByText('“材料.xlsx”有 200 MB，超过 30 MB 的上限，没有发送').waitFor();
  expect(lark.control.messages(chatId)).toEqual([]);
  await say(page, '@督导助手 截止');
  await card(page, '截止提醒').waitFor();
});

inBrowser('an empty file is refused', async () => {
  const { page } = await stage();
  await page.locator('#file').setInputFiles(fileOf(0));
  await page.getByText('“材料.xlsx”是空文件').waitFor();
});

inBrowser('100 KB of text is sent whole and shown folded', async () => {
  const { page, bot } = await stage();
  const text = `@督导助手 ${'督'.repeat(34_000)}`;
  await say(page, text);
  await page.getByRole('button', { name: /展开全文（34\d{3} 字）/ }).waitFor();
  await card(page, '截止提醒').waitFor();
  expect(bot.heard[0]?.text).toHaveLength('@_user_1 '.length + 34_000);
  await page.getByRole('button', { name: /展开全文/ }).click();
  expect(await page.locator('.mine .bubble').textContent()).toBe(text);
});

inBrowser('more than Lark takes is refused and stays in the box', async () => {
  const { page, lark, chatId } = await stage();
  const text = '督'.repeat(60_000);
  await say(page, text);
  await page.getByText('这段文字有 176 KB，超过一条消息的上限 150 KB').waitFor();
  expect(await page.getByRole('textbox', { name: '输入消息' }).inputValue()).toBe(text);
  expect(lark.control.messages(chatId)).toEqual([]);
});

inBrowser('emoji, right-to-left text and markup are shown as text', async () => {
  const { page } = await stage();
  const text = '👩‍🏫🎉 مرحبا بالعالم <img src=x onerror=alert(1)> </script> {{x}}';
  await say(page, text);
  await page.locator('.mine .bubble').waitFor();
  expect(await page.locator('.mine .bubble').textContent()).toBe(text);
  expect(await page.locator('.bubble img').count()).toBe(0);
});

inBrowser('a card of 31 KB is refused with its code, which the page says and the wire keeps', async () => {
  const { page, bot, chatId } = await stage();
  const code = await bot.send(chatId, cardOf({ title: '太大' }, { tag: 'markdown', content: 'x'.repeat(31 * 1024) }));
  expect(code).toBe(230025);
  await page.getByText('平台拒绝了机器人的一次调用：230025 内容超过长度上限').waitFor();
  await page.getByRole('button', { name: '幕后' }).click();
  await page.locator('.entry.bad', { hasText: '400 · 230025 内容超过长度上限' }).waitFor();
});

inBrowser('a card with an unknown tag is refused with the reason', async () => {
  const { page, bot, chatId } = await stage();
  expect(await bot.send(chatId, cardOf({ title: '坏' }, { tag: 'hologram' }))).toBe(230099);
  await page.getByRole('button', { name: '幕后' }).click();
  await page.locator('.entry.bad .why', { hasText: '200621' }).waitFor();
});

inBrowser('more than the control side takes is refused', async () => {
  const { lark } = await stage();
  const path = fileOf(0);
  writeFileSync(path, Buffer.alloc(1));
  const body = JSON.stringify({ chatId: 'x', openId: 'y', text: 'x'.repeat(45 * 1024 * 1024) });
  const answer = await fetch(`${lark.url}/control/say`, { method: 'POST', body });
  expect(answer.status).toBe(413);
});
