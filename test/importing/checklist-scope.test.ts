import { expect, test } from 'vitest';
import checklist from '../../commands/checklist.ts';
import { date } from '../../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../../src/domain/calendar/statutory.ts';
import { NOTHING_ENTERED, workCalendar } from '../../src/domain/calendar/work-calendar.ts';
import { lookAhead } from '../../src/features/reminders/rehearse.ts';
import type { Slots } from '../../src/language/words/slots.ts';
import { type Home, onEveryHome } from '../support/homes.ts';
import { fixture, imported, importerOf } from './desk.ts';

/** The title and all texts of the answer to 清单 in a group of this unit. */
async function asked(home: Home, unitName: string, slots: Partial<Slots>): Promise<string> {
  const { units } = await home.store.directory();
  const unit = units.find(({ name }) => name === unitName);
  if (!unit) throw new Error(`no unit ${unitName}`);
  const found = await home.store.names(['两项督导']);
  const named = slots.rest === '两项督导' ? { programs: found.programs, checklists: found.checklists, rest: '' } : {};
  const scope = { unitIds: [unit.id] };
  const { time, ids, zone } = importerOf(home);
  const calendar = workCalendar(statutoryCalendar(), NOTHING_ENTERED, 1);
  const { reply } = await checklist.run(
    { units: [], people: [], programs: [], checklists: [], rest: '', ...slots, ...named },
    {
      chat: { chatId: 'oc_1', type: 'group' },
      actor: { openId: 'ou_1', people: [], roles: [], isAdministrator: false },
      viewer: { kind: 'group', isRoot: unit.parentId === undefined },
      scope,
      ids,
      zone: 'Asia/Shanghai',
      calendar,
      read: home.store,
      commands: [],
      administrators: new Set(),
      now: time.now(),
      today: date('2026-04-01'),
      workbooks: {
        lists: async () => [],
        faultyRows: async () => undefined,
        template: async () => undefined,
        undo: async () => undefined,
        rehearsal: async () => ({ name: '', bytes: new Uint8Array() }),
      },
      preview: lookAhead({ store: home.store, calendar, zone }, time.now()),
    },
  );
  return JSON.stringify(reply);
}

/** Words of 02, the own workbook of 望海区. */
const OWN = /召开专题会议研究|数据口径|望海区迎接/;
const ASKED: readonly (readonly [string, Partial<Slots>])[] = [
  ['清单', {}],
  ['清单 3', { code: '3' }],
  ['清单 专题会议', { rest: '专题会议' }],
  ['清单 两项督导', { rest: '两项督导' }],
  ['清单 一票否决', { filter: 'veto' }],
];

onEveryHome('checklist-scope', (home) => {
  test('nothing of a district’s own workbook is shown to another district, however it is asked for', async () => {
    await imported(home(), fixture('05'), fixture('02'));
    for (const [line, slots] of ASKED)
      for (const unit of ['青山县人民政府', '青山县第一中学'])
        expect(await asked(home(), unit, slots), `${unit}: ${line}`).not.toMatch(OWN);
  });

  test('the district, its schools and the city see it; the built-in ones are there for everybody', async () => {
    await imported(home(), fixture('05'), fixture('02'));
    for (const unit of ['望海区人民政府', '望海区第一中学', '云溪市']) {
      expect(await asked(home(), unit, {})).toMatch(/望海区迎接/);
      expect(await asked(home(), unit, { rest: '两项督导' })).toMatch(/召开专题会议研究/);
      expect(await asked(home(), unit, { rest: '专题会议' })).toMatch(/召开专题会议研究/);
    }
    expect(await asked(home(), '望海区第一中学', { code: '3' })).toMatch(OWN);
    for (const unit of ['青山县人民政府', '望海区第一中学'])
      expect(await asked(home(), unit, { code: 'YZ-2.11' })).toMatch(/YZ-2\.11/);
  });
});
