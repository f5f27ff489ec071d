import * as z from 'zod';

const required = (what: string) =>
  z
    .string({ error: `is missing: ${what}` })
    .trim()
    .min(1, `is empty: ${what}`);
const zone = z.string().refine((name) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}, 'is not an IANA time zone; write for example Asia/Shanghai');

/** Every variable of the program; README has the same table (a test compares them). */
const port = z.coerce.number('must be a port number').int().min(0).max(65_535, 'must be a port number up to 65535');

const environment = z.object({
  LARK_APP_ID: required('copy the App ID from the app’s page 凭证与基础信息').regex(
    /^cli_[0-9a-zA-Z]+$/,
    'does not look like an App ID; it begins with cli_',
  ),
  LARK_APP_SECRET: required('copy the App Secret from the app’s page 凭证与基础信息'),
  LARK_ENCRYPT_KEY: required('set an Encrypt Key on the app’s page 事件与回调 > 加密策略 and copy it here'),
  LARK_VERIFICATION_TOKEN: required('copy the Verification Token from the app’s page 事件与回调 > 加密策略'),
  LARK_ALLOW_PLAINTEXT: z.enum(['0', '1'], 'must be 0 or 1').default('0'),
  LARK_DOMAIN: z
    .url({ protocol: /^https?$/, error: 'must be a web address such as https://open.feishu.cn' })
    .default('https://open.feishu.cn')
    .transform((url) => url.replace(/\/+$/, '')),
  LARK_TRANSPORT: z
    .literal('webhook', 'must be webhook; the long connection (websocket) is not there yet')
    .default('webhook'),
  DATABASE_URL: z
    .string()
    .regex(/^(file:.+|postgres(ql)?:\/\/.+)$/, 'must be file:PATH or postgres://…')
    .default('file:data/dudao.db'),
  HOST: z.string().default('0.0.0.0'),
  PORT: port.default(3000),
  METRICS_PORT: z.union([z.literal(''), port]).default(''),
  METRICS_HOST: z.string().default('127.0.0.1'),
  TIME_ZONE: zone.default('Asia/Shanghai'),
  ADMIN_OPEN_IDS: z
    .string()
    .default('')
    .transform((list) => list.split(/[,，\s]+/).filter(Boolean))
    .refine((ids) => ids.every((id) => /^ou_[A-Za-z0-9_-]+$/.test(id)), 'must be open ids (ou_…) separated by commas'),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be one of fatal, error, warn, info, debug, trace, silent',
    )
    .default('info'),
});

export type Config = z.infer<typeof environment>;
export const VARIABLES: readonly string[] = Object.keys(environment.shape);

/** All that is wrong with the environment in one message, each line with the variable and the mend. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Reads the environment once; an empty variable counts as not set. Throws ConfigError. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(VARIABLES.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
  const parsed = environment.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${String(issue.path[0])} ${issue.message}`);
  throw new ConfigError(`The configuration is not complete:\n${problems.join('\n')}\nREADME.md lists every variable.`);
}
