import { plainDoc } from '../../cards/plain.ts';
import { HEARTBEAT } from '../../domain/notices/notice.ts';
import type { Outcome, Situation } from '../../language/command.ts';
import { nameOf } from '../../language/who/account-name.ts';
import { noticeName } from './notice-card.ts';
import { POLITELY } from './notice-phrase.ts';
import { openForSender } from './open-notices.ts';

const SO_FAR = '还|都|一直|仍然?|也|至今|到现在|现在|目前|怎么|根本|通知|文件|附件|链接|材料';
const NOT = '(?:没有?|未)(?:能|有)?(?:收到|接到|签收)|收不(?:到|了)|签收不';
/** 谁没收到, 没收到的单位 and 未收到名单 are questions of whoever sent it. */
const LISTS = '(?!.*(?:(?:收到|签收)的|谁|哪|名单|情况|多少|几个)|未(?:收到|签收)\\d*$)';
const SAYS = `${LISTS}(?:(?:${POLITELY}|${SO_FAR})了?[\\s,，、。;!]*)*(?:${NOT})`;

/** 还没收到, 我校收不到附件. */
export const SAYS_NOT_RECEIVED = new RegExp(`^${SAYS}`);
/** The same behind the word itself: 收到不了; 收到，没收到附件. */
export const NOT_RECEIVED = new RegExp(`^(?:不[了到成上全]|${SAYS})`);

/** Nothing is confirmed; whoever sent it can send it again. */
export async function notReceived(context: Situation): Promise<Outcome> {
  const { read, parentId } = context;
  const answered = parentId === undefined ? undefined : await read.noticeOfMessage(parentId);
  const open = answered ? [answered] : await openForSender(context);
  const [notice] = open;
  const sender = notice && notice.sender !== HEARTBEAT ? await nameOf(read, notice.sender) : '督导室';
  const whom = notice
    ? `${noticeName(notice)} 由${sender}发出，打不开、缺附件的请找${sender}重发。`
    : '发给您的东西打不开、缺附件的，请找发的人或督导室重发。';
  return {
    reply: plainDoc('没有登记', `没有登记为收到。${whom}收到以后再发送：收到`, { tone: 'soon' }),
  };
}
