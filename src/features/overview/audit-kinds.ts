import type { AuditAction } from '../../domain/audit-words.ts';

type Subject = AuditAction extends `${infer Of}.${string}` ? Of : never;

interface AuditKind {
  /** The words that mean it. */
  readonly word: RegExp;
  readonly name: string;
}

/** What the record is narrowed to, with the subjects that each kind shows. */
const KINDS = [
  { word: /^(?:督导安排|督导|日程)$/, name: '督导安排', subjects: ['inspection'] },
  { word: /^(?:提醒|提醒规则|推送)$/, name: '提醒', subjects: ['rule', 'pushes', 'message', 'messages', 'quiet'] },
  { word: /^(?:人员|身份|关联|离任)$/, name: '人员', subjects: ['person', 'people', 'link'] },
  { word: /^(?:角色|权限)$/, name: '角色', subjects: ['role', 'refused'] },
  { word: /^(?:设置|参数)$/, name: '设置', subjects: ['setting', 'quiet'] },
  { word: /^(?:导入|表格)$/, name: '导入', subjects: ['import'] },
  { word: /^导出$/, name: '导出', subjects: ['export'] },
  { word: /^(?:问题|整改)$/, name: '问题', subjects: ['finding'] },
  { word: /^(?:任务|进展)$/, name: '任务', subjects: ['task', 'progress'] },
  { word: /^通知$/, name: '通知', subjects: ['notice'] },
  { word: /^(?:专项|节点)$/, name: '专项', subjects: ['program', 'milestone'] },
  { word: /^(?:节假日|校历)$/, name: '节假日', subjects: ['calendar', 'schoolPeriod'] },
  { word: /^(?:工作群|群|绑定)$/, name: '工作群', subjects: ['group'] },
] as const satisfies readonly (AuditKind & { readonly subjects: readonly Subject[] })[];

/** Subjects of the record that no kind shows: as long as there is one, the list does not compile, and the compiler names it. */
type Unshown = Exclude<Subject, (typeof KINDS)[number]['subjects'][number]>;
type Closed<Kinds> = [Unshown] extends [never] ? Kinds : { readonly shownByNoKind: Unshown };

/** `actions` is how the actions of that kind begin. */
export const AUDIT_KINDS: Closed<readonly (AuditKind & { readonly actions: readonly string[] })[]> = KINDS.map(
  ({ subjects, ...kind }) => ({ ...kind, actions: subjects.map((subject) => `${subject}.`) }),
);
