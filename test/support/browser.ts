import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** No sandbox, because CI runs as root in a container; nothing that would reach for the network by itself. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** CHROMIUM, or any Chromium or Chrome in PATH. */
export function findChromium(): string | undefined {
  const told = process.env['CHROMIUM'];
  if (told) return told;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find((path) => existsSync(path));
}

/**
 * A browser, or undefined on a developer's machine that has none: then the loss is said loudly. In CI, where browser tests are the promise,
 * that is an error.
 */
export async function openBrowser(): Promise<Browser | undefined> {
  const executablePath = findChromium();
  if (executablePath !== undefined) return chromium.launch({ executablePath, args: FLAGS });
  const words = 'NO BROWSER: install Chromium (Debian: apt-get install chromium) or name one in CHROMIUM';
  if (process.env['CI'] === 'true') throw new Error(words);
  console.error(`\n\x1b[1;31m${words}; the browser tests do not run\x1b[0m\n`);
  return undefined;
}
