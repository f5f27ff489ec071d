import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** What stands between a program and a server, and does what networks do. */
export interface TcpProxy {
  readonly port: number;
  /** From now on no byte passes, in either direction, and nobody is told: not those connected, nor those who connect. */
  silence(): void;
  /** Only those who are connected now: what forgets connections, as firewalls do, lets new ones through. */
  forget(): void;
  /** New connections pass again; those that were silenced stay so. */
  speak(): void;
  /** Ends all connections at once, without a goodbye. */
  cut(): void;
  /** Every chunk comes so much later, ms. */
  delay(ms: number): void;
  /** How many connections were ever made. */
  connections(): number;
  /** What the program has said, of each connection. */
  said(): readonly Buffer[];
  close(): Promise<void>;
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  readonly said: Buffer[];
  silent: boolean;
}

/** Listens on a port of its own and passes everything on to `to`. */
export async function tcpProxy(to: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  const everything: Buffer[][] = [];
  let silent = false;
  let delayMs = 0;
  const pass = (pair: Pair, target: Socket) => (chunk: Buffer) => {
    if (pair.silent) return;
    if (delayMs === 0) target.write(chunk);
    else setTimeout(() => !pair.silent && !target.destroyed && target.write(chunk), delayMs);
  };
  const listener: Server = createServer((client) => {
    const server = connect(to);
    const pair: Pair = { client, server, said: [], silent };
    pairs.add(pair);
    everything.push(pair.said);
    client.on('data', (chunk: Buffer) => pair.said.push(chunk));
    client.on('data', pass(pair, server));
    server.on('data', pass(pair, client));
    const end = () => {
      pairs.delete(pair);
      // A silent network does not say that the other side has hung up either.
      if (!pair.silent) client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) socket.on('error', end).on('close', end);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  if (address === null || typeof address !== 'object') throw new Error('no port');
  const hush = () => {
    for (const pair of pairs) pair.silent = true;
  };
  return {
    port: address.port,
    silence() {
      silent = true;
      hush();
    },
    forget: hush,
    speak() {
      silent = false;
    },
    cut() {
      for (const { client, server } of pairs) {
        client.resetAndDestroy();
        server.destroy();
      }
    },
    delay(ms) {
      delayMs = ms;
    },
    connections: () => everything.length,
    said: () => everything.map((chunks) => Buffer.concat(chunks)),
    async close() {
      const closed = once(listener, 'close');
      listener.close();
      for (const { client, server } of pairs) {
        client.destroy();
        server.destroy();
      }
      await closed;
    },
  };
}
