/** What the record is narrowed to: the word, and how the actions of that kind begin. */
export const AUDIT_KINDS: readonly {
  readonly word: RegExp;
  readonly name: string;
  readonly actions: readonly string[];
}[] = [
  { word: /^(?:督导安排|督导|日程)$/, name: '督导安排', actions: ['inspection.'] },
  { word: /^(?:提醒|提醒规则|推送)$/, name: '提醒', actions: ['rule.', 'pushes.', 'message.', 'quiet.'] },
  { word: /^(?:人员|身份|关联|离任)$/, name: '人员', actions: ['person.', 'people.', 'link.'] },
  { word: /^(?:角色|权限)$/, name: '角色', actions: ['role.', 'refused.'] },
  { word: /^(?:设置|参数)$/, name: '设置', actions: ['setting.', 'quiet.'] },
  { word: /^(?:导入|表格)$/, name: '导入', actions: ['import.'] },
  { word: /^导出$/, name: '导出', actions: ['export.'] },
  { word: /^(?:问题|整改)$/, name: '问题', actions: ['finding.'] },
  { word: /^(?:任务|进展)$/, name: '任务', actions: ['task.', 'progress.'] },
  { word: /^通知$/, name: '通知', actions: ['notice.'] },
  { word: /^(?:专项|节点)$/, name: '专项', actions: ['program.', 'milestone.'] },
  { word: /^(?:节假日|校历)$/, name: '节假日', actions: ['calendar.', 'schoolPeriod.'] },
  { word: /^(?:工作群|群|绑定)$/, name: '工作群', actions: ['group.'] },
];
