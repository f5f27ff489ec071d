import type { WireEntry } from '../wire-log.ts';
import { ask, Failed, tell } from './api.ts';
import { meaningOf } from './codes.ts';
import { fill, h, part } from './dom.ts';
import { isObject, type Json, objects, string } from './json.ts';
import type { Store } from './store.ts';
import { dayText, secondsOf } from './time.ts';
import { toast } from './toast.ts';

const TABS = ['wire', 'faults', 'outbox'] as const;
const LOOK_EVERY_MS = 2000;

/** What the emulator answers where a fault strikes. */
const INJECTED = 'injected fault';

const failed = ({ status, code }: WireEntry): boolean => status !== 200 || (code !== undefined && code !== 0);

/** For those who look behind: every call and event, faults to switch on, the bot's outbox. */
export function sidePanel(store: Store): void {
  const panel = part('panel', HTMLElement);
  const toggle = part('behind', HTMLButtonElement);
  const open = (shown: boolean) => {
    panel.hidden = !shown;
    document.body.classList.toggle('behind', shown);
    toggle.setAttribute('aria-expanded', String(shown));
    sessionStorage.setItem('dudao-panel', shown ? 'open' : '');
    if (shown) toggle.classList.remove('alarm');
  };
  toggle.addEventListener('click', () => open(panel.hidden === true));
  part('panel-close', HTMLButtonElement).addEventListener('click', () => {
    open(false);
    toggle.focus();
  });
  open(sessionStorage.getItem('dudao-panel') === 'open');
  tabs();
  wire(store, toggle, panel);
  faults(store);
  outbox(store, panel);
}

function tabs(): void {
  const buttons = TABS.map((name) => part(`tab-${name}`, HTMLButtonElement));
  const choose = (chosen: HTMLButtonElement) => {
    for (const [index, button] of buttons.entries()) {
      const name = TABS[index] ?? 'wire';
      button.setAttribute('aria-selected', String(button === chosen));
      button.tabIndex = button === chosen ? 0 : -1;
      const body = part(`panel-${name}`, HTMLElement);
      body.hidden = button !== chosen;
      body.tabIndex = 0;
    }
  };
  if (buttons[0]) choose(buttons[0]);
  for (const [index, button] of buttons.entries()) {
    button.addEventListener('click', () => choose(button));
    button.addEventListener('keydown', ({ key }) => {
      const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
      const next = buttons[(index + step + buttons.length) % buttons.length];
      if (step === 0 || !next) return;
      choose(next);
      next.focus();
    });
  }
}

const KINDS: Readonly<Record<WireEntry['kind'], string>> = {
  call: '机器人调用',
  push: '推送事件',
  callback: '卡片回调',
  handshake: '地址校验',
};

function wire(store: Store, toggle: HTMLElement, panel: HTMLElement): void {
  const body = part('wire-rows', HTMLElement);
  const row = (entry: WireEntry) => {
    const bad = failed(entry);
    const status = entry.status === 0 ? '无应答' : String(entry.status);
    const code = entry.code ? ` · ${entry.code} ${meaningOf(entry.code)}` : '';
    const ids = (path: string) => path.replace(/[a-z]{1,3}_[0-9a-z]{20,}/g, (id) => `${id.slice(0, 7)}…`);
    return h(
      'li',
      { class: bad ? 'entry bad' : 'entry' },
      h('span', { class: 'when' }, secondsOf(entry.at)),
      h(
        'span',
        { class: `tag ${bad ? 'hue-red' : entry.kind === 'call' ? 'hue-blue' : 'hue-green'}` },
        KINDS[entry.kind],
      ),
      h('span', { class: 'what' }, entry.eventType ?? `${entry.method} ${ids(entry.path.replace('/open-apis', ''))}`),
      h('span', { class: 'result' }, `${status}${code}${entry.ms > 0 ? ` · ${entry.ms} 毫秒` : ''}`),
      entry.msg !== undefined &&
        entry.code !== 0 &&
        h('span', { class: 'why' }, entry.msg === INJECTED ? '人为打开的故障' : entry.msg),
    );
  };
  const whole = () => fill(body, ...[...store.wire].reverse().map(row));
  store.on(['whole'], whole);
  store.on(['wire'], () => {
    const entry = store.wire.at(-1);
    if (!entry) return;
    body.prepend(row(entry));
    while (body.children.length > 300) body.lastElementChild?.remove();
    if (!failed(entry)) return;
    if (panel.hidden) toggle.classList.add('alarm');
    if (entry.kind === 'call' && entry.code && entry.msg !== INJECTED)
      toast('warning', `平台拒绝了机器人的一次调用：${entry.code} ${meaningOf(entry.code)}。详情见“幕后”。`);
  });
}

