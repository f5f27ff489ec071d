import { expect } from 'vitest';
import { acknowledgedCard, buttonsCard, cardOf, chartCard, formCard, richCard, tableCard } from './sample-cards.ts';
import type { Script } from './scripted-bot.ts';
import { card, inBrowser, stage, watched } from './stage.ts';

const acknowledging: Script = {
  answersPress: () => ({
    toast: { type: 'success', content: '已记下' },
    card: { type: 'raw', data: acknowledgedCard },
  }),
};

inBrowser('a pressed button changes the card for everybody and says what the bot says', async () => {
  const { page, bot, chatId, lark, me } = await stage(acknowledging);
  await bot.send(chatId, buttonsCard);
  const second = await watched(await page.context().newPage(), lark.url);
  await card(page, '截止提醒').getByRole('button', { name: '收到' }).click();
  await page.locator('.toast.success', { hasText: '已记下' }).waitFor();
  for (const tab of [page, second]) {
    await card(tab, '已收到').waitFor();
    expect(await card(tab, '截止提醒').count()).toBe(0);
  }
  expect(bot.pressed).toMatchObject([{ openId: me, action: { tag: 'button', value: { op: 'ack' } } }]);
});

inBrowser('a button that asks first is pressed only after 确定', async () => {
  const { page, bot, chatId } = await stage(acknowledging);
  await bot.send(chatId, buttonsCard);
  const drop = card(page, '截止提醒').getByRole('button', { name: '撤销' });
  await drop.click();
  await page.getByRole('dialog', { name: '撤销任务？' }).getByText('撤销后不能恢复。').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(bot.pressed).toEqual([]);
  await drop.click();
  await page.getByRole('button', { name: '确定' }).click();
  await card(page, '已收到').waitFor();
  expect(bot.pressed).toMatchObject([{ action: { value: { op: 'drop' } } }]);
});

inBrowser('a disabled button cannot be pressed and says why', async () => {
  const { page, bot, chatId } = await stage();
  await bot.send(chatId, buttonsCard);
  const button = card(page, '截止提醒').getByRole('button', { name: '已过期' });
  await button.waitFor();
  expect(await button.isDisabled()).toBe(true);
  expect(await button.getAttribute('title')).toBe('超过期限');
});

inBrowser('a bot that cannot answer is told to the presser', async () => {
  const { page, bot, chatId } = await stage({
    answersPress: () => ({ card: { type: 'raw', data: { schema: '1.0' } } }),
  });
  await bot.send(chatId, buttonsCard);
  await card(page, '截止提醒').getByRole('button', { name: '收到' }).click();
  await page.locator('.toast.error', { hasText: '操作失败（200340）' }).waitFor();
  await card(page, '截止提醒').waitFor();
});

inBrowser('a form that lacks something says what, and is not sent', async () => {
  const { page, bot, chatId, me } = await stage(acknowledging);
  await bot.send(chatId, formCard([me]));
  await card(page, '报送进展').getByRole('button', { name: '提交' }).click();
  await page.getByText('请填写“进展说明”').waitFor();
  await page.getByText('请填写“选择任务”').waitFor();
  expect(bot.pressed).toEqual([]);
});

inBrowser('a filled form reaches the bot as Lark sends it', async () => {
  const { page, bot, chatId, me, other } = await stage(acknowledging);
  await bot.send(chatId, formCard([me, other]));
  const form = card(page, '报送进展');
  await form.getByLabel('进展说明').fill('已完成\n整改');
  await form.getByLabel('选择任务').selectOption('A1.2 佐证材料');
  await form.getByText('选择佐证').click();
  await form.getByLabel('照片').check();
  await form.getByLabel('制度').check();
  await form.getByLabel('责任人').selectOption('李四');
  await form.getByLabel('延期至').fill('2026-12-01');
  await form.getByLabel('时间', { exact: true }).fill('08:30');
  await form.getByLabel('复查时间').fill('2026-12-02T09:15');
  await form.getByLabel('我已核实').check();
  await form.getByRole('button', { name: '提交' }).click();
  await card(page, '已收到').waitFor();
  expect(bot.pressed[0]?.action).toMatchObject({
    tag: 'button',
    name: 'submit',
    value: { op: 'progress' },
    form_value: {
      note: '已完成\n整改',
      task: 't2',
      kinds: ['照片', '制度'],
      who: other,
      sure: true,
      due: '2026-12-01 +0800',
      at: '08:30 +0800',
      when: '2026-12-02 09:15 +0800',
    },
  });
});

