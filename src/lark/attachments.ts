import * as z from 'zod';
import type { Attachment } from '../ports/inbound.ts';
import { parseJson } from './json.ts';

const key = z.string().regex(/^[A-Za-z0-9_-]{1,200}$/);
const image = z.object({ image_key: key });
const file = z.object({ file_key: key, file_name: z.string().default('') });
const item = z.looseObject({ tag: z.string() });
const lines = z.array(z.union([z.array(item), item.transform((one) => [one])]));
const post = z
  .object({ content: lines.optional(), content_v2: lines.optional() })
  .refine(({ content, content_v2 }) => content !== undefined || content_v2 !== undefined);

/** The pictures and files that a message carries, by Lark's keys: an image, a file, a video, or what stands in a post beside its text. */
export function attachmentsIn(type: string, content: string): readonly Attachment[] {
  const parsed = parseJson(content);
  if (!parsed.ok) return [];
  switch (type) {
    case 'image':
      return imageOf(parsed.value);
    case 'file':
    case 'media':
      return fileOf(parsed.value);
    case 'post':
      return inPost(parsed.value);
    default:
      return [];
  }
}

function imageOf(value: unknown): readonly Attachment[] {
  const found = image.safeParse(value).data;
  return found ? [{ kind: 'image', key: found.image_key, name: '' }] : [];
}

function fileOf(value: unknown): readonly Attachment[] {
  const found = file.safeParse(value).data;
  return found ? [{ kind: 'file', key: found.file_key, name: found.file_name }] : [];
}

/** Some senders wrap a post per language. */
function inPost(value: unknown): readonly Attachment[] {
  const wrapped = z.record(z.string(), z.unknown()).safeParse(value).data ?? {};
  const found = [value, ...Object.values(wrapped)].map((each) => post.safeParse(each).data).find((each) => each);
  const { content = [], content_v2 = [] } = found ?? {};
  const carried = [...content, ...content_v2].flat().flatMap((item) => {
    if (item.tag === 'img') return imageOf(item);
    return item.tag === 'media' ? fileOf(item) : [];
  });
  return carried.filter(({ key }, at) => carried.findIndex((other) => other.key === key) === at);
}
