import { h } from './dom.ts';
import { isObject, type Json, string } from './json.ts';

interface Chart {
  renderAsync(): Promise<unknown>;
}
type ChartClass = new (spec: object, options: object) => Chart;

const RATIOS: Readonly<Record<string, string>> = { '1:1': '1 / 1', '2:1': '2 / 1', '4:3': '4 / 3', '16:9': '16 / 9' };
let library: Promise<ChartClass> | undefined;

/** VChart draws Lark's charts and ours. It is large, so it is fetched from this server when the first chart is shown. */
function vchart(): Promise<ChartClass> {
  library ??= new Promise((resolve, reject) => {
    const script = h('script', { src: '/page/vchart.js' });
    script.addEventListener('error', () => reject(new Error('图表库没有安装（npm ci 会装上它）')));
    script.addEventListener('load', () => {
      const whole: unknown = Reflect.get(window, 'VChart');
      const found: unknown = isObject(whole) || typeof whole === 'function' ? Reflect.get(whole, 'default') : undefined;
      if (isChartClass(found)) resolve(found);
      else reject(new Error('图表库不是所需的版本'));
    });
    document.head.append(script);
  });
  return library;
}
const isChartClass = (found: unknown): found is ChartClass => typeof found === 'function';

export function chart(node: Json): HTMLElement {
  const spec = isObject(node['chart_spec']) ? node['chart_spec'] : {};
  const place = h('div', { class: 'chart-area' });
  const height = string(node['height']);
  if (/^\d+px$/.test(height)) place.style.height = height;
  else place.style.aspectRatio = RATIOS[string(node['aspect_ratio'])] ?? '16 / 9';
  const title = isObject(spec['title']) ? string(spec['title']['text']) : '';
  const figure = h('figure', { class: 'chart', role: 'img', 'aria-label': `图表${title ? `：${title}` : ''}` }, place);
  void draw(spec, place).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    const data = h('details', {}, h('summary', {}, '看图表的数据'), h('pre', {}, JSON.stringify(spec, undefined, 1)));
    figure.removeAttribute('role');
    figure.replaceChildren(h('p', { class: 'warning' }, `⚠ 图表画不出来：${why}`), data);
  });
  return figure;
}

/** The chart measures its place, which must be on the page by then. Tooltips are drawn on the canvas: no elements outside the card. */
async function draw(spec: Json, place: HTMLElement): Promise<void> {
  const Chart = await vchart();
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const tooltip = isObject(spec['tooltip']) ? spec['tooltip'] : {};
  const whole = { background: 'transparent', ...spec, tooltip: { ...tooltip, renderMode: 'canvas' } };
  await new Chart(whole, { dom: place, mode: 'desktop-browser', theme: dark ? 'dark' : 'light' }).renderAsync();
}
