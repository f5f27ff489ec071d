import { UserError } from '../../language/errors.ts';

/** Why the line of a rule is refused: the sentence for the administrator. */
export const refuse = (reason: string): never => {
  throw new UserError(reason);
};

export const EXAMPLE = '例如：提醒 新增 每个工作日 08:30 今日日程';
