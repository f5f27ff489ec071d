import type { Emulator } from '../emulator/server.ts';

/** What people do in the demo. Each resolves once the bot has answered on the screen. */
export interface Talk {
  say(chatId: string, openId: string, text: string): Promise<void>;
  /** Presses the button of the newest card in the chat that shows it. Throws RangeError when no card does. */
  press(chatId: string, openId: string, buttonText: string): Promise<void>;
  /** The text of the bot's newest message in the chat. */
  newest(chatId: string): string;
}

export function talkIn({ control }: Emulator): Talk {
  const fromBot = (chatId: string) => control.messages(chatId).filter(({ from }) => from === 'bot');
  return {
    async say(chatId, openId, text) {
      const before = fromBot(chatId).length;
      control.say(chatId, openId, text);
      await control.when(() => fromBot(chatId).length > before);
    },
    async press(chatId, openId, buttonText) {
      const card = fromBot(chatId).findLast(({ text }) => text.includes(`【${buttonText}】`));
      if (!card) throw new RangeError(`没有写着“${buttonText}”的按钮`);
      await control.press(card.messageId, openId, { buttonText });
    },
    newest: (chatId) => fromBot(chatId).at(-1)?.text ?? '',
  };
}
