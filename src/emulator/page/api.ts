import { isObject, string } from './json.ts';

/** What could not be done, in words for whoever sits before the page. */
export class Failed extends Error {}

/** What the control side says, for people. Others are shown as they are. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/no such button/, '这张卡片已经变了，没有这个按钮了。请看更新后的卡片。'],
  [/is disabled/, '这个按钮现在不可用。'],
  [/is not in/, '您不在这个群里。'],
  [/the message is gone/, '这条消息已经撤回了。'],
  [/too large/, '内容太大，超过了上限，没有发送。'],
  [/cannot be moved/, '这里的时钟跟着真实时间走，不能拨。'],
  [/foreign/, '请求不是来自本页，被拒绝了。'],
];

/** Calls the control side. Throws Failed with a Chinese sentence when it cannot be reached or says no. */
export async function ask(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(`/control${path}`, {
      method,
      ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
  } catch {
    throw new Failed('连不上演示程序，它可能已经停止。请在终端里看一看。');
  }
  const json: unknown = await response.json().catch(() => undefined);
  if (response.ok) return json;
  const error = isObject(json) ? string(json['error']) : '';
  const words = WORDS.find(([pattern]) => pattern.test(error))?.[1];
  throw new Failed(words ?? `没有成功（${response.status}）：${error || '演示程序没有说明原因'}`);
}

export const tell = (path: string, body: unknown = {}): Promise<unknown> => ask('POST', path, body);
