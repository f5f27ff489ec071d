import { plainDoc } from '../../cards/plain.ts';
import type { Doc, Entry } from '../../cards/views.ts';
import { describeDate } from '../../domain/calendar/describe.ts';
import { type Instant, type LocalDate, wallClock } from '../../domain/calendar/local-date.ts';
import type { Person, Role } from '../../domain/people/person.ts';
import type { UnitRef } from '../../domain/people/unit.ts';

export const ROLE_WORD: Readonly<Record<Role, string>> = {
  administrator: '管理员',
  supervisor: '督导员',
  inspector: '督学',
  leader: '领导',
  observer: '观察员',
  liaison: '联络员',
};
const ROLES = [
  'administrator',
  'supervisor',
  'inspector',
  'leader',
  'observer',
  'liaison',
] as const satisfies readonly Role[];

interface Held {
  readonly openId: string;
  readonly role: Role;
  readonly unit?: UnitRef | undefined;
  readonly people: readonly Person[];
  /** Undefined: by the address book. */
  readonly granted?: { readonly at: Instant } | undefined;
}

/** 管理员 · 联络员（望海区教育局）. */
export const roleText = (role: Role, unit?: UnitRef): string =>
  role === 'administrator' && !unit ? ROLE_WORD[role] : `${ROLE_WORD[role]}（${unit?.name ?? '全部单位'}）`;

/** How an account is named to people; one that nobody of the address book is linked to has only its number. */
export const accountText = (openId: string, people: readonly Person[]): string =>
  people.length > 0 ? people.map(({ unit, name }) => `${unit.name} ${name}`).join('、') : `未登记的账号 ${openId}`;

/** The answer to 角色. `all`: the reader is an administrator and sees everybody's, and how to change them. */
export function rolesDoc({
  held,
  all,
  zone,
  today,
}: {
  readonly held: readonly Held[];
  readonly all: boolean;
  readonly zone: string;
  readonly today: LocalDate;
}): Doc {
  if (held.length === 0) return plainDoc('角色', '您没有角色。如有需要，请联系管理员。', { tone: 'muted' });
  const entry = ({ openId, role, unit, people, granted }: Held): Entry => ({
    head: [all ? accountText(openId, people) : roleText(role, unit)],
    lines: [
      [
        ...(all && (unit || role !== 'administrator') ? [`${unit?.name ?? '全部单位'}　`] : []),
        granted ? `${describeDate(wallClock(granted.at, zone).date, today)}起` : '随通讯录',
      ],
    ],
  });
  return {
    title: '角色',
    tone: 'normal',
    summary: all
      ? `共 ${held.length} 项角色`
      : `您的角色：${held.map(({ role, unit }) => roleText(role, unit)).join('、')}`,
    blocks: all
      ? [
          ...ROLES.flatMap((role) => {
            const own = held.filter((grant) => grant.role === role);
            if (own.length === 0) return [];
            const section = { kind: 'section', text: `${ROLE_WORD[role]} ${own.length} 人` } as const;
            return [section, { kind: 'entries', entries: own.map(entry) } as const];
          }),
          { kind: 'note', text: '授予：角色 授予 联络员 @某人 望海区。撤销：角色 撤销 联络员 @某人 望海区。' },
          {
            kind: 'note',
            text: '随通讯录：单位通讯录里的联络员，关联账号后不用授予；也可以撤销。部署配置中指定的管理员不在此列。',
          },
        ]
      : [{ kind: 'entries', entries: held.map(entry) }],
    query: '角色',
  };
}
