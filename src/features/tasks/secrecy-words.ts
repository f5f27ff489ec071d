import { UserError } from '../../language/errors.ts';
import { quoted } from '../../language/forms/unread.ts';

/** 可见 陈甲: of a problem, not of a task. Who sees a confidential task follows from who answers for it. */
const VIEWERS = /(?<=^|[\s,，;；。、])(?:可见|知悉|知晓)(?:人|人员|范围)?(?:\s*[:：]\s*|\s+)\S.*$/;
const LATE_MARK = /(?<=\S[\s,，;；。、]+)(?:保密|限知)$/;

const WHO_SEES = '保密任务只有责任人、下达人和督导室看得到，不另写谁可见';

export const viewersIn = (text: string): string | undefined => VIEWERS.exec(text.trim())?.[0];

/** Within the parts of a new task. The mark would be taken for a word too many, and the task be open to all once it was left out. */
export function refuseSecrecyWords(text: string): void {
  const viewers = viewersIn(text);
  if (viewers !== undefined) {
    const names = viewers.replace(/^\S+?(?:\s*[:：]\s*|\s+)/, '');
    throw new UserError(
      `没有执行。没看懂${quoted([viewers])}：${WHO_SEES}。请写成：任务 新增 保密 内容 牵头 单位 责任人 ${names} 截止 4月30日`,
    );
  }
  if (LATE_MARK.test(text.trim()))
    throw new UserError(
      '没有执行。“保密”请写在任务内容前面，并写责任人：任务 新增 保密 内容 牵头 单位 责任人 姓名 截止 4月30日',
    );
}

/** Beside the order that makes a task confidential. */
export function refuseViewers(text: string): void {
  const viewers = viewersIn(text);
  if (viewers !== undefined)
    throw new UserError(
      `没有执行。没看懂${quoted([viewers])}：${WHO_SEES}。要让别人也看得到，请先转交：任务 转交 T12 单位 责任人 姓名 原因 …`,
    );
}
