import { type Instant, wallClock } from '../domain/calendar/local-date.ts';
import type { Emulator } from '../emulator/server.ts';
import { ZONE } from './demo-clock.ts';

export interface Screen {
  /** A heading of the story. */
  heading(text: string): void;
  lines(lines: readonly string[]): void;
}

export const shownTime = (at: Instant): string => {
  const { date, time } = wallClock(at, ZONE);
  return `${date} ${time}`;
};

/** Writes every message of every chat as plain text at the moment when it appears: time, chat and who, then the text, indented. */
export function showMessages({ control }: Emulator, write: (text: string) => void): Screen {
  const chatName = (chatId: string): string => {
    const chat = control.chats().find((known) => known.chatId === chatId);
    if (chat?.mode !== 'p2p') return chat?.name ?? '';
    return `${control.people().find(({ openId }) => chat.members.includes(openId))?.name ?? ''}的单聊`;
  };
  control.onMessage((message, change) => {
    const to = message.from === 'bot' && message.parentId ? control.message(message.parentId).fromName : undefined;
    const how =
      change === 'updated' ? '（卡片已更新）' : change === 'recalled' ? '（已撤回）' : to ? `（回复${to}）` : '';
    const at = wallClock(message.updatedAt ?? message.createdAt, ZONE).time;
    const text = message.text.split('\n').map((line) => `    ${line}`.trimEnd());
    write(`\n${at}  ${chatName(message.chatId)}  ${message.fromName}${how}\n${text.join('\n')}\n`);
  });
  return {
    heading: (text) => write(`\n═══ ${text} ═══\n`),
    lines: (lines) => write(`${lines.map((line) => `  ${line}`.trimEnd()).join('\n')}\n`),
  };
}
