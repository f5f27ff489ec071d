import type { HeldRole, Person, Role } from './person.ts';

/**
 * What somebody is to an item: a role that reaches it, or something that follows from the item itself.
 * team: on the team of its visit. responsible: named as responsible for it. author: made it. member: somebody of a unit that it concerns.
 */
type Part = Role | 'team' | 'responsible' | 'author' | 'member';

interface Right {
  /** What is done, in the words of the refusal: 只有…可以（安排督导）. */
  readonly what: string;
  readonly who: readonly Part[];
  /** Lets the unit off: nobody decides it for a unit of their own (invariant 1 of the closed loop). */
  readonly impartial?: true;
  /** Each unit's own share of the item, so that a role over one of its units is enough; anything else asks for all of them. */
  readonly share?: true;
  /** Changes nothing: an education bureau's liaison reads all of its county. */
  readonly reads?: true;
}

const SUPERVISION = ['administrator', 'supervisor'] as const;
/** An inspector of a zone (督学), and whoever is on the team of the visit. */
const RECHECKING = [...SUPERVISION, 'inspector', 'team'] as const;
/** The supervised side; administrators stand in for a unit that has nobody yet. */
const RECTIFYING = ['administrator', 'liaison', 'responsible'] as const;

/**
 * The one table of rights. A role reaches the unit that its grant names and all units below it, everything when it names none. A right over
 * one unit is none over an item that concerns others too: roles must reach all of its units, unless the act is each unit's own share.
 * Looking things up is a chat's scope: in a direct chat `unit.read` says what the roles add to it. Leaders read, so they stand where
 * reading needs a right.
 */
export const RIGHTS = {
  'unit.read': {
    what: '查看',
    who: [...SUPERVISION, 'inspector', 'leader', 'observer', 'liaison'],
    reads: true,
  },

  'visit.schedule': { what: '安排督导', who: SUPERVISION },
  'visit.change': { what: '调整督导安排', who: SUPERVISION },
  'visit.cancel': { what: '取消督导安排', who: SUPERVISION },

  'finding.draft': { what: '登记问题', who: [...RECHECKING, 'liaison'] },
  'finding.register': { what: '认定问题', who: RECHECKING },
  'finding.evidence': { what: '上传佐证材料', who: [...RECHECKING, 'liaison', 'responsible'] },
  'finding.dispute': { what: '申辩', who: RECTIFYING },
  'finding.issue': { what: '下达整改', who: SUPERVISION },
  'finding.change': { what: '更改问题和整改期限', who: SUPERVISION, impartial: true },
  'finding.acknowledge': { what: '签收', who: RECTIFYING },
  'finding.filePlan': { what: '报整改方案', who: RECTIFYING },
  'finding.returnPlan': { what: '退回整改方案', who: SUPERVISION },
  'finding.fix': { what: '开始整改', who: RECTIFYING },
  'finding.submit': { what: '报整改完成', who: RECTIFYING },
  'finding.askExtension': { what: '申请延期', who: RECTIFYING },
  'finding.decideExtension': { what: '批准或不批准延期', who: SUPERVISION, impartial: true },
  'finding.recheck': { what: '复查', who: RECHECKING, impartial: true },
  'finding.return': { what: '退回整改', who: RECHECKING },
  'finding.close': { what: '销号', who: SUPERVISION, impartial: true },
  'finding.longTerm': { what: '转为长期坚持', who: SUPERVISION, impartial: true },
  'finding.drop': { what: '不予认定', who: SUPERVISION, impartial: true },
  'finding.reopen': { what: '重新挂账', who: RECHECKING },
  'finding.restrict': { what: '设为限知', who: SUPERVISION, impartial: true },
  'finding.lift': { what: '解除限知', who: SUPERVISION, impartial: true },
  'escalation.confirm': { what: '确认督办和通报', who: SUPERVISION },
  'escalation.record': { what: '记录约谈和问责', who: SUPERVISION },
  'escalation.lower': { what: '降低督办级别', who: SUPERVISION, impartial: true },

  'task.create': { what: '下达任务', who: SUPERVISION },
  'task.change': { what: '修改任务', who: SUPERVISION },
  'task.assign': { what: '转交任务', who: [...SUPERVISION, 'liaison', 'responsible'] },
  'task.pursue': { what: '催办、限期整改和通报滞后的任务', who: SUPERVISION },
  'task.report': { what: '报进展', who: [...RECTIFYING, 'member'], share: true },
  'task.correct': { what: '更正已报的进展', who: SUPERVISION },
  'task.close': { what: '办结任务', who: SUPERVISION },
  'task.collect': { what: '发起进展调度', who: SUPERVISION },
  'notice.send': { what: '发通知', who: SUPERVISION },
  'notice.acknowledge': {
    what: '确认收到',
    who: ['liaison', 'leader', 'responsible', 'inspector', 'team', 'member'],
    share: true,
  },
  'notice.unconfirmed': {
    what: '看谁没收到',
    who: [...SUPERVISION, 'leader', 'liaison', 'author'],
    share: true,
    reads: true,
  },

  'program.change': { what: '设置专项', who: SUPERVISION },
  'reminder.change': { what: '设置提醒', who: SUPERVISION },
  'rehearsal.read': { what: '预演推送', who: SUPERVISION },
  'export.take': { what: '导出表格', who: [...SUPERVISION, 'inspector', 'leader', 'liaison'], reads: true },
  'import.apply': { what: '导入表格', who: ['administrator'] },
  'term.change': { what: '设置学期和假期', who: SUPERVISION },
  'calendar.change': { what: '更改节假日', who: ['administrator'] },
  'group.bind': { what: '绑定工作群', who: ['administrator'] },
  'group.read': { what: '看工作群', who: ['administrator'] },
  'people.read': { what: '看人员关联', who: SUPERVISION },
  'people.change': { what: '更改人员', who: ['administrator'] },
  'role.change': { what: '授予和撤销角色', who: ['administrator'] },
  'audit.read': { what: '看操作记录', who: SUPERVISION },
  'settings.change': { what: '更改设置', who: ['administrator'] },
  'pushes.pause': { what: '暂停推送', who: ['administrator'] },
} as const satisfies Readonly<Record<string, Right>>;

