import { mkdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { demonstration } from './demonstration.ts';

const FOLDER = new URL('../../docs/screenshots/', import.meta.url);

interface Picture {
  readonly name: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly dark?: boolean;
  /** Who looks. */
  readonly who: string;
  readonly chat: string;
  prepare(page: Page): Promise<void>;
}

const newest = (page: Page) => page.locator('section.card').last();
const ask = async (page: Page, text: string, title: string): Promise<void> => {
  await page.getByRole('textbox', { name: '输入消息' }).fill(text);
  await page.keyboard.press('Enter');
  await newest(page).getByText(title).first().waitFor();
};

const PICTURES: readonly Picture[] = [
  {
    name: 'deadlines',
    size: { width: 1120, height: 700 },
    who: '周丙',
    chat: '云溪市教育局工作群',
    prepare: async (page) => {
      await ask(page, '@督导助手 截止 本周', '截止');
      await newest(page).evaluate((element) => element.closest('li')?.previousElementSibling?.scrollIntoView());
    },
  },
  {
    name: 'schedule',
    size: { width: 1120, height: 700 },
    dark: true,
    who: '吕壬',
    chat: '望海区教育工作群',
    prepare: async (page) => {
      await ask(page, '@督导助手 日程 本周', '督导日程');
      await page.getByRole('button', { name: '幕后' }).click();
      await newest(page).evaluate((element) => element.closest('li')?.scrollIntoView());
    },
  },
  {
    name: 'phone',
    size: { width: 390, height: 800 },
    who: '朱戊',
    chat: '望海区第一中学工作群',
    prepare: async (page) => {
      await page
        .getByText('今日督导', { exact: true })
        .last()
        .evaluate((element) => element.closest('li')?.scrollIntoView());
    },
  },
];

async function take(browser: Browser, url: string, picture: Picture): Promise<void> {
  const { name, size, dark, who, chat } = picture;
  const colorScheme = dark ? 'dark' : 'light';
  const context = await browser.newContext({ viewport: size, colorScheme, locale: 'zh-CN', reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(url);
  const option = page.locator('#who option', { hasText: who }).first();
  await page.locator('#who').selectOption((await option.getAttribute('value')) ?? '');
  await page.locator('.chat', { hasText: chat }).click();
  await picture.prepare(page);
  const path = fileURLToPath(new URL(`${name}.png`, FOLDER));
  await page.screenshot({ path });
  console.log(`${name}.png  ${Math.ceil(statSync(path).size / 1024)} KB`);
  await context.close();
}

/** npm run screenshots: the pictures of README.md, taken from the demonstration. */
const browser = await openBrowser();
if (!browser) process.exit(1);
mkdirSync(FOLDER, { recursive: true });
const demo = await demonstration();
for (const picture of PICTURES) await take(browser, demo.url, picture);
await browser.close();
await demo.close();
