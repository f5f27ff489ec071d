import { FINDING_DIMENSIONS, type FindingDimension } from '../../domain/loop/rates.ts';
import { UserError } from '../errors.ts';

/** What is counted, and by what. */
export interface SummaryQuestion {
  readonly of: 'findings';
  readonly by: FindingDimension;
}

const each = '(?:按照?|分|各|逐)';
const BY: Readonly<Record<FindingDimension, RegExp>> = {
  unit: new RegExp(`${each}(?:单位|县市区|县区|区县)`),
  program: new RegExp(`${each}专项`),
  stage: new RegExp(`${each}(?:学段|学校类[别型])`),
  category: new RegExp(`${each}(?:问题)?(?:类别|分类|指标)`),
  severity: new RegExp(`${each}(?:问题|严重)?程度`),
  month: new RegExp(`${each}月(?:份|度)?`),
};
/** What a summary is called by: 按学段. */
export const BY_WORD: Readonly<Record<FindingDimension, string>> = {
  ...{ unit: '按单位', program: '按专项', stage: '按学段', category: '按类别', severity: '按程度', month: '按月' },
};
const NO_WORDS = /整改|问题|情况|完成率|按期率|统计|汇总|一下|[\s的,，、]/g;

/** Reads what is left of a line when units, programs and days are cut out. */
export function readSummaryQuestion(rest: string): SummaryQuestion {
  const asked = FINDING_DIMENSIONS.filter((by) => BY[by].test(rest));
  const [by = 'unit', second] = asked;
  if (second) throw new UserError(`请只写一种分法：${BY_WORD[by]}，或${BY_WORD[second]}。`);
  const left = rest.replace(BY[by], '').replace(NO_WORDS, '');
  if (left !== '')
    throw new UserError(
      `没有看懂“${left}”。可以发送：汇总，汇总 单位，汇总 专项，汇总 4月，汇总 ${Object.values(BY_WORD).slice(1).join('|')}`,
    );
  return { of: 'findings', by };
}
