import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { findChromium, openBrowser } from '../support/browser.ts';
import { onceAProcess } from '../support/once-a-process.ts';
import { type VirtualTime, virtualTime } from '../support/virtual-time.ts';
import { buttonsCard } from './sample-cards.ts';
import { type Script, type ScriptedBot, scriptedBot } from './scripted-bot.ts';

/** 2026-11-23, a Monday, 08:00 in Beijing. */
export const MONDAY = Date.UTC(2026, 10, 23, 0, 0);

const browser = onceAProcess<Browser | undefined>(openBrowser, async (open) => open?.close());

/** A page that is opened as `who` and must end without a word on the console, and without having asked any other server for anything. */
export async function openPage(url: string, options: BrowserContextOptions = {}, expected?: RegExp): Promise<Page> {
  const open = await browser();
  if (!open) throw new Error('no browser');
  const context = await open.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN', ...options });
  return watched(await context.newPage(), url, expected);
}

export async function watched(page: Page, url: string, expected = /^$/): Promise<Page> {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !/^(?:data|blob):/.test(request.url())) complaints.push(request.url());
  });
  onTestFinished(async () => {
    await page.context().close();
    expect(complaints.filter((complaint) => !expected.test(complaint))).toEqual([]);
  });
  page.setDefaultTimeout(30_000);
  await page.goto(url);
  await page.locator('body[data-live="true"]').waitFor();
  return page;
}

export interface Stage {
  readonly lark: Emulator;
  readonly time: VirtualTime;
  readonly bot: ScriptedBot;
  readonly page: Page;
  /** 张三, whom the page is at first; 李四; and the group of both, with the bot in it. */
  readonly me: string;
  readonly other: string;
  readonly chatId: string;
}

const answerWithButtons: Script = { hears: () => buttonsCard };

/** An emulator with two people, one group and a scripted bot, and the page open before it. */
export async function stage(
  script: Script = answerWithButtons,
  options: BrowserContextOptions = {},
  expected?: RegExp,
): Promise<Stage> {
  const time = virtualTime(MONDAY);
  const lark = await startEmulator({ time, encryptKey: '' });
  onTestFinished(() => lark.close());
  const me = lark.control.addPerson({ name: '张三', title: '城东小学校长' }).openId;
  const other = lark.control.addPerson({ name: '李四' }).openId;
  const { chatId } = lark.control.addGroup({ name: '城东小学群', members: [me, other] });
  const bot = await scriptedBot(lark, script);
  onTestFinished(() => bot.close());
  await lark.control.addBot(chatId, { by: me });
  const page = await openPage(lark.url, options, expected);
  return { lark, time, bot, page, me, other, chatId };
}

/** Says so loudly, and leaves the test out, where there is no browser; in CI the test fails (openBrowser). */
export const inBrowser = test.runIf(findChromium() !== undefined || process.env['CI'] === 'true');
if (findChromium() === undefined) await openBrowser();

/** What a person types and sends with Enter. */
export async function say(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: '输入消息' }).fill(text);
  await page.keyboard.press('Enter');
}

export const card = (page: Page, title: string) => page.getByRole('region', { name: `卡片 ${title}` });
