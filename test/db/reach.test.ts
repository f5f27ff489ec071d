import { expect, test } from 'vitest';
import type { Change } from '../../src/ports/changes.ts';
import { onEveryHome } from '../support/homes.ts';
import { district, given, person } from './district.ts';

const bound = (chatId: string, unitId: string): readonly Change[] => [
  { kind: 'group.joined', chatId, name: chatId },
  { kind: 'group.bound', chatId, unitId, seen: 1 },
];

onEveryHome('through whom a unit hears', (home) => {
  test('its own groups come before those above it; the root’s is only its own, and one that was left is none', async () => {
    const { store } = home();
    await given(
      ...([home(), district, ...bound('oc_city', 'bureau'), ...bound('oc_county', 'wanghai')] as const),
      ...bound('oc_school', 'wanghai-1'),
      ...bound('oc_left', 'chengguan'),
    );
    await given(home(), { kind: 'group.gone', chatId: 'oc_left', state: 'left' });
    const over = await store.groupsOver(['bureau', 'wanghai-1', 'wanghai-k', 'chengguan-1']);
    expect(over.map(({ unitId, distance, group }) => [unitId, distance, group.chatId])).toEqual([
      ['bureau', 0, 'oc_city'],
      ['wanghai-1', 0, 'oc_school'],
      ['wanghai-1', 2, 'oc_county'],
      ['wanghai-k', 2, 'oc_county'],
    ]);
    expect(await store.groupsOver([])).toEqual([]);
  });

  test('its people and its liaisons speak for it, each once; whoever has left does not, nor who is of a unit below', async () => {
    const { store } = home();
    const people = [
      person('a', 'wanghai', '陈甲'),
      person('b', 'wanghai', '王丁'),
      person('c', 'wanghai', '李己'),
      person('d', 'wanghai-1', '朱戊'),
    ];
    await given(home(), district, { kind: 'people.put', rows: people });
    await given(
      ...([home(), { kind: 'person.linked', personId: 'a', openId: 'ou_a', by: 'mobile', seen: 1 }] as const),
      { kind: 'person.left', personId: 'c', at: 1, seen: 1 },
      ...(['ou_a', 'ou_x'] as const).map(
        (openId) => ({ kind: 'role.granted', openId, role: 'liaison', unitId: 'wanghai', by: 'ou_b', at: 1 }) as const,
      ),
    );
    const spoken = (await store.speakersOf(['wanghai', 'chengguan'])).map(
      ({ unitId, openId = '' }) => `${unitId} ${openId}`,
    );
    expect(spoken.toSorted()).toEqual(['wanghai ', 'wanghai ou_a', 'wanghai ou_x']);
  });
});
