import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const DEMO = fileURLToPath(new URL('../../src/homes/demo.ts', import.meta.url));

/** The demonstration as npm starts it, without a terminal; resolves with the address once `line` has been said. */
async function started(line: string, ...options: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'dudao-demo-page-'));
  const child = spawn(process.execPath, [DEMO, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: folder },
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });
  // It goes on being read: a demonstration whose reader is gone ends.
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += String(chunk);
      const found = new RegExp(`${line}(http://\\S+)`).exec(said)?.[1];
      if (found) resolve(found);
    });
    child.once('exit', () => reject(new Error(`it ended without saying “${line}”`)));
  });
  return { child, folder, url };
}

test('npm run demo says where the page is, keeps it up after the story, and leaves nothing behind', async () => {
  const { child, folder, url } = await started('接着用浏览器试：');
  expect(await (await fetch(url)).text()).toContain('<title>督导助手 · 演示</title>');
  const outbox = async () => (await fetch(`${url}/control/outbox`)).json();
  // Cards elsewhere that show what was just done are updated once the clock has run for it.
  await expect.poll(outbox, { timeout: 20_000 }).toMatchObject({ waiting: 0, sending: 0, kept: [] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  expect(await ended).toBe(130);
  expect(readdirSync(folder)).toEqual([]);
});

test('the tour waits until somebody has opened the page', async () => {
  const { url } = await started('用浏览器看：', '--tour');
  expect(url).toMatch(/\/\?follow$/);
  const { origin } = new URL(url);
  expect(await (await fetch(`${origin}/control/people`)).json()).toHaveLength(11);
  expect(await (await fetch(`${origin}/control/wire`)).json()).toEqual([]);
  const watching = await fetch(`${origin}/control/stream`);
  const reader = watching.body?.getReader();
  let seen = '';
  while (!seen.includes('督导助手拉进三个工作群')) seen += new TextDecoder().decode((await reader?.read())?.value);
  expect(seen).toContain('event: caption');
});