const PRESETS = {
  'fault-429': { kind: '429', resetSeconds: 3 },
  'fault-500': { kind: 'status', status: 500 },
  'fault-slow': { kind: 'delay', ms: 5000 },
  'fault-cut': { kind: 'reset' },
} as const;
const NAMES: Readonly<Record<string, string>> = {
  '429': '限流 429',
  status: '错误 500',
  delay: '慢 5 秒',
  reset: '断线',
  code: '错误码',
};

function faults(store: Store): void {
  const rows = part('fault-rows', HTMLElement);
  const times = part('fault-times', HTMLInputElement);
  const where = part('fault-where', HTMLSelectElement);
  const attempt = async (path: string, order?: object) => {
    try {
      await tell(path, order);
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      toast('error', error.message);
    }
  };
  for (const [id, preset] of Object.entries(PRESETS))
    part(id, HTMLButtonElement).addEventListener('click', () => {
      const match = where.value === '' ? {} : { match: { path: where.value } };
      void attempt('/faults', { ...preset, ...match, times: Math.max(1, Number(times.value) || 1) });
    });
  store.on(['whole', 'around'], () => {
    const all = [...(store.whole?.faults ?? [])].reverse();
    const row = ({ id, hits, active, order }: (typeof all)[number]) => {
      const kind = isObject(order) ? string(order['kind']) : '';
      const total = isObject(order) && typeof order['times'] === 'number' ? order['times'] : 1;
      const release = h(
        'button',
        { type: 'button', class: 'button small', onclick: () => void attempt(`/faults/${id}/release`) },
        '解除',
      );
      return h(
        'li',
        { class: 'entry' },
        h('span', { class: `tag ${active ? 'hue-red' : 'hue-grey'}` }, active ? '生效中' : '已结束'),
        ` ${NAMES[kind] ?? kind}，命中 ${hits}/${total} 次 `,
        active && release,
      );
    };
    fill(rows, ...all.map(row), all.length === 0 && h('li', { class: 'empty' }, '没有打开的故障。'));
  });
}

function outbox(store: Store, panel: HTMLElement): void {
  const counts = part('outbox-counts', HTMLElement);
  const rows = part('outbox-rows', HTMLElement);
  const nothing = (text: string) => h('li', { class: 'empty' }, text);
  const row = (one: Json) => {
    const chat = store.whole?.chats.find(({ chatId }) => chatId === one['chatId']);
    const at = Number(one['at']);
    return h(
      'li',
      { class: 'entry bad' },
      h('span', { class: 'when' }, `${dayText(at).split(' ')[0]} ${secondsOf(at)}`),
      h('span', { class: 'tag hue-orange' }, '没有送到'),
      h('span', { class: 'what' }, (chat && store.titleOf(chat)) || string(one['chatId'])),
      h('span', { class: 'why' }, string(one['reason'])),
    );
  };
  const look = async () => {
    if (panel.hidden || part('panel-outbox', HTMLElement).hidden || document.hidden) return;
    try {
      const view = await ask('GET', '/outbox');
      if (!isObject(view)) return fill(rows, nothing('演示程序没有交出发件箱。'));
      const last = typeof view['lastSentAt'] === 'number' ? `，最近一次送出 ${secondsOf(view['lastSentAt'])}` : '';
      counts.textContent = `等待 ${Number(view['waiting'])} 条，其中正在发送 ${Number(view['sending'])} 条${last}`;
      const kept = objects(view['kept']);
      fill(rows, ...kept.map(row), kept.length === 0 && nothing('没有送不到的消息。'));
    } catch (error) {
      fill(rows, nothing(error instanceof Failed ? error.message : '读不到发件箱。'));
    }
  };
  setInterval(() => void look(), LOOK_EVERY_MS);
  part('tab-outbox', HTMLButtonElement).addEventListener('click', () => void look());
  store.on(['wire'], () => void look());
}