inBrowser('what was emptied is not sent, what was reset is as it was', async () => {
  const { page, bot, chatId, me } = await stage(acknowledging);
  await bot.send(chatId, formCard([me]));
  const form = card(page, '报送进展');
  await form.getByLabel('进展说明').fill('会被清掉');
  await form.getByLabel('延期至').fill('');
  await form.getByRole('button', { name: '重填' }).click();
  expect(await form.getByLabel('进展说明').inputValue()).toBe('');
  expect(await form.getByLabel('延期至').inputValue()).toBe('2026-11-28');
  await form.getByLabel('进展说明').fill('好了');
  await form.getByLabel('选择任务').selectOption('校园安全整改');
  await form.getByLabel('延期至').fill('');
  await form.getByRole('button', { name: '提交' }).click();
  await card(page, '已收到').waitFor();
  expect(bot.pressed[0]?.action['form_value']).toEqual({ note: '好了', task: 't1', kinds: [], sure: false });
});

inBrowser('what is typed into one card stays when another message comes', async () => {
  const { page, bot, chatId, me } = await stage();
  await bot.send(chatId, formCard([me]));
  await card(page, '报送进展').getByLabel('进展说明').fill('写到一半');
  await bot.send(chatId, tableCard);
  await card(page, '任务清单').waitFor();
  expect(await card(page, '报送进展').getByLabel('进展说明').inputValue()).toBe('写到一半');
});

inBrowser('a lone select, a menu and a clickable area call back by themselves', async () => {
  const { page, bot, chatId, me, other } = await stage();
  await bot.send(chatId, richCard(me, other));
  const rich = card(page, '督导情况通报');
  const presses = async (count: number) => expect.poll(() => bot.pressed.length).toBe(count);
  await rich.getByLabel('换一个单位').selectOption('望海区');
  await presses(1);
  await rich.getByRole('button', { name: '更多' }).click();
  await rich.getByRole('button', { name: '导出' }).click();
  await presses(2);
  await rich.getByText('整行可点').click();
  await presses(3);
  expect(bot.pressed.map(({ action }) => action)).toMatchObject([
    { tag: 'select_static', value: { op: 'unit' }, option: 'u1' },
    { tag: 'overflow', value: { op: 'more' }, option: 'export' },
    { tag: 'interactive_container', value: { op: 'open' } },
  ]);
});

inBrowser('a table is paged', async () => {
  const { page, bot, chatId } = await stage();
  await bot.send(chatId, tableCard);
  const table = card(page, '任务清单');
  const shown = async () => (await table.locator('tbody td:first-child').allTextContents()).join(' ');
  await table.waitFor();
  expect(await shown()).toBe('第 1 项任务 第 2 项任务 第 3 项任务 第 4 项任务 第 5 项任务');
  await table.getByRole('button', { name: '表格下一页' }).click();
  await table.getByRole('button', { name: '表格下一页' }).click();
  expect(await shown()).toBe('第 11 项任务 第 12 项任务');
  expect(await table.getByRole('button', { name: '表格下一页' }).isDisabled()).toBe(true);
  expect(await table.locator('tbody tr').last().locator('td').allTextContents()).toEqual([
    '第 12 项任务',
    '12-01',
    '79.8',
    '进行中',
  ]);
});

inBrowser('a chart is drawn by VChart', async () => {
  const { page, bot, chatId } = await stage();
  await bot.send(chatId, chartCard);
  const canvas = card(page, '各县进度').locator('canvas').first();
  await canvas.waitFor();
  const colours = () =>
    canvas.evaluate((element: HTMLCanvasElement) => {
      const { width, height } = element;
      const pixels = element.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
      return new Set(
        Array.from({ length: 4000 }, (_, at) =>
          pixels.slice((at * 4 * 97) % pixels.length, ((at * 4 * 97) % pixels.length) + 3).join(),
        ),
      ).size;
    });
  await expect.poll(colours).toBeGreaterThan(3);
  expect(await page.locator('.warning').count()).toBe(0);
});

