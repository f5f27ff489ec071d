import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { buttonsCard, chartCard, formCard, richCard, tableCard } from './sample-cards.ts';
import { card, inBrowser, type Stage, say, stage } from './stage.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

/** Serious and critical faults, as `rule: element`. */
async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate('axe.run()');
  const { violations, passes } = found as {
    violations: { id: string; impact: string; nodes: { html: string }[] }[];
    passes: { id: string }[];
  };
  expect(passes.map(({ id }) => id)).toContain('color-contrast');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

async function everyCard({ bot, chatId, me, other }: Stage): Promise<void> {
  for (const sent of [richCard(me, other), tableCard, buttonsCard, formCard([me, other]), chartCard])
    await bot.send(chatId, sent);
}

inBrowser.for([{ colorScheme: 'light' }, { colorScheme: 'dark' }] as const)(
  'axe finds no serious fault in $colorScheme',
  async (options) => {
    const at = await stage({}, options);
    await everyCard(at);
    await at.page.locator('canvas').first().waitFor();
    await at.page.getByText('要求与依据').click();
    expect(await faultsOf(at.page)).toEqual([]);
    await at.page.getByRole('button', { name: '幕后' }).click();
    expect(await faultsOf(at.page)).toEqual([]);
    for (const name of ['故障', '发件箱']) {
      await at.page.getByRole('tab', { name }).click();
      expect(await faultsOf(at.page)).toEqual([]);
    }
  },
);

inBrowser('on a phone one sees the list or the conversation, and nothing is wider than the screen', async () => {
  const at = await stage({}, PHONE);
  const { page } = at;
  await everyCard(at);
  const list = page.getByRole('navigation', { name: '群和单聊' });
  const conversation = page.getByRole('main');
  expect([await list.isVisible(), await conversation.isVisible()]).toEqual([true, false]);
  expect(await faultsOf(page)).toEqual([]);
  await page.locator('.chat', { hasText: '城东小学群' }).tap();
  expect([await list.isVisible(), await conversation.isVisible()]).toEqual([false, true]);
  await page.locator('canvas').first().waitFor();
  const wider = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(await wider()).toBeLessThanOrEqual(0);
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('button', { name: '返回群列表' }).tap();
  expect([await list.isVisible(), await conversation.isVisible()]).toEqual([true, false]);
  await page.getByRole('button', { name: '幕后' }).tap();
  expect(await page.getByRole('tabpanel', { name: '通信' }).isVisible()).toBe(true);
  expect(await wider()).toBeLessThanOrEqual(0);
});

inBrowser('a phone at hand is enough to ask and to press', async () => {
  const { page, bot } = await stage(undefined, PHONE);
  await page.locator('.chat', { hasText: '城东小学群' }).tap();
  await say(page, '@督导助手 截止');
  await card(page, '截止提醒').getByRole('button', { name: '收到' }).tap();
  await expect.poll(() => bot.pressed.length).toBe(1);
});

inBrowser('everything is reached by keyboard, and one sees where one is', async () => {
  const { page, bot } = await stage();
  await say(page, '@督导助手 截止');
  await card(page, '截止提醒').waitFor();
  await page.locator('#who').focus();
  const seen: string[] = [];
  const ring: string[] = [];
  for (let step = 0; step < 14; step += 1) {
    await page.keyboard.press('Tab');
    const { name, outline } = await page.evaluate(() => {
      const at = document.activeElement;
      return {
        name: at?.getAttribute('aria-label') ?? at?.textContent ?? '',
        outline: at ? getComputedStyle(at).outlineStyle : '',
      };
    });
    seen.push(name);
    ring.push(outline);
    if (name === '收到') break;
  }
  expect(seen.at(-1)).toBe('收到');
  expect(ring).not.toContain('none');
  await page.keyboard.press('Enter');
  await expect.poll(() => bot.pressed.length).toBe(1);
});
