/** Why neither a task nor a report is deleted, and what serves; …号 stands for its number. */
export const KEPT_TASKS = {
  letter: 'T',
  answer:
    '任务和进展不能删除，经过都留着。不再办的请办结并写明原因：任务 完成 …号 原因 …；换时间请发送：任务 改期 …号 6月30日 原因 …；换单位请发送：任务 转交 …号 单位 原因 …；进展报错了请发送：进展 …号 更正 50% 原因 …',
} as const;
