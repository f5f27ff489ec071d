import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const BOT = fileURLToPath(new URL('../support/bot-process.ts', import.meta.url));

/** One bot process that is killed and born again on the same port. */
export class Bot {
  readonly #env: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;
  port = 0;

  constructor(env: Readonly<Record<string, string>>) {
    this.#env = env;
  }

  get isAlive(): boolean {
    return this.#child !== undefined && this.port > 0;
  }

  async live(): Promise<void> {
    const child = spawn(process.execPath, [BOT], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...this.#env, HOST: '127.0.0.1', PORT: '0' },
    });
    this.#child = child;
    const [address] = await once(createInterface({ input: child.stdout }), 'line');
    this.port = Number(new URL(String(address)).port);
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    this.port = 0;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
}

/** What stands before the bots, as a bureau's proxy would: each request goes to one that lives, 502 when none does. */
export async function openDoor(
  bots: readonly Bot[],
  draw: () => number,
): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((incoming, outgoing) => {
    const living = bots.filter(({ isAlive }) => isAlive);
    const bot = living[Math.floor(draw() * living.length)];
    const refuse = () => {
      outgoing.statusCode = 502;
      outgoing.end();
    };
    if (!bot) return refuse();
    const { method, url: path, headers } = incoming;
    const passed = request({ host: '127.0.0.1', port: bot.port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      answer.once('error', () => outgoing.destroy());
    });
    passed.once('error', refuse);
    incoming.pipe(passed);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address !== 'object') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
