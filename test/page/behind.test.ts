import { expect } from 'vitest';
import { cardOf } from './sample-cards.ts';
import { card, inBrowser, say, stage } from './stage.ts';

inBrowser(
  'the clock is turned by ten minutes, by a day, and to the next 08:30, and what is due then arrives',
  async () => {
    const { page, time, bot, chatId } = await stage();
    const morning = Date.UTC(2026, 10, 23, 0, 30);
    void time.until(morning).then(() => bot.send(chatId, cardOf({ title: '今日督导' })));
    await page.getByRole('button', { name: '+10 分钟' }).click();
    await page.locator('#time', { hasText: '08:10:00' }).waitFor();
    expect(await card(page, '今日督导').count()).toBe(0);
    await page.getByRole('button', { name: '到下一个 08:30' }).click();
    await card(page, '今日督导').waitFor();
    expect(time.now()).toBe(morning);
    await page.locator('#day', { hasText: '2026年11月23日 周一' }).waitFor();
    await page.getByRole('button', { name: '到下一个 08:30' }).click();
    await page.locator('#day', { hasText: '2026年11月24日 周二' }).waitFor();
    await page.getByRole('button', { name: '+1 天' }).click();
    await page.locator('#day', { hasText: '2026年11月25日 周三' }).waitFor();
  },
);

inBrowser('fast play runs until it is stopped', async () => {
  const { page, time } = await stage();
  const hour = time.now() + 3_600_000;
  await page.getByRole('button', { name: '快放' }).click();
  await page.getByText('每秒 10 分钟').waitFor();
  await time.until(hour);
  await page.getByRole('button', { name: '停止快放' }).click();
  await page.getByRole('button', { name: '快放', exact: true }).waitFor();
  expect(time.now()).toBeGreaterThanOrEqual(hour);
});

inBrowser('the wire shows each call and event with its status, the newest first', async () => {
  const { page } = await stage();
  await say(page, '@督导助手 截止');
  await card(page, '截止提醒').waitFor();
  await page.getByRole('button', { name: '幕后' }).click();
  const rows = page.getByRole('tabpanel', { name: '通信' }).locator('.entry');
  await expect.poll(() => rows.first().textContent()).toMatch(/08:00:00机器人调用.*POST \/im\/v1\/messages.*200/);
  expect((await rows.allTextContents()).some((row) => /推送事件.*im\.message\.receive_v1.*200/.test(row))).toBe(true);
});

inBrowser('a fault that is switched on strikes the bot and can be lifted', async () => {
  const { page, bot, chatId, lark } = await stage();
  await page.getByRole('button', { name: '幕后' }).click();
  await page.getByRole('tab', { name: '故障' }).click();
  await page.getByLabel('几次').fill('3');
  await page.getByRole('button', { name: '限流 429' }).click();
  await page.getByText('限流 429，命中 0/3 次').waitFor();
  expect(await bot.send(chatId, cardOf({ title: '发不出' }))).toBe(99991400);
  await page.getByText('限流 429，命中 1/3 次').waitFor();
  await page.getByRole('tab', { name: '通信' }).click();
  await page.locator('.entry.bad', { hasText: '429 · 99991400 调用太频繁' }).getByText('人为打开的故障').waitFor();
  await page.getByRole('tab', { name: '故障' }).click();
  await page.getByRole('button', { name: '解除' }).click();
  await page.getByText('已结束').waitFor();
  expect(await bot.send(chatId, cardOf({ title: '发出去了' }))).toBe(0);
  await card(page, '发出去了').waitFor();
  for (const name of ['错误 500', '慢 5 秒', '断线']) await page.getByRole('button', { name }).click();
  await expect
    .poll(() => lark.control.faults().map(({ order }) => order.kind))
    .toEqual(['429', 'status', 'delay', 'reset']);
});

inBrowser('the outbox is shown as the bot tells it', async () => {
  const { page, lark, chatId } = await stage();
  const kept = [{ key: 'k', chatId, reason: '机器人不在群里', at: Date.UTC(2026, 10, 23, 0, 0) }];
  lark.showOutbox(async () => ({ waiting: 2, sending: 1, kept }));
  await page.getByRole('button', { name: '幕后' }).click();
  await page.getByRole('tab', { name: '发件箱' }).click();
  await page.getByText('等待 2 条，其中正在发送 1 条').waitFor();
  const row = page.getByRole('tabpanel', { name: '发件箱' }).locator('.entry');
  expect(await row.textContent()).toMatch(/11月23日 08:00:00没有送到城东小学群机器人不在群里/);
});
