import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { loopbackOnly } from './loopback.ts';

const FOLDER = new URL('./page/', import.meta.url);
/** The first of these that the page loads; the others follow from it. */
const MAIN = import.meta.resolve('./page/main.ts');

/** Inline styles are what VChart's tooltips set; scripts come from here alone, and nothing is fetched from elsewhere. */
const POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
const TYPES = { css: 'text/css', ts: 'text/javascript', svg: 'image/svg+xml', html: 'text/html' } as const;

/** The chat page: its document, styles and modules, which are TypeScript with the types taken out as it is served. No build. */
export function pageFiles(): Hono {
  const app = new Hono();
  app.use('/', loopbackOnly);
  app.use('/page/*', loopbackOnly);
  app.get('/', () => file('index.html'));
  app.get('/favicon.ico', () => file('icon.svg'));
  app.get('/page/vchart.js', () => chartLibrary());
  app.get('/page/:name{[a-z][a-z-]*\\.(?:ts|css|svg)}', (c) => file(c.req.param('name')));
  return app;
}

async function file(name: string): Promise<Response> {
  const kind = /\.(css|ts|svg|html)$/.exec(name)?.[1];
  let text: string;
  try {
    text = await readFile(name === 'main.ts' ? fileURLToPath(MAIN) : new URL(name, FOLDER), 'utf8');
  } catch {
    return new Response('404 page not found', { status: 404 });
  }
  const type = kind === 'css' || kind === 'ts' || kind === 'svg' ? TYPES[kind] : TYPES.html;
  return answer(kind === 'ts' ? withoutTypes(text) : text, type);
}

const answer = (body: string, type: string): Response =>
  new Response(body, {
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    },
  });

/** Lines and columns stay where they are. Node runs our own files through the same code, but warns when it is called by hand. */
function withoutTypes(source: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** VChart is a development dependency: without it the page says so in place of a chart. */
async function chartLibrary(): Promise<Response> {
  try {
    const main = import.meta.resolve('@visactor/vchart');
    return answer(await readFile(new URL('../build/index.min.js', main), 'utf8'), TYPES.ts);
  } catch {
    return new Response('404 not installed', { status: 404 });
  }
}
