import { addDays, date, type Instant, instantAt, type LocalTime } from '../../../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../../../src/domain/calendar/statutory.ts';
import type { NamedPerson, Person } from '../../../src/domain/people/person.ts';
import type { UnitRef } from '../../../src/domain/people/unit.ts';
import type { Inspection, VisibleInspection } from '../../../src/domain/visits/inspection.ts';
import { turn } from './sample.ts';

/** The district that the samples are taken from, on a Monday. */
export const zone = 'Asia/Shanghai';
export const today = date('2026-04-20');
export const told = { zone, today };
export const calendar = statutoryCalendar();
export const at = (day: string, time: LocalTime = '09:00'): Instant => instantAt(date(day), time, zone);
/** 2026-04-20 and so many days. */
export const inDays = (days: number) => addDays(today, days);

const UNITS = [
  '望海区教育局',
  '望海区第一中学',
  '望海区城东实验小学（滨江校区）',
  '云州市教育局督导室',
  '望海区实验幼儿园',
  '望海区滨海新城管理委员会社会事务和教育发展服务中心附属第二幼儿园',
  '青山县教育和体育局',
  '望海区第二中学',
];
const NAMES = ['陈甲', '林乙', '韩丙', '吕壬', '阿卜杜热合曼·买买提艾力', '欧阳子墨', '冯癸', '朱戊'];
const POSITIONS = ['督导室主任', '专职督学', '', '安全办负责人（兼）'];

export const unit = (index: number): UnitRef => ({ id: `unit_${index % UNITS.length}`, name: turn(UNITS, index) });

/** Every third has no account. */
export const person = (index: number): Person => ({
  id: `person_${index}`,
  name: turn(NAMES, index),
  unit: unit(index),
  position: turn(POSITIONS, index),
  openId: index % 3 === 2 ? undefined : `ou_person${index}`,
  version: 1,
});

export const named = (index: number): NamedPerson => {
  const { name, id, openId } = person(index);
  return { name, personId: id, openId };
};

const TOPICS = ['校园食品安全“回头看”', '义务教育优质均衡实地核查', '', '消防设施、疏散通道与校车运行情况'];
const KINDS = ['专项督导', '综合督导', '随机督导', '经常性督导'];
const PERIODS = ['上午', '下午', '全天', ''];

export const visit = (index: number, more: Partial<Inspection> = {}): Inspection => ({
  id: `inspection_${index}`,
  number: index + 1,
  state: 'planned',
  reason: '',
  unit: unit(index + 1),
  from: inDays(Math.floor(index / 6)),
  to: inDays(Math.floor(index / 6) + (index % 7 === 5 ? 2 : 0)),
  dateText: index % 11 === 10 ? '4月下旬' : '',
  period: turn(PERIODS, index),
  starts: index % 4 === 0 ? '09:30' : undefined,
  beginsAt: at(inDays(Math.floor(index / 6))),
  kind: turn(KINDS, index),
  topic: turn(TOPICS, index),
  unannounced: false,
  program: index % 2 === 0 ? '校园安全专项督导' : undefined,
  programId: index % 2 === 0 ? 'program_1' : undefined,
  checklist: index % 3 === 0 ? '义务教育优质均衡发展评估细则' : undefined,
  team: [
    { ...named(index), role: index % 13 === 12 ? 'member' : 'leader' },
    { ...named(index + 1), role: 'member' },
    { ...named(index + 2), role: 'member' },
  ],
  contact: index % 2 === 0 ? '朱戊' : '',
  contactPhone: index % 2 === 0 ? '139 0000 1234' : '',
  note: index % 5 === 0 ? '请准备近两年台账' : '',
  version: 1,
  ...more,
});

export const seen = (inspection: Inspection): VisibleInspection => ({ withheld: false, inspection });

/** As the group of the whole district sees one that is not announced. */
export function withheld(inspection: Inspection): VisibleInspection {
  const { unit: _u, topic: _t, contact: _c, contactPhone: _p, note: _n, reason: _r, ...rest } = inspection;
  return { withheld: true, inspection: { ...rest, unannounced: true } };
}
