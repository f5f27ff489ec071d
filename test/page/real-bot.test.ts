import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { demonstration } from '../support/demonstration.ts';
import { card, inBrowser, openPage, say } from './stage.ts';

const WORKBOOK = new URL('../fixtures/workbooks/01-督导日程表.xlsx', import.meta.url);

inBrowser('in the demonstration one asks, turns a page of the answer, and sees tomorrow’s push', async () => {
  const demo = await demonstration();
  onTestFinished(demo.close);
  const page = await openPage(demo.url);
  await page.locator('.chat', { hasText: '望海区教育工作群' }).click();
  const cards = page.locator('section.card');
  const before = await cards.count();
  await say(page, '@督导助手 清单 优质均衡');
  await expect.poll(() => cards.count()).toBe(before + 1);
  await cards
    .last()
    .getByText(/第 1\/\d 页/)
    .waitFor();
  await cards.last().getByRole('button', { name: '下一页' }).click();
  await cards
    .last()
    .getByText(/第 2\/\d 页/)
    .waitFor();
  const pushes = card(page, '今日督导');
  const pushed = await pushes.count();
  await page.getByRole('button', { name: '到下一个 08:30' }).click();
  await page.locator('#day', { hasText: '2026年4月21日 周二' }).waitFor();
  await page.getByRole('button', { name: '+10 分钟' }).click();
  await expect.poll(() => pushes.count()).toBe(pushed + 1);
  expect(await page.locator('.chat .unread').count()).toBeGreaterThan(0);
});

inBrowser('the administrator brings a workbook by the page, sees the preview and confirms it', async () => {
  const demo = await demonstration();
  onTestFinished(demo.close);
  const page = await openPage(demo.url);
  await page.locator('#who').selectOption({ label: '吕壬　市督导室主任' });
  await page.locator('.chat', { hasText: '机器人' }).click();
  await page.locator('#file').setInputFiles(fileURLToPath(WORKBOOK));
  const newest = page.locator('section.card').last();
  await newest.getByText('导入预览').first().waitFor();
  await newest.getByRole('button', { name: '确认导入' }).click();
  await page.locator('section.card').last().getByText('导入成功').first().waitFor();
});

inBrowser(
  'a rule is made by a form; what the bot refuses is said beside it, and nothing that was filled in is lost',
  async () => {
    const demo = await demonstration();
    onTestFinished(demo.close);
    const page = await openPage(demo.url);
    await page.locator('#who').selectOption({ label: '吕壬　市督导室主任' });
    await page.locator('.chat', { hasText: '机器人' }).click();
    await say(page, '提醒 新增');
    const form = page.locator('section.card').last();
    await form.getByText('发到哪些群').first().waitFor();
    await form.getByLabel('选择哪些天发').selectOption('每两周');
    await form.getByLabel('选择几点').fill('09:40');
    await form.getByText('选择群').click();
    await form.getByLabel('望海区教育工作群').check();
    await form.getByRole('button', { name: '新增提醒' }).click();
    await page.getByText('请写明每周哪一天').waitFor();
    expect(await form.getByLabel('选择几点').inputValue()).toBe('09:40');
    await form.getByText('选择周几').click();
    await form.getByLabel('周三').check();
    await form.getByRole('button', { name: '新增提醒' }).click();
    await form.getByText('每两周周三').first().waitFor();
  },
);
