import { UserError } from '../../language/errors.ts';
import { asWritten } from '../../language/words/as-written.ts';

/** Words that tell the bot something to do, and tell readers nothing. */

const WHO = '谁|哪些人|哪些单位|哪些|哪个单位|几个单位|还有谁|名单';
const NOT_YET = '(?:还|都)?(?:没有?|未)有?(?:收到|签收|回复|确认|已读|看)';
/** 谁没收到 1 2, 谁没收到 望海区. 谁没收到课本请到教务处领 is news. */
const ASKS = new RegExp(
  `^(?:请问)?(?:${WHO})\\s*${NOT_YET}(?:了|的|通知|吗|呢|\\s|[\\d、,，?？号第条和与]|\\s\\p{Script=Han}{2,8}$)*$`,
  'u',
);

const VERB =
  '新增|添加|取消|变更|更改|修改|改期|改到|改为|改成|延期|延到|推迟|提前|顺延|恢复|完成|办结|销号|签收|复查|退回|下达|同意|驳回|督办|通报|催办|催|撤回|撤销|删除|作废|转交|转发|补发|重发|暂停|停用|启用|进度|截止|佐证|限知|保密|关闭|重开';
/** 完成情况 and 取消后 speak of a step. */
const NOT_ONE = '(?![了]?(?:情况|率|度|后|前|时|的|者|人|单位|清单|台账|工作|材料))';
const NUMBER =
  '(?:[TDW]-?\\s?\\d{1,6}(?!\\d)|第?\\s?\\d{1,6}(?:号|条)?(?:通知)?(?=$|[\\s,，、](?!\\s*(?:天|日|月|年|周|点|个|项|所|人|次|场|份|张|台|名|小时|分钟))))';
const NAMES =
  '任务|进展|日程(?:管理)?|整改|问题|提醒|通知|公告|收到|导入|导出|绑定|解绑|设置|授权|紧急|专项|节假日|校历|离任|人员|清单|汇总|记录|截止';
const POLITE = '(?:请|帮我|麻烦|把|将|再)?\\s*';

const COMMANDS: readonly RegExp[] = [
  ASKS,
  // 1 2, T3、T4: numbers and nothing else.
  /^(?:[TDW]?-?\d{1,6}(?:号|条)?[\s,，、和与及~-]*)+$/i,
  // 催办 1 请务必今天, 延期 D1 到周五.
  new RegExp(`^${POLITE}(?:${VERB})${NOT_ONE}\\s*(?:任务|问题|通知|督导)?\\s*${NUMBER}`, 'i'),
  // D1 改到周五, W3 销号, T6 80%.
  new RegExp(`^${POLITE}[TDW]-?\\s?\\d{1,6}(?!\\d)\\s*(?:${VERB}|\\d+(?:\\.\\d+)?[%％])${NOT_ONE}`, 'i'),
  // 任务 完成 T4, 日程 D7 取消.
  new RegExp(`^${POLITE}(?:${NAMES})[\\s:：]*(?:${VERB})?${NOT_ONE}[\\s:：]*[TDW]-?\\s?\\d{1,6}(?!\\d)`, 'i'),
  // 任务 新增 …, 日程 取消 ….
  new RegExp(`^${POLITE}(?:${NAMES})\\s+(?:${VERB})${NOT_ONE}(?:\\s|$)`),
];

/** The first sentence of a notice that is a command: 请报送台账。任务 完成 T6. */
const commandIn = (words: string): string | undefined =>
  words
    .split(/[\n。；;！!]+/)
    .map((clause) => clause.replace(/^[\s,，、:：]+|[\s,，、:：]+$/g, ''))
    .find((clause) => COMMANDS.some((pattern) => pattern.test(clause)));

/** What is published is read by everybody and cannot be taken back: a command among it is asked about. Throws UserError. */
export function refuseCommand(words: string): void {
  const command = commandIn(words);
  if (command !== undefined)
    throw new UserError(
      `没有发送：“${asWritten(command).slice(0, 40)}”是命令，不是通知的内容。要办理的请分成两条消息，单独发送，不加“通知”；看谁没收到请只写一个编号：谁没收到 1。要告诉大家的，请写成一句话，例如：通知 请各校周五前报送台账`,
    );
}
