/** The fixed filters of the language, each with the words for it. */
export const FILTERS = {
  veto: /一票否决项?|否决项?|底线指标|前置条件/g,
  unmet: /还?(?:没有?|未|不)能?达标|不合格|未达到/g,
  missing: /还?(?:没有?|未)(?:完成|上报|报送|报|填报?|自评|提交|交|做完)|缺报/g,
  overdue: /逾期|超期|过期|滞后|拖欠/g,
} as const;

export type FilterName = keyof typeof FILTERS;