export type Action = keyof typeof RIGHTS;

/** Who acts. The account's people say which units are its own. */
export interface Acting {
  readonly openId: string;
  readonly people: readonly Pick<Person, 'id' | 'unit'>[];
  readonly roles: readonly HeldRole[];
  /** Administrator of everything, by grant or by configuration. */
  readonly isAdministrator: boolean;
}

/** What is acted on. Without one the action concerns the whole district, and only a role without a unit reaches it. */
export interface Item {
  /** The units that it is of: the visited one, the one to rectify, those that lead; each with itself and all above it, as `unitsAbove` reads them. */
  readonly units: readonly { readonly id: string; readonly above: readonly string[] }[];
  /** Person ids. */
  readonly team?: readonly string[] | undefined;
  readonly responsible?: readonly string[] | undefined;
  /** An open id. */
  readonly author?: string | undefined;
}

const WORD: Readonly<Record<Part, string>> = {
  administrator: '管理员',
  supervisor: '督导员',
  leader: '领导',
  liaison: '联络员',
  inspector: '督学',
  observer: '观察员',
  team: '督导组成员',
  responsible: '责任人',
  author: '发起人',
  member: '本单位人员',
};

/** In the words of help and refusals: 管理员、督导员. */
export const whoMay = (action: Action): string => RIGHTS[action].who.map((part) => WORD[part]).join('、');

export const isAction = (word: string): word is Action => word in RIGHTS;

/** The roles that give a right, in the words of the store. */
export const rolesFor = (action: Action): readonly Role[] => {
  const { who }: Right = RIGHTS[action];
  return who.flatMap((part) => (isRole(part) ? [part] : []));
};

