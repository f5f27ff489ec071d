import * as z from 'zod';
import { checkCard } from './card-check.ts';
import type { Files } from './files.ts';
import type { People } from './people.ts';
import { Refusal } from './refusals.ts';

/** Of the request's body, for text messages. */
const MAX_TEXT_BYTES = 150 * 1024;
/** The documents say 30 KB for posts as for cards; others report 150. */
const MAX_POST_BYTES = 30 * 1024;

const bad = (ext: string) => new Refusal(230001, { ext });
const textContent = z.object({ text: z.string().min(1) });
const postContent = z
  .record(
    z.enum(['zh_cn', 'en_us', 'ja_jp', 'zh_hk', 'zh_tw']),
    z.strictObject({
      title: z.string().optional(),
      content: z.array(
        z.array(
          z.discriminatedUnion('tag', [
            z.strictObject({
              tag: z.literal('text'),
              text: z.string(),
              style: z.array(z.string()).optional(),
              un_escape: z.boolean().optional(),
            }),
            z.strictObject({
              tag: z.literal('a'),
              text: z.string(),
              href: z.string().regex(/^(?:https?|lark):\/\//),
              style: z.array(z.string()).optional(),
            }),
            z.strictObject({
              tag: z.literal('at'),
              user_id: z.string(),
              user_name: z.string().optional(),
              style: z.array(z.string()).optional(),
            }),
            z.strictObject({ tag: z.literal('md'), text: z.string() }),
            z.strictObject({ tag: z.literal('img'), image_key: z.string() }),
            z.strictObject({ tag: z.literal('emotion'), emoji_type: z.string() }),
            z.strictObject({ tag: z.literal('hr') }),
            z.strictObject({ tag: z.literal('code_block'), language: z.string().optional(), text: z.string() }),
          ]),
        ),
      ),
    }),
  )
  .refine((languages) => Object.keys(languages).length > 0);

export interface Known {
  readonly people: People;
  readonly files: Files;
}

/**
 * Refuses content that Lark would refuse: 230025 too long, 230001 malformed (cause in `ext=`), 230099 a bad card (also one that
 * names a person or image that does not exist), 230017 somebody else's file.
 */
export function checkContent(type: string, content: string, requestBytes: number, known: Known): void {
  const check = CHECKS[type];
  if (!check) throw bad(`invalid msg_type: ${type}`);
  check(content, known, requestBytes);
}

const CHECKS: Readonly<Record<string, (content: string, known: Known, requestBytes: number) => void>> = {
  text: checkText,
  post: checkPost,
  interactive: checkCardMessage,
  image: (content, known) => checkKey(read(content, z.object({ image_key: z.string() }), 'image_key').image_key, known),
  file: (content, known) => checkKey(read(content, z.object({ file_key: z.string() }), 'file_key').file_key, known),
};

function read<T>(content: string, shape: z.ZodType<T>, what: string): T {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    throw bad('content is not a string in json format');
  }
  const parsed = shape.safeParse(json);
  if (!parsed.success) throw bad(`invalid message content: ${what}`);
  return parsed.data;
}

function checkText(content: string, { people }: Known, requestBytes: number): void {
  if (requestBytes > MAX_TEXT_BYTES) throw new Refusal(230025);
  const { text } = read(content, textContent, 'text');
  for (const [, id] of text.matchAll(/<at user_id="([^"]*)">/g))
    if (!isPerson(id, people)) throw bad(`invalid at user: ${id}`);
}

function checkPost(content: string, { people }: Known): void {
  if (Buffer.byteLength(content) > MAX_POST_BYTES) throw new Refusal(230025);
  for (const language of Object.values(read(content, postContent, 'post')))
    for (const node of language.content.flat())
      if (node.tag === 'at' && !isPerson(node.user_id, people)) throw bad(`invalid at user: ${node.user_id}`);
}

function checkKey(key: string, { files }: Known): void {
  const file = files.get(key);
  if (!file) throw bad(`invalid file key: ${key}`);
  if (!file.ofBot) throw new Refusal(230017);
}

const isPerson = (id: string | undefined, people: People) =>
  id === 'all' || (id !== undefined && people.get(id) !== undefined);

/** checkCard, and that whom and what the card names exists (100290, 200570). */
export function checkCardMessage(content: string, { people, files }: Known): void {
  const verdict = checkCard(content);
  if (!verdict.ok) throw verdict.code === 230025 ? new Refusal(230025) : new Refusal(230099, { msg: verdict.msg });
  const problem = namesUnknown(JSON.parse(content), people, files);
  if (problem) throw new Refusal(230099, { msg: `Failed to create card content, ext=${problem}; ` });
}

function namesUnknown(node: unknown, people: People, files: Files): string | undefined {
  if (typeof node === 'string') {
    for (const [, id] of node.matchAll(/<(?:at|person)\s+id\s*=\s*['"]?([^\s'">]*)/g))
      if (!isPerson(id, people))
        return `ErrCode: 100290; ErrMsg: There is an invalid user resource(at/person) in your card; ErrorValue: ${id}`;
    return undefined;
  }
  if (typeof node !== 'object' || node === null) return undefined;
  // plain_text is shown as it is: what looks like a mention in it is none.
  if ('tag' in node && node.tag === 'plain_text') return undefined;
  if ('img_key' in node && !files.get(String(node.img_key))?.ofBot)
    return `ErrCode: 200570; ErrMsg: card contains invalid image keys; ErrorValue: image key ${node.img_key}`;
  if ('tag' in node && node.tag === 'person' && 'user_id' in node && !isPerson(String(node.user_id), people))
    return `ErrCode: 100290; ErrMsg: There is an invalid user resource(at/person) in your card; ErrorValue: ${node.user_id}`;
  const opaque = new Set(['value', 'chart_spec', 'summary']);
  for (const [key, child] of Object.entries(node)) {
    const problem = opaque.has(key) ? undefined : namesUnknown(child, people, files);
    if (problem) return problem;
  }
  return undefined;
}
