import type { NewMessage, SentFile } from '../ports/changes.ts';
import type { Core } from './core.ts';

/** Files that belong to an answer: after it, and in the same place. */
export const fileMessages = (
  { ids }: Core,
  answer: Pick<NewMessage, 'key' | 'chatId' | 'person' | 'replyTo' | 'dueAt' | 'createdAt'>,
  files: readonly SentFile[],
): readonly NewMessage[] =>
  files.map((file, index) => ({
    ...answer,
    key: `${answer.key}:file:${index}`,
    lane: 'reply',
    remake: { kind: 'answer' },
    type: 'file',
    content: '',
    file,
    uuid: ids.next('f'),
  }));
