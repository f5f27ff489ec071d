import * as z from 'zod';
import type { MessageFile, Result } from '../ports/messenger.ts';
import { parseJson } from './json.ts';
import type { Session } from './session.ts';

/** The SDK puts ids into paths unencoded. */
const MESSAGE_ID = /^om_[A-Za-z0-9_-]{1,200}$/;
const FILE_KEY = /^[A-Za-z0-9_-]{1,200}$/;

const contentShape = z.object({ file_key: z.string().regex(FILE_KEY), file_name: z.string().default('') });
const messagesShape = z.object({
  data: z.object({
    items: z.array(z.object({ msg_type: z.string(), body: z.object({ content: z.string() }).nullish() })).nullish(),
  }),
});
const fileShape = z.object({ file: z.union([z.instanceof(Uint8Array), z.literal('tooLarge')]) });

/** The file that a message of type file carries; undefined for other types and damaged content. */
export function fileIn(type: string, content: string): MessageFile | undefined {
  if (type !== 'file') return undefined;
  const parsed = parseJson(content);
  const file = parsed.ok ? contentShape.safeParse(parsed.value).data : undefined;
  return file && { key: file.file_key, name: file.file_name };
}

/** Lark's own bound; a larger file would be sent for nothing. */
const MAX_UPLOAD_BYTES = 30 * 1024 * 1024;
/** Bytes travel longer than words; with the calls of a message it stays below a lease. */
const UPLOAD_MS = 25_000;
const uploadedShape = z.object({ data: z.object({ file_key: z.string().regex(FILE_KEY) }) });

/** By the client's own request: the SDK's method for it loses the code of a refusal. */
export async function upload(session: Session, name: string, bytes: Uint8Array): Promise<Result<string>> {
  if (bytes.length === 0 || bytes.length > MAX_UPLOAD_BYTES)
    return { ok: false, failure: { kind: 'refused', code: 0, reason: `a file of ${bytes.length} bytes` } };
  const sent = await session.call('file.create', uploadedShape, (client, authorised) =>
    client.request(
      {
        method: 'POST',
        url: '/open-apis/im/v1/files',
        headers: { 'content-type': 'multipart/form-data' },
        data: { file_type: fileType(name), file_name: name, file: new File([new Uint8Array(bytes)], name) },
        timeout: UPLOAD_MS,
      },
      authorised,
    ),
  );
  return sent.ok ? { ok: true, value: sent.value.data.file_key } : sent;
}

/** Lark's word for the family of a file, which gives it its icon and its preview. */
const fileType = (name: string): 'xls' | 'stream' => (/\.xlsx?$/i.test(name) ? 'xls' : 'stream');

export async function fileOf(session: Session, messageId: string): Promise<Result<MessageFile | undefined>> {
  if (!MESSAGE_ID.test(messageId)) return notAnId();
  const got = await session.call('message.get', messagesShape, (client, authorised) =>
    client.im.v1.message.get({ path: { message_id: messageId } }, authorised),
  );
  if (!got.ok) return got;
  const [message] = got.value.data.items ?? [];
  return { ok: true, value: message && fileIn(message.msg_type, message.body?.content ?? '') };
}

/** By the client's own request: the SDK's method for it writes to a file or a Node stream, which workerd has not. */
export async function download(
  session: Session,
  { messageId, fileKey, maxBytes }: { readonly messageId: string; readonly fileKey: string; readonly maxBytes: number },
): Promise<Result<Uint8Array | 'tooLarge'>> {
  if (!MESSAGE_ID.test(messageId) || !FILE_KEY.test(fileKey)) return notAnId();
  const got = await session.call('message.resource', fileShape, (client, authorised) =>
    client.request(
      {
        method: 'GET',
        url: `/open-apis/im/v1/messages/${messageId}/resources/${fileKey}`,
        params: { type: 'file' },
        responseType: 'arraybuffer',
        maxContentLength: maxBytes,
      },
      authorised,
    ),
  );
  return got.ok ? { ok: true, value: got.value.file } : got;
}

const notAnId = (): Result<never> => ({
  ok: false,
  failure: { kind: 'refused', code: 0, reason: 'an id that Lark did not give' },
});
