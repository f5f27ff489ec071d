import type { MiddlewareHandler } from 'hono';

/**
 * Loopback only, and no page of another origin: a Host that is not ours (DNS rebinding) or a foreign Origin answers 403. Browsers send
 * Origin with every POST and every cross-origin stream; Sec-Fetch-Site covers the rest.
 */
export const loopbackOnly: MiddlewareHandler = async (c, next) => {
  const host = c.req.header('host') ?? '';
  const origin = c.req.header('origin');
  if (!/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(host)) return c.json({ error: 'foreign host' }, 403);
  if (origin !== undefined && origin !== `http://${host}`) return c.json({ error: 'foreign origin' }, 403);
  const site = c.req.header('sec-fetch-site') ?? 'none';
  if (c.req.method !== 'GET' && site !== 'same-origin' && site !== 'none')
    return c.json({ error: 'foreign origin' }, 403);
  return next();
};
