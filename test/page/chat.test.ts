import { expect } from 'vitest';
import { cardOf } from './sample-cards.ts';
import { card, inBrowser, say, stage, watched } from './stage.ts';

inBrowser('a command is typed, sent with Enter, and answered by a card', async () => {
  const { page, bot } = await stage();
  await say(page, '@督导助手 截止 本周');
  await card(page, '截止提醒').getByText('11月28日到期').waitFor();
  expect(bot.heard).toMatchObject([{ text: '@_user_1 截止 本周' }]);
  expect(await page.locator('.message.mine .bubble').textContent()).toBe('@督导助手 截止 本周');
});

inBrowser('Shift+Enter breaks the line, the arrow up brings back what was said', async () => {
  const { page } = await stage();
  const box = page.getByRole('textbox', { name: '输入消息' });
  await box.fill('第一行');
  await box.press('Shift+Enter');
  await box.pressSequentially('第二行');
  await box.press('Enter');
  await page.locator('.mine .bubble', { hasText: '第二行' }).waitFor();
  await say(page, '又一句');
  await page.locator('.mine .bubble', { hasText: '又一句' }).waitFor();
  await box.press('ArrowUp');
  await box.press('ArrowUp');
  expect(await box.inputValue()).toBe('第一行\n第二行');
  await box.press('ArrowDown');
  expect(await box.inputValue()).toBe('又一句');
});

inBrowser('a group message that does not mention the bot is said to be unseen by it', async () => {
  const { page, bot } = await stage();
  await say(page, '大家早');
  await page.getByText('没有 @ 机器人，机器人看不到').waitFor();
  await page.getByRole('button', { name: '@督导助手' }).click();
  await page.keyboard.type('日程');
  await page.keyboard.press('Enter');
  await card(page, '截止提醒').waitFor();
  expect(bot.heard).toHaveLength(1);
});

inBrowser('one can be somebody else, and talk with the bot alone', async () => {
  const { page, bot, lark, other } = await stage();
  await page.getByLabel('我是').selectOption({ label: '李四　城东小学群' });
  await page.locator('.chat', { hasText: '督导助手' }).click();
  await say(page, '我的');
  await card(page, '截止提醒').waitFor();
  expect(bot.heard).toMatchObject([{ text: '我的', chatId: lark.control.p2p(other) }]);
});

inBrowser('what is unread is counted until the chat is opened, which the platform then knows', async () => {
  const { page, bot, lark, me } = await stage();
  await bot.send(lark.control.p2p(me), cardOf({ title: '今日督导' }));
  const direct = page.locator('.chat', { hasText: '今日督导' });
  await direct.getByLabel('1 条未读').waitFor();
  const told = page.waitForResponse((response) => response.url().endsWith(`/chats/${lark.control.p2p(me)}/read`));
  await direct.click();
  await direct.locator('.unread').waitFor({ state: 'detached' });
  expect((await told).status()).toBe(200);
});

inBrowser('a mention of me stands out from a mention of others', async () => {
  const { page, lark, chatId, other } = await stage();
  lark.control.say(chatId, other, '@张三 @督导助手 请看');
  await page.locator('.at.me', { hasText: '@张三' }).waitFor();
  expect(await page.locator('.at:not(.me)').textContent()).toBe('@督导助手');
});

inBrowser('a reply shows what it answers', async () => {
  const { page, lark, chatId, other } = await stage();
  const { messageId } = lark.control.say(chatId, other, '什么时候督导？');
  await page.locator('.message', { hasText: '什么时候督导' }).hover();
  await page.getByRole('button', { name: '回复李四' }).click();
  await say(page, '下周三');
  await page.locator('.quoted', { hasText: '回复 李四：什么时候督导？' }).waitFor();
  expect(lark.control.messages(chatId).at(-1)?.parentId).toBe(messageId);
});

inBrowser('a recalled message is replaced by a word', async () => {
  const { page, lark, chatId, other } = await stage();
  const { messageId } = lark.control.say(chatId, other, '写错了');
  await page.getByText('写错了').last().waitFor();
  await lark.control.recall(messageId);
  await page.getByText('李四撤回了一条消息').waitFor();
  expect(await page.locator('#log').getByText('写错了').count()).toBe(0);
});

inBrowser('a reload loses nothing: messages, who I am, which chat, what is half written', async () => {
  const { page } = await stage();
  await page.getByLabel('我是').selectOption({ label: '李四　城东小学群' });
  await say(page, '@督导助手 截止');
  await card(page, '截止提醒').waitFor();
  await page.getByRole('textbox', { name: '输入消息' }).fill('写到一半');
  const before = await page.locator('#log').textContent();
  await page.reload();
  await card(page, '截止提醒').waitFor();
  expect(await page.locator('#log').textContent()).toBe(before);
  expect(await page.locator('#who option:checked').textContent()).toContain('李四');
  expect(await page.getByRole('textbox', { name: '输入消息' }).inputValue()).toBe('写到一半');
});

inBrowser('two tabs agree on messages, cards, the clock and what is read', async () => {
  const { page, lark, chatId, bot, time, me } = await stage();
  await say(page, '@督导助手 截止');
  const second = await watched(await page.context().newPage(), lark.url);
  await card(second, '截止提醒').waitFor();
  await bot.send(chatId, cardOf({ title: '又一张' }));
  await card(page, '又一张').waitFor();
  await card(second, '又一张').waitFor();
  await time.advanceTo(time.now() + 3_600_000);
  for (const tab of [page, second]) await tab.locator('#time', { hasText: '09:00:00' }).waitFor();
  expect(await second.locator('#log').textContent()).toBe(await page.locator('#log').textContent());
  await bot.send(lark.control.p2p(me), cardOf({ title: '今日督导' }));
  await page.locator('.unread').waitFor();
  await second.locator('.chat', { hasText: '今日督导' }).click();
  for (const tab of [page, second]) await tab.locator('.unread').waitFor({ state: 'detached' });
});

inBrowser('when the program stops the page says so, and connects again by itself', async () => {
  const { page } = await stage(undefined, {}, /ERR_INTERNET_DISCONNECTED/);
  await page.context().setOffline(true);
  await say(page, '@督导助手 在吗');
  await page.getByText('连不上演示程序').waitFor();
  expect(await page.getByRole('textbox', { name: '输入消息' }).inputValue()).toBe('@督导助手 在吗');
  await page.context().setOffline(false);
  await page.keyboard.press('Enter');
  await card(page, '截止提醒').waitFor();
});

inBrowser('an onlooker’s page goes where something happens and shows what is told of it', async () => {
  const { page, lark, other } = await stage();
  await page.goto(`${lark.url}/?follow`);
  await page.locator('body[data-live="true"]').waitFor();
  await lark.captions.watched;
  lark.captions.say('李四单聊机器人');
  lark.control.say(lark.control.p2p(other), other, '我的');
  await card(page, '截止提醒').waitFor();
  expect(await page.locator('#who option:checked').textContent()).toContain('李四');
  await page.getByText('李四单聊机器人', { exact: true }).waitFor();
  lark.captions.say('');
  await page.locator('#caption').waitFor({ state: 'hidden' });
});

inBrowser('the chat with the newest message comes first, also after a reload', async () => {
  const { page, bot, lark, me, chatId, time } = await stage();
  await bot.send(lark.control.p2p(me), cardOf({ title: '较早' }));
  await time.advanceTo(time.now() + 60_000);
  await bot.send(chatId, cardOf({ title: '最新' }));
  const first = page.locator('.chat').first();
  await first.getByText('最新').waitFor();
  await page.reload();
  await first.getByText('最新').waitFor();
});
