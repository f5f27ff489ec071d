import type { Evidence } from '../ports/findings.ts';
import type { Attachment } from '../ports/inbound.ts';

/** What came with a line: its own pictures and files, and the message that it answers when that is somebody's and not ours. */
export interface Brought {
  readonly messageId: string;
  readonly attachments: readonly Attachment[];
  readonly answers?: string | undefined;
}

/** 材料 image om_… img_…: how a button names a picture that was sent before it. */
const NAMED = /材料 (image|file) (om_[\w-]{1,100}) ([\w-]{1,200})/g;

export const evidenceLine = (messageId: string, { kind, key }: Attachment): string =>
  `材料 ${kind} ${messageId} ${key}`;

/** The evidence that a line names, and the line without it. */
export function namedEvidence(
  line: string,
): { readonly value: readonly Evidence[]; readonly rest: string } | undefined {
  const value = [...line.matchAll(NAMED)].map(
    ([, kind, messageId = '', fileKey]): Evidence => ({
      kind: kind === 'file' ? 'file' : 'image',
      messageId,
      fileKey,
      name: '',
    }),
  );
  return value.length > 0 ? { value, rest: line.replace(NAMED, '').trim() } : undefined;
}

/** The evidence that came with a message. */
export function broughtEvidence(brought: Brought | undefined): readonly Evidence[] {
  const { messageId = '', attachments = [], answers } = brought ?? {};
  const own = attachments.map(({ kind, key, name }): Evidence => ({ kind, messageId, fileKey: key, name }));
  return [...own, ...(answers ? [{ kind: 'message' as const, messageId: answers, name: '' }] : [])];
}

/** Both, and the line without its mention of it. */
export function readEvidence(
  line: string,
  brought: Brought | undefined,
): { readonly evidence: readonly Evidence[]; readonly text: string } {
  const named = namedEvidence(line);
  return { evidence: [...(named?.value ?? []), ...broughtEvidence(brought)], text: named?.rest ?? line.trim() };
}
