import { note, run, section, when } from '../../cards/kit.ts';
import type { Block, Doc } from '../../cards/views.ts';
import type { LocalDate } from '../../domain/calendar/local-date.ts';
import type { Person } from '../../domain/people/person.ts';
import { momentText } from '../groups/groups-card.ts';

interface Told {
  readonly zone: string;
  readonly today: LocalDate;
}

export interface AskingPerson {
  readonly id: string;
  readonly openId: string;
  readonly person: Person;
  readonly requestedAt: number;
  /** The bot found the name; the account has said nothing. */
  readonly byName: boolean;
}

/** Rows of buttons on one card. */
const MOST_BUTTONS = 5;
/** What one line confirms, so that it is read before it is pressed. */
const TOGETHER = 20;

/** Who waits to be known as somebody: the account's own name, which Lark shows for a mention, beside the one of the address book. */
export function requestBlocks(requests: readonly AskingPerson[], told: Told): Block[] {
  const single = requests.slice(0, MOST_BUTTONS);
  const together = requests.slice(0, TOGETHER);
  return [
    section('等待确认身份'),
    {
      kind: 'entries',
      entries: requests.map(({ id, openId, person, requestedAt, byName }) => ({
        head: [{ strong: `${person.unit.name} ${person.name}` }, `　编号 ${id}`],
        lines: [
          [
            `${momentText(requestedAt, told)}　`,
            { mention: { name: '这个账号', openId } },
            byName ? '　群成员同名，本人没有说过' : '　自称本人',
          ],
          ...(person.openId ? [[{ text: '这个人已关联另一个账号，请核实', tone: 'soon' } as const]] : []),
        ],
      })),
    },
    ...(together.length > 1
      ? [
          {
            kind: 'buttons',
            buttons: [
              {
                label: '全部确认',
                style: 'primary',
                press: run(`我是 确认 ${together.map(({ id }) => id).join(' ')}`),
              },
            ],
          } as const,
        ]
      : []),
    ...single.map(
      ({ id, person }): Block => ({
        kind: 'buttons',
        buttons: [
          {
            label: `确认 ${person.name}`,
            ...(together.length === 1 && { style: 'primary' }),
            press: run(`我是 确认 ${id}`),
          },
          { label: '不是本人', press: run(`我是 拒绝 ${id}`) },
        ],
      }),
    ),
    ...when(
      requests.length > single.length,
      note('其余的请发送：我是 确认 编号，几个一起写也可以；不是本人：我是 拒绝 编号'),
    ),
  ];
}

/** To an administrator: all whose names were found in a group and who are nobody before it is confirmed. */
export const waitingDoc = (requests: readonly AskingPerson[], told: Told): Doc => ({
  title: '请确认身份',
  tone: 'soon',
  summary: `${requests.length} 人按群成员姓名找到，请核实后确认`,
  blocks: [
    {
      kind: 'text',
      text: ['群里有同名的账号。他们在通讯录里有手机号、督导任务、角色或限知事项，姓名相同还不算本人，请核实后确认。'],
    },
    ...requestBlocks(requests, told),
  ],
});
