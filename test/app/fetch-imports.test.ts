import { expect, test } from 'vitest';
import { asking } from '../../src/app/budget.ts';
import type { Core } from '../../src/app/core.ts';
import { fetchImports } from '../../src/features/imports/fetch-imports-round.ts';
import type { Failure } from '../../src/ports/messenger.ts';
import { openPostOffice, START } from './post-office.ts';

const MINUTE = 60_000;

/** An import that waits to be read, and a Lark that answers so. `beat` is what a process does each minute while it lives. */
async function office(download: Core['messenger']['download']) {
  const opened = await openPostOffice();
  let asked = 0;
  const core: Core = {
    ...opened.core,
    messenger: {
      ...opened.core.messenger,
      download: (...of) => {
        asked += 1;
        return download(...of);
      },
    },
  };
  await core.store.commit({
    changes: [
      {
        kind: 'import.requested',
        request: {
          id: 'IMPORT01',
          messageId: 'om_1',
          fileKey: 'file_1',
          fileName: '通讯录.xlsx',
          chatId: 'oc_1',
          sender: 'ou_1',
          requestedAt: START,
        },
      },
    ],
    messages: [],
    audit: [],
  });
  const minutes = async (count: number) => {
    for (let minute = 0; minute < count; minute += 1) {
      // Not awaited: a process that is killed never comes back from it.
      const asked = asking(core);
      void fetchImports(asked.core, asked.budget);
      await opened.time.advanceBy(MINUTE);
    }
  };
  const state = async () => (await core.store.pendingImport('IMPORT01'))?.state;
  return { ...opened, core, minutes, state, asked: () => asked };
}

test('an import that kills its process is given up after three attempts, and its sender is told', async () => {
  const { minutes, state, asked, calls, log } = await office(() => new Promise(() => {}));
  await minutes(5);
  expect([await state(), asked()]).toEqual(['fetching', 3]);
  await minutes(60);
  expect([await state(), asked()]).toEqual(['failed', 3]);
  expect(calls.map(({ chatId, content }) => [chatId, content.includes('ABCDEFGH')])).toEqual([['oc_1', true]]);
  expect(calls[0]?.content).toMatch(/“通讯录.xlsx”.*3 次.*没有写入任何内容.*管理员/s);
  expect(log).toEqual([expect.stringMatching(/given up.*ABCDEFGH.*IMPORT01/)]);
});

test('an import whose file Lark does not give for a while is none of these', async () => {
  const busy: Failure = { kind: 'retry', reason: 'busy', unknown: false };
  let left = 5;
  const { minutes, state, asked, calls } = await office(async () => {
    left -= 1;
    return left < 0 ? { ok: true, value: 'tooLarge' } : { ok: false, failure: busy };
  });
  await minutes(15);
  expect([await state(), asked()]).toEqual(['failed', 6]);
  expect(calls[0]?.content).toContain('10 MB');
});

test('an import whose file Lark does not give at all is ended after twenty minutes', async () => {
  const { minutes, state, asked, calls } = await office(async () => ({
    ok: false,
    failure: { kind: 'retry', reason: 'busy', unknown: false },
  }));
  await minutes(40);
  expect(await state()).toBe('failed');
  expect(asked()).toBeGreaterThan(8);
  expect(calls.map(({ content }) => content.includes('文件取不到'))).toEqual([true]);
});
