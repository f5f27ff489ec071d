/** Why the line of a rule is refused: the sentence for the administrator. */
export class RuleRefused extends Error {}

export const refuse = (reason: string): never => {
  throw new RuleRefused(reason);
};

export const EXAMPLE = '例如：提醒 新增 每个工作日 08:30 今日日程';
