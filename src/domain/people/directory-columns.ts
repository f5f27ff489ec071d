import { inOneCell, textFields, type WorkbookColumn, type WorkbookShape } from '../imports/workbook-column.ts';

interface UnitCells {
  readonly name: string;
  readonly names: readonly string[];
  readonly kind: string;
}

interface PersonCells {
  readonly name: string;
  readonly position: string;
  readonly officePhone: string;
  readonly mobile?: string | undefined;
  readonly email: string;
  readonly liaison?: 'named' | 'withdrawn' | undefined;
}

/** A line of the address book: a unit, and somebody who serves there. */
export interface DirectoryLine {
  readonly unit: UnitCells;
  readonly person?: PersonCells | undefined;
}

/** The kinds that mean something here (各学校, 各县区); others may be written. */
const KINDS = [
  '成员单位',
  '市直部门',
  '区直部门',
  '县区政府',
  '县区教育局',
  '乡镇街道',
  '高中',
  '初中',
  '小学',
  '幼儿园',
  '特教学校',
];

export const LIAISON = '联络员';
/** Without a column of roles, this heading above the names says that they are liaisons; 姓名 and 负责人 only say who is there. */
export const NAMES_LIAISONS = /联络员|联系人/;

export const KIND = {
  field: 'kind',
  heading: '类别',
  reads: [/^(单位)?(类别|类型|性质)$/],
  width: 12,
  choices: KINDS,
  example: '初中',
  cell: ({ unit }) => unit.kind,
} as const satisfies WorkbookColumn<Pick<DirectoryLine, 'unit'>>;

/** What is said of somebody besides unit and name, which tell who it is: this the preview compares. */
export const ABOUT_PERSON = [
  {
    field: 'position',
    heading: '职务',
    reads: [/^职务/],
    width: 14,
    text: 'own',
    example: '主任',
    cell: ({ person }) => person?.position,
  },
  {
    field: 'officePhone',
    heading: '办公电话',
    reads: [/办公电话|座机|固定电话|单位电话/],
    width: 16,
    text: 'own',
    example: '0580-1234567',
    cell: ({ person }) => person?.officePhone,
  },
  {
    field: 'mobile',
    heading: '手机',
    reads: [/手机|移动电话/, /^(联系)?电话$|联系方式/],
    width: 15,
    example: '13900000013',
    cell: ({ person }) => person?.mobile,
  },
  {
    field: 'email',
    heading: '邮箱',
    reads: [/邮箱|邮件/, /^e-?mail$/i],
    width: 24,
    text: 'own',
    cell: ({ person }) => person?.email,
  },
  {
    field: 'role',
    heading: '角色',
    reads: [/^(督导)?角色$/],
    width: 10,
    example: '联络员',
    cell: ({ person }) => (person?.liaison === 'named' ? LIAISON : undefined),
  },
] as const satisfies readonly WorkbookColumn<Pick<DirectoryLine, 'person'>>[];

/** 单位通讯录, and the list of units that some workbooks carry on a sheet of their own. */
export const DIRECTORY_COLUMNS = [
  { field: 'no', heading: '序号', reads: [/^(序号|编号)$/], width: 6, cell: (_line, at) => at },
  {
    field: 'unit',
    heading: '单位名称',
    reads: [/^单位(名称|全称)$/, /^(学校|部门|机构)(名称|全称)?$/, /^单位$/, /^全称$/],
    width: 30,
    example: '望海区第一中学',
    cell: ({ unit }) => unit.name,
  },
  {
    field: 'aliases',
    heading: '简称',
    reads: [/简称|别称/],
    width: 16,
    example: '一中',
    cell: ({ unit }) => inOneCell(unit.names.filter((name) => name !== unit.name)),
  },
  KIND,
  {
    field: 'contact',
    heading: '联络员',
    reads: [/联络员|联系人/, /^(姓名|负责人)$/],
    width: 10,
    example: '朱戊',
    cell: ({ person }) => person?.name,
  },
  ...ABOUT_PERSON,
  { field: 'note', heading: '备注', reads: [/^备注|^说明/], width: 20, only: 'nowhere', cell: () => undefined },
] as const satisfies readonly WorkbookColumn<DirectoryLine>[];

export type DirectoryField = (typeof DIRECTORY_COLUMNS)[number]['field'];

export const DIRECTORY_SHAPE: WorkbookShape<DirectoryField> = {
  name: '单位通讯录',
  columns: DIRECTORY_COLUMNS,
  must: [['unit'], ['aliases', 'kind', 'contact', 'mobile']],
};

export const DIRECTORY_TEXTS = textFields(DIRECTORY_COLUMNS);
