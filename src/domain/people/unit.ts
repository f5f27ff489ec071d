/** A unit by id and full name. */
export interface UnitRef {
  readonly id: string;
  readonly name: string;
}

/** A unit as the directory keeps it. `names` are all names in use, the full one included. */
export interface Unit extends UnitRef {
  readonly kind: string;
  readonly parentId?: string | undefined;
  readonly names: readonly string[];
}

/** Of a county or city: what an education bureau is of. */
export const isGovernment = ({ name, kind }: Pick<Unit, 'name' | 'kind'>): boolean =>
  kind === '县区政府' || /(?:人民政府|管委会|管理委员会)$/.test(name);

/** 各学校 and its like: collective receivers that are expanded by the kind of unit, never guessed. 各单位 means units of every kind. */
export type Collective = 'schools' | 'townships' | 'counties' | 'departments' | 'units';

/** The collectives that a unit of this kind belongs to. Kinds are those of the address book (类别). */
export function collectivesOf(kind: string): readonly Collective[] {
  if (/中学|小学|幼儿园|特教|学校|职校|高中|初中/.test(kind)) return ['schools', 'units'];
  if (/乡镇|街道/.test(kind)) return ['townships', 'units'];
  if (/县区|区县|市县|县政府|区政府/.test(kind)) return ['counties', 'units'];
  if (/成员单位|部门|区直|市直|县直/.test(kind)) return ['departments', 'units'];
  return ['units'];
}

/** 各成员单位, 市直各单位 and 各有关单位 are departments. */
const EVERY_UNIT = /^(?:全[市区县])?(?:各|所有)(?:级|地)?(?:各)?单位$|^全[市区县]单位$/;

/** Which collective a phrase such as 各学校（幼儿园）, 各乡镇（街道）, 各县区, 市直有关单位, 各单位 means. */
export function collectiveOf(phrase: string): Collective | undefined {
  if (EVERY_UNIT.test(phrase)) return 'units';
  if (!/^(各|所有|全[市区县])|有关|相关/.test(phrase)) return undefined;
  if (/学校|幼儿园|中小学|园/.test(phrase)) return 'schools';
  if (/乡镇|镇|街道/.test(phrase)) return 'townships';
  if (/县|区(?!直)/.test(phrase)) return 'counties';
  if (/部门|单位|科室/.test(phrase)) return 'departments';
  return undefined;
}

const STAGE_OF_KIND = [
  ['幼儿园', /幼儿|学前/],
  ['小学', /小学/],
  ['初中', /初中|初级中学/],
  ['高中', /高中|高级中学/],
  ['中学', /中学/],
  ['特殊教育', /特教|特殊教育|盲|聋|培智/],
  ['职业教育', /职校|职业|中职|技工/],
  ['其他学校', /学校|学院|校$/],
] as const;

/** 学段, in the order in which they are shown; 中学 is a school of which the address book says no more. */
export const STAGES: readonly string[] = [...STAGE_OF_KIND.map(([stage]) => stage), '非学校单位'];

/** The stage of a school of this kind (类别 of the address book). */
export const stageOf = (kind: string): string =>
  STAGE_OF_KIND.find(([, pattern]) => pattern.test(kind))?.[0] ?? '非学校单位';
