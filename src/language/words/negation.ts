/** 有没有 asks; 没有 denies. */
const NOT = '(?<!有)(?:没有?|从未|从来没有?|尚未|未|不)(?:被|安排|进行|接受|怎么|再)*';
const VISIT = '(?:去|到|来|督导|督查|检查|视导|入校|覆盖|排|安排)';
const WHICH = '(?:哪些|哪几|哪个|哪所|多少|几)(?:个|所|家)?';
const KIND = '(?:学校|单位|县区|区县|小学|中学|幼儿园|地方|人)';

/** A part left out: 除了一中, 望海区以外, 不含临江区, 不是韩丙带队的. What is named there is the one thing that is not asked for. */
const EXCLUDES: readonly RegExp[] = [
  /除(?:了|去|开)|除[^\s,，。]{1,15}(?:之外|以外|外)/,
  /(?<![\p{Script=Han}])(?:不含|不包括|不包含|不算|不要)/u,
  /(?<!是)(?:不是|并非|非)[^\s,，。吗?]{1,12}的/,
  /[\p{Script=Han}](?:以外|之外)的?/u,
];

/** The set of what did not happen: 没去过的学校, 哪些单位还没督导, 谁不去, 没有逾期的. */
const NEGATES: readonly RegExp[] = [
  new RegExp(`${NOT}${VISIT}(?:过|到|完|了)?(?:督导|检查|督查)?过?(?:的|${KIND}|${WHICH})`),
  new RegExp(`${WHICH}${KIND}?(?:还|都|一直|目前|本月|本周|今年|上个?月|这学期)*${NOT}${VISIT}`),
  new RegExp(`谁[^,，。]{0,6}?${NOT}(?:${VISIT}|带队)`),
  /(?<!有)(?:没有?|未|不)(?:逾期|超期|过期|滞后)/,
];

/** Whether a question leaves out what it names: answered with that, it would be turned into its contrary. */
export const excludesSome = (line: string): boolean => EXCLUDES.some((pattern) => pattern.test(line));

/** Whether it asks for what is not so. */
export const asksWhatIsNot = (line: string): boolean =>
  NEGATES.some((pattern) => pattern.test(line.replaceAll(' ', '')));
