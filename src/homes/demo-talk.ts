import type { Emulator } from '../emulator/server.ts';

/** What people do in the demo. Each resolves once the bot has answered on the screen. */
export interface Talk {
  say(chatId: string, openId: string, text: string): Promise<void>;
  /** The same, in answer to a picture that is sent first. */
  sayWithPicture(chatId: string, openId: string, text: string): Promise<void>;
  /** Presses the button of the newest card in the chat that shows it. Throws RangeError when no card does. */
  press(chatId: string, openId: string, buttonText: string): Promise<void>;
  /** The text of the bot's newest message in the chat. */
  newest(chatId: string): string;
}

export function talkIn({ control }: Emulator): Talk {
  const fromBot = (chatId: string) => control.messages(chatId).filter(({ from }) => from === 'bot');
  const answered = async (chatId: string, act: () => void) => {
    const before = fromBot(chatId).length;
    act();
    await control.when(() => fromBot(chatId).length > before);
  };
  return {
    say: (chatId, openId, text) => answered(chatId, () => control.say(chatId, openId, text)),
    async sayWithPicture(chatId, openId, text) {
      const file = { name: '现场照片.jpg', bytes: new TextEncoder().encode('jpg') };
      const { messageId, delivered } = control.say(chatId, openId, '', { type: 'image', file });
      await delivered;
      await answered(chatId, () => control.say(chatId, openId, text, { replyTo: messageId }));
    },
    async press(chatId, openId, buttonText) {
      const card = fromBot(chatId).findLast(({ text }) => text.includes(`【${buttonText}】`));
      if (!card) throw new RangeError(`没有写着“${buttonText}”的按钮`);
      await control.press(card.messageId, openId, { buttonText });
    },
    newest: (chatId) => fromBot(chatId).at(-1)?.text ?? '',
  };
}
