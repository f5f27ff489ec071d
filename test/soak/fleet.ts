import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const BOT = fileURLToPath(new URL('../support/bot-process.ts', import.meta.url));

/** One bot process that is killed, frozen and born again on the same port. */
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

  /** False when it ended before it served. */
  async live(): Promise<boolean> {
    const child = spawn(process.execPath, [BOT], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...this.#env, HOST: '127.0.0.1', PORT: '0' },
    });
    this.#child = child;
    const first = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), once(child, 'exit')]);
    if (child.exitCode !== null) return false;
    this.port = Number(new URL(String(first[0])).port);
    return true;
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    this.port = 0;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  /** The whole process stands still, and keeps its connections and what it has taken. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }
}

interface Door {
  readonly url: string;
  close(): void;
}

/** What stands before the bots, as a bureau's proxy would: each request goes to one that lives, 502 when none does. */
export function openDoor(bots: readonly Bot[], draw: () => number): Promise<Door> {
  return serve((incoming, outgoing) => {
    const living = bots.filter(({ isAlive }) => isAlive);
    const bot = living[Math.floor(draw() * living.length)];
    const refuse = () => {
      outgoing.statusCode = 502;
      outgoing.end();
    };
    if (!bot) return refuse();
    passOn(`http://127.0.0.1:${bot.port}`, incoming, outgoing).once('error', refuse);
  });
}

/** A call with which one bot sends a message. */
export interface Sent {
  readonly bot: number;
  readonly uuid: string;
  readonly begunAt: number;
  /** Undefined when Lark did not take it. */
  takenAt?: number;
}

/** The way of one bot to Lark: what it sends is written down with its own name, which Lark does not know. */
export function watchedWay(
  lark: string,
  { bot, now, sent }: { readonly bot: number; readonly now: () => number; readonly sent: Sent[] },
): Promise<Door> {
  return serve((incoming, outgoing) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    let call: Sent | undefined;
    incoming.on('end', () => {
      const [, uuid] = /"uuid":"([^"]+)"/.exec(Buffer.concat(parts).toString('utf8')) ?? [];
      if (uuid === undefined) return;
      call = { bot, uuid, begunAt: now() };
      sent.push(call);
    });
    const passed = passOn(lark, incoming, outgoing);
    passed.once('response', ({ statusCode }: IncomingMessage) => {
      if (call && statusCode === 200) call.takenAt = now();
    });
    // What Lark cuts is cut, and it sees when its caller is gone.
    passed.once('error', () => outgoing.destroy());
    outgoing.once('close', () => passed.destroy());
  });
}

function passOn(to: string, incoming: IncomingMessage, outgoing: ServerResponse) {
  const { method, url: path, headers } = incoming;
  const passed = request(new URL(path ?? '/', to), { method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
    answer.once('error', () => outgoing.destroy());
  });
  incoming.pipe(passed);
  return passed;
}

async function serve(handle: (incoming: IncomingMessage, outgoing: ServerResponse) => void): Promise<Door> {
  const server = createServer(handle);
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
