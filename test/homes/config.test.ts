import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig, VARIABLES } from '../../src/homes/config.ts';

const COMPLETE = {
  LARK_APP_ID: 'cli_a1b2c3',
  LARK_APP_SECRET: 'secret',
  LARK_ENCRYPT_KEY: 'key',
  LARK_VERIFICATION_TOKEN: 'token',
};

/** The problems that are listed, one a variable. */
function problems(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.split('\n').flatMap((line) => (line.startsWith('  ') ? [line.trim()] : []));
  }
  return [];
}

describe('the defaults', () => {
  test('are those of the contract', () => {
    expect(readConfig(COMPLETE)).toEqual({
      ...COMPLETE,
      LARK_ALLOW_PLAINTEXT: '0',
      LARK_DOMAIN: 'https://open.feishu.cn',
      LARK_TRANSPORT: 'webhook',
      DATABASE_URL: 'file:data/dudao.db',
      HOST: '0.0.0.0',
      PORT: 3000,
      METRICS_PORT: '',
      METRICS_HOST: '127.0.0.1',
      TIME_ZONE: 'Asia/Shanghai',
      ADMIN_OPEN_IDS: [],
      LOG_LEVEL: 'info',
    });
  });

  test('hold for a variable that is set to nothing', () => {
    const empty = Object.fromEntries(VARIABLES.map((name) => [name, '']));
    expect(readConfig({ ...empty, ...COMPLETE })).toEqual(readConfig(COMPLETE));
  });
});

describe('what is read', () => {
  test.each([
    ['LARK_DOMAIN', 'https://open.larksuite.com/', 'https://open.larksuite.com'],
    ['LARK_APP_SECRET', ' secret ', 'secret'],
    ['DATABASE_URL', 'postgres://dudao:pw@db/dudao', 'postgres://dudao:pw@db/dudao'],
    ['DATABASE_URL', 'postgresql://db/dudao', 'postgresql://db/dudao'],
    ['PORT', '0', 0],
    ['TIME_ZONE', 'Asia/Urumqi', 'Asia/Urumqi'],
    ['ADMIN_OPEN_IDS', 'ou_1, ou_2，ou_3', ['ou_1', 'ou_2', 'ou_3']],
    ['LOG_LEVEL', 'debug', 'debug'],
  ])('%s=%s is %j', (name, value, read) => {
    expect(readConfig({ ...COMPLETE, [name]: value })).toMatchObject({ [name]: read });
  });
});

describe('what is refused', () => {
  test('nothing set: every required variable with where to find it, in one message', () => {
    expect(problems({})).toEqual([
      expect.stringMatching(/^LARK_APP_ID is missing: .*凭证与基础信息/),
      expect.stringMatching(/^LARK_APP_SECRET is missing: .*凭证与基础信息/),
      expect.stringMatching(/^LARK_ENCRYPT_KEY is missing: .*加密策略/),
      expect.stringMatching(/^LARK_VERIFICATION_TOKEN is missing: .*加密策略/),
    ]);
  });

  test.each([
    ['LARK_APP_ID', 'app', 'cli_'],
    ['LARK_APP_SECRET', '  ', 'App Secret'],
    ['LARK_ALLOW_PLAINTEXT', 'yes', '0 or 1'],
    ['LARK_DOMAIN', 'open.feishu.cn', 'https://open.feishu.cn'],
    ['LARK_DOMAIN', 'ftp://open.feishu.cn', 'https://open.feishu.cn'],
    ['LARK_TRANSPORT', 'websocket', 'webhook'],
    ['DATABASE_URL', 'mysql://x', 'postgres://'],
    ['DATABASE_URL', 'file:', 'file:PATH'],
    ['PORT', 'http', 'port number'],
    ['PORT', '80.5', 'port number'],
    ['PORT', '-1', 'port number'],
    ['PORT', '70000', '65535'],
    ['TIME_ZONE', 'Beijing', 'Asia/Shanghai'],
    ['ADMIN_OPEN_IDS', '王芳', 'ou_'],
    ['LOG_LEVEL', 'verbose', 'info'],
  ])('%s=%s in one line that says the mend (%s)', (name, value, mend) => {
    const lines = problems({ ...COMPLETE, [name]: value });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^${name} `));
    expect(lines[0]).toContain(mend);
  });

  test('several at once are all in the one message', () => {
    expect(problems({ ...COMPLETE, LARK_APP_ID: undefined, PORT: 'x', LOG_LEVEL: 'y' })).toHaveLength(3);
  });

  test('no value of a secret is repeated', () => {
    expect(problems({ ...COMPLETE, PORT: 'x', LARK_ENCRYPT_KEY: 'very-secret' }).join()).not.toContain('very-secret');
  });
});
