import { createServer } from 'node:http';
import type { Emulator } from '../../src/emulator/server.ts';

interface Heard {
  readonly text: string;
  readonly chatId: string;
  readonly fileName: string | undefined;
}

/** `value` and what was filled in or chosen, as the callback carries them. */
interface Pressed {
  readonly action: Readonly<Record<string, unknown>>;
  readonly openId: string;
}

export interface ScriptedBot {
  readonly heard: Heard[];
  readonly pressed: Pressed[];
  /** Calls the platform as an app does; gives Lark's code. */
  send(chatId: string, content: object, type?: string): Promise<number>;
  close(): Promise<void>;
}

export interface Script {
  /** A card or text to answer with, if any. */
  readonly hears?: (heard: Heard) => object | undefined;
  readonly answersPress?: (pressed: Pressed) => object;
}

/** A bot of a few lines, so that the page is judged by what no command of ours shows yet. Its emulator pushes plain text (encryptKey ''). */
export async function scriptedBot(lark: Emulator, script: Script): Promise<ScriptedBot> {
  const heard: Heard[] = [];
  const pressed: Pressed[] = [];
  const call = async (path: string, body: object, token?: string) => {
    const response = await fetch(`${lark.url}/open-apis${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
    return response.json();
  };
  const send = async (chatId: string, content: object, type = 'interactive') => {
    const keys = { app_id: lark.appId, app_secret: lark.appSecret };
    const { tenant_access_token: token } = await call('/auth/v3/tenant_access_token/internal', keys);
    const order = { receive_id: chatId, msg_type: type, content: JSON.stringify(content) };
    return (await call('/im/v1/messages?receive_id_type=chat_id', order, token)).code;
  };

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { header, event } = JSON.parse(Buffer.concat(chunks).toString());
    response.setHeader('content-type', 'application/json');
    if (header.event_type === 'card.action.trigger') {
      const press = { action: event.action, openId: event.operator.open_id };
      pressed.push(press);
      response.end(JSON.stringify(script.answersPress?.(press) ?? {}));
      return;
    }
    response.end('{}');
    if (header.event_type !== 'im.message.receive_v1') return;
    const content = JSON.parse(event.message.content);
    const said = { text: content.text ?? '', chatId: event.message.chat_id, fileName: content.file_name };
    heard.push(said);
    const answer = script.hears?.(said);
    if (answer) await send(said.chatId, answer, 'schema' in answer ? 'interactive' : 'text');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  lark.control.pushEventsTo(`http://127.0.0.1:${address.port}/`);
  return {
    heard,
    pressed,
    send,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