const isRole = (part: Part): part is Role =>
  part !== 'team' && part !== 'responsible' && part !== 'author' && part !== 'member';

/** Where the roles of somebody give them this right: everywhere, or in these units and below; empty is nowhere. */
export function reachOf({ roles, isAdministrator }: Acting, action: Action): 'everywhere' | readonly string[] {
  const { who, reads }: Right = RIGHTS[action];
  const own = roles.filter(({ role, extent }) => who.includes(role) && (reads || extent === undefined));
  const everywhere = own.some(({ unitId }) => unitId === undefined);
  if (everywhere || (isAdministrator && who.includes('administrator'))) return 'everywhere';
  return [...new Set(own.flatMap(({ unitId }) => unitId ?? []))];
}

/** Units for which somebody acts, and for nobody below them. */
const actsFor = ({ roles }: Acting, action: Action): readonly string[] => {
  const { who }: Right = RIGHTS[action];
  return roles.flatMap(({ role, extent, unitId }) => (extent === 'itself' && who.includes(role) ? (unitId ?? []) : []));
};

export const mayAnywhere = (actor: Acting, action: Action): boolean => reachOf(actor, action).length > 0;

/** Why somebody may not do this to the item, with the next step; undefined when they may. */
export function whyNot(actor: Acting, action: Action, item?: Item): string | undefined {
  const { what, who, impartial }: Right = RIGHTS[action];
  if (!who.some((part) => isPart(actor, part, item)) && !reachesItem(actor, action, item)) {
    const names = whoMay(action);
    if (!actor.roles.some(({ role }) => who.includes(role)))
      return `只有${names}可以${what}，请联系${who.includes('administrator') ? '管理员' : names}。`;
    return item
      ? `您的角色只管所授单位及下属单位，这里不能${what}。请联系该单位的${names}。`
      : `您的角色只管所授单位及下属单位，这项要管理全部单位的${names}才可以${what}。`;
  }
  if (impartial && item && isOwn(actor, item))
    return `不能对本单位的问题“${what}”，请上级督导室或本单位以外的督导员办理。`;
  return undefined;
}

export const may = (actor: Acting, action: Action, item?: Item): boolean => whyNot(actor, action, item) === undefined;

/** Ids of the item's units that the actor's roles do not reach for this. */
export function beyondReach(actor: Acting, action: Action, { units }: Item): readonly string[] {
  const reach = reachOf(actor, action);
  return units
    .filter(({ id, above }) => {
      if (reach === 'everywhere' || actsFor(actor, action).includes(id)) return false;
      return !reach.some((reached) => above.includes(reached));
    })
    .map(({ id }) => id);
}

function reachesItem(actor: Acting, action: Action, item: Item | undefined): boolean {
  if (reachOf(actor, action) === 'everywhere') return true;
  if (!item || item.units.length === 0) return false;
  const { share }: Right = RIGHTS[action];
  const beyond = beyondReach(actor, action, item).length;
  return share ? beyond < item.units.length : beyond === 0;
}

/** What follows from the item itself. */
function isPart(actor: Acting, part: Part, item: Item | undefined): boolean {
  const isOneOf = (ids: readonly string[] = []) => actor.people.some(({ id }) => ids.includes(id));
  switch (part) {
    case 'team':
      return isOneOf(item?.team);
    case 'responsible':
      return isOneOf(item?.responsible);
    case 'author':
      return item?.author === actor.openId;
    case 'member':
      return actor.people.some(({ unit }) => item?.units.some(({ id }) => id === unit.id));
    default:
      return false;
  }
}

/** Of one of the units concerned, or with a role for that very unit: a district's own supervisor does not close the district's issues. */
const isOwn = ({ people, roles }: Acting, { units }: Item): boolean =>
  units.some(
    ({ id }) =>
      people.some(({ unit }) => unit.id === id) ||
      roles.some(({ unitId, of, extent }) => extent !== 'sight' && (unitId === id || of === id)),
  );
