import { run } from '../../cards/kit.ts';
import { plainDoc } from '../../cards/plain.ts';
import { isClosed, type Notice } from '../../domain/notices/notice.ts';
import type { Outcome, Situation } from '../../language/command.ts';
import { noticeCode, noticeName, spokenCode } from './notice-card.ts';
import { openForSender } from './open-notices.ts';

/** Messages that are politeness and nothing else. */

const WORK = '办理?|落实|执行|照办|去办|安排|传达';
const ASSENT = `(?<![你您家])好的?|好滴|行|可以|没问题|okay|ok|明白|知道|了解|清楚|照办|遵照(?:执行|办理)?|遵命|照此办理|(?:按|照)要求(?:${WORK})?|(?:马上|立即|立刻|抓紧|认真|坚决|一定|尽快)(?:${WORK})?|去办|嗯+|[👌👍🆗✅]|\\[(?:OK|赞|强)\\]`;
const THANKS =
  '谢谢|多谢|感谢|谢|辛苦|麻烦|不客气|thanks|thank ?you|thx|\\[(?:感谢|谢谢|抱拳|握手|鼓掌|玫瑰|微笑)\\]|\\p{Extended_Pictographic}';
const CALLS = '在不在|在[吗么嘛]|有人吗';
const ADDRESS =
  '您|你|大家|各位|们|领导|\\p{Script=Han}?(?:主任|老师|局长|科长|处长|书记|校长|督学)|同志|督导助手|机器人|小助手|我们?|[我本][校局区县园]|会|请?放心|了|啦|哈|哦|噢|呀|啊|的|呢';
const BETWEEN = '[\\s,，.。!！?？~～、;；:：…-]';
const COURTESY = new RegExp(`^(?:${ASSENT}|${THANKS}|${CALLS}|${ADDRESS}|${BETWEEN})+$`, 'iu');
const SAID = new RegExp(`${ASSENT}|${THANKS}|${CALLS}`, 'iu');
const CALLED = new RegExp(CALLS, 'u');
const ASSENTED = new RegExp(ASSENT, 'iu');

/** 好的；谢谢主任；👌, as typed: politeness is cut off before a line is read. */
export const isCourtesy = (typed: string): boolean => COURTESY.test(typed) && SAID.test(typed);

const HOW = '要查、要报请直接写，例如：日程 今天；全部写法请发送“帮助”。';

/** More do not fit on a phone. */
const MOST_BUTTONS = 5;

/** 好的 under a notice may be meant for 收到, which is asked and never supposed; else one line. */
export async function answerCourtesy(context: Situation, typed: string): Promise<Outcome> {
  const open = ASSENTED.test(typed) ? await meant(context) : [];
  const [only] = open;
  if (!only) {
    const sentence = CALLED.test(typed) ? '在的。' : ASSENTED.test(typed) ? '好的。' : '不客气。';
    return { reply: plainDoc('督导助手', `${sentence}${HOW}`, { tone: 'muted' }) };
  }
  const names = open.slice(0, MOST_BUTTONS).map(noticeName);
  return {
    reply: plainDoc('还没有登记收到', `确认收到${names.join('、')}？请按按钮，或发送：收到`, {
      tone: 'soon',
      lines: open.length === 1 ? [only.words.slice(0, 40)] : [],
      buttons: open.slice(0, MOST_BUTTONS).map((notice) => ({
        label: `收到 ${spokenCode(notice, context)}`,
        press: run(`收到 ${noticeCode(notice, context)}`),
      })),
    }),
  };
}

/** The one that is answered, if it waits, else all that wait for the sender here. */
async function meant(context: Situation): Promise<readonly Notice[]> {
  const { read, parentId, now } = context;
  const open = await openForSender(context);
  const answered = parentId === undefined ? undefined : await read.noticeOfMessage(parentId);
  if (!answered || isClosed(answered, now)) return open;
  return open.filter(({ id }) => id === answered.id);
}
