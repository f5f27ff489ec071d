import { reachOf } from '../../domain/people/rights.ts';
import type { ExportKind } from '../exports/export-kind.ts';

export const NOTICES_EXPORT: ExportKind<'notices'> = {
  kind: 'notices',
  name: '通知回执表',
  words: /通知|回执/,
  narrows: ['days'],
  request({ args, chat, actor }) {
    if (chat.type === 'group') return { kind: 'notices', span: args.when, chatId: chat.chatId };
    const everything = reachOf(actor, 'notice.unconfirmed') === 'everywhere';
    return { kind: 'notices', span: args.when, ...(!everything && { sender: actor.openId }) };
  },
};
