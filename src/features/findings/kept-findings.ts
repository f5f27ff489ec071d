/** Why a problem is not deleted, and what serves; …号 stands for its number. */
export const KEPT_FINDINGS = {
  letter: 'W',
  answer:
    '问题登记后不能删除，经过都留着。不成立的请发送：整改 …号 不予认定 理由；已整改的请发送：整改 …号 完成 做了什么,原因:…；期限不对请发送：整改 …号 延期 日期 理由',
} as const;