inBrowser('a chart that cannot be drawn shows why and its data', async () => {
  const { page, bot, chatId } = await stage();
  await bot.send(chatId, cardOf({ title: '坏图' }, { tag: 'chart', chart_spec: { type: 'no-such-chart', data: [] } }));
  await card(page, '坏图').getByText('图表画不出来').waitFor();
  await card(page, '坏图').getByText('看图表的数据').waitFor();
});

inBrowser('marks are read, what was escaped stays as it was written, and plain text is plain', async () => {
  const { page, bot, chatId, me, other } = await stage();
  await bot.send(chatId, richCard(me, other));
  const rich = card(page, '督导情况通报');
  await rich.locator('.at.me', { hasText: '@张三' }).waitFor();
  await rich.getByText('<at id=all>**不是标记**').waitFor();
  await rich.getByText('<b>原样文字</b> **不加粗**').waitFor();
  expect(await rich.locator('.tag.hue-green').textContent()).toBe('已销号 5');
  expect(await rich.getByRole('link', { name: '办法' }).getAttribute('href')).toBe('https://example.org/a');
  expect(await rich.locator('em, s, code').allTextContents()).toEqual(['斜体', '删除', 'code']);
  expect(await rich.getByText('折叠的内容').isVisible()).toBe(false);
  await rich.getByText('要求与依据').click();
  expect(await rich.getByText('折叠的内容').isVisible()).toBe(true);
});

inBrowser('what the page does not know is a visible warning, never left out', async () => {
  const { page, lark, chatId, other } = await stage();
  const strange = cardOf(
    { title: '新组件' },
    { tag: 'hologram', depth: 3 },
    { tag: 'markdown', content: '前 <blink>闪</blink> 后' },
  );
  lark.control.say(chatId, other, JSON.stringify(strange), { type: 'interactive' });
  await card(page, '新组件').getByText('本页不认识这个组件：hologram').waitFor();
  await card(page, '新组件').getByText('无法显示的标签 <blink>').waitFor();
});

inBrowser('a card that has changed meanwhile does not take the old press', async () => {
  const { page, bot, chatId, lark } = await stage(acknowledging, {}, /400/);
  await bot.send(chatId, buttonsCard);
  const button = card(page, '截止提醒').getByRole('button', { name: '收到' });
  await button.waitFor();
  await page.context().route('**/control/press', async (route) => {
    const messageId = lark.control.messages(chatId).at(-1)?.messageId ?? '';
    const { token } = await lark.control.press(messageId, route.request().postDataJSON().openId, {
      buttonText: '收到',
    });
    expect(token).toBeDefined();
    await route.continue();
  });
  await button.click();
  await page.getByText('这张卡片已经变了').waitFor();
});

inBrowser('a card may bring its own colours, and is shown in Chinese where it has several languages', async () => {
  const { page, bot, chatId } = await stage();
  const content = "<font color='cus-0'>自定</font> <font color='red-600'>红</font>";
  const text = { tag: 'plain_text', content: 'Overdue', i18n_content: { zh_cn: '已逾期', en_us: 'Overdue' } };
  const sent = cardOf({ title: '颜色' }, { tag: 'markdown', content }, { tag: 'div', text });
  const colours = { 'cus-0': { light_mode: 'rgba(1,2,3,1)', dark_mode: 'rgba(4,5,6,1)' } };
  expect(await bot.send(chatId, { ...sent, config: { ...sent.config, style: { color: colours } } })).toBe(0);
  const own = card(page, '颜色').getByText('自定');
  expect(await own.evaluate((element) => getComputedStyle(element).color)).toBe('rgb(1, 2, 3)');
  expect(await card(page, '颜色').getByText('红').getAttribute('class')).toBe('ink hue-red');
  await card(page, '颜色').getByText('已逾期').waitFor();
});
