import { expect, test } from 'vitest';
import type { ImportPreview } from '../../src/domain/imports/import-preview.ts';
import type { Change } from '../../src/ports/changes.ts';
import { onEveryHome } from '../support/homes.ts';
import { given, work } from './district.ts';

const requested = (id: string, requestedAt = 100): Extract<Change, { kind: 'import.requested' }> => ({
  kind: 'import.requested',
  request: {
    id,
    messageId: 'om_1',
    fileKey: 'file_1',
    fileName: '日程.xlsx',
    chatId: 'oc_1',
    sender: 'ou_1',
    requestedAt,
  },
});
const preview: ImportPreview = {
  fileName: '日程.xlsx',
  kind: '督导日程表',
  title: '四月“督导”日程',
  rows: 2,
  unchanged: 1,
  faultyRows: 1,
  addedRows: 1,
  changedRows: 1,
  missing: [{ number: 12, label: '4月9日 二中' }],
  added: ['一中'],
  faults: ['第3行：没有填单位'],
  warnings: [],
  remarks: [],
  changed: [{ label: '实小', fields: [{ name: '组长', before: '', after: '韩丙' }] }],
};
const previewed = (id: string, seen: number, bytes?: Uint8Array): Change => ({
  kind: 'import.previewed',
  id,
  fileName: '日程.xlsx',
  bytes,
  preview,
  digest: 'd1',
  expiresAt: 2_000,
  seen,
});

/** Larger than a part, and no text: every byte occurs. */
const large = Uint8Array.from({ length: 1_900_001 }, (_, at) => (at * 7 + (at >> 8)) % 256);

onEveryHome('pending_imports', (home) => {
  test('a requested import is due at once, is nobody’s business under a lease, and due again when the lease ends', async () => {
    await given(home(), requested('A'), requested('B', 200));
    const due = async (now: number) => (await home().store.dueImports(now, 5)).map(({ id }) => id);
    expect(await due(99)).toEqual([]);
    expect(await due(200)).toEqual(['A', 'B']);
    await given(home(), { kind: 'import.leased', id: 'A', until: 1_000, seen: 1 });
    expect(await due(999)).toEqual(['B']);
    expect(await due(1_000)).toEqual(['B', 'A']);
    expect(await home().store.pendingImport('A')).toMatchObject({ state: 'fetching', attempts: 1, version: 2 });
  });

  test('one of two leases of the same row is stale', async () => {
    await given(home(), requested('A'));
    const lease: Change = { kind: 'import.leased', id: 'A', until: 1_000, seen: 1 };
    expect(await home().store.commit(work({ changes: [lease] }))).toBe('done');
    expect(await home().store.commit(work({ changes: [lease] }))).toBe('stale');
  });

  test('a previewed import keeps preview and file as they were, and is due when it expires', async () => {
    await given(home(), requested('A'), previewed('A', 1, large));
    expect(await home().store.pendingImport('A')).toEqual({
      id: 'A',
      state: 'ready',
      messageId: 'om_1',
      replyTo: undefined,
      fileKey: 'file_1',
      fileName: '日程.xlsx',
      chatId: 'oc_1',
      sender: 'ou_1',
      requestedAt: 100,
      attempts: 0,
      digest: 'd1',
      expiresAt: 2_000,
      version: 2,
      preview,
    });
    const file = await home().store.importFile('A');
    expect(file?.length).toBe(large.length);
    expect(Buffer.compare(file ?? Buffer.alloc(0), large)).toBe(0);
    expect(await home().store.dueImports(1_999, 5)).toEqual([]);
    expect(await home().store.dueImports(2_000, 5)).toHaveLength(1);
  });

  test('a confirmed import is due at once; a settled one never again, and its file is gone', async () => {
    await given(home(), requested('A'), previewed('A', 1, large), { kind: 'import.confirmed', id: 'A', seen: 2 });
    expect(await home().store.dueImports(101, 5)).toMatchObject([{ id: 'A', state: 'confirmed' }]);
    await given(home(), { kind: 'import.settled', id: 'A', state: 'done', seen: 3 });
    expect(await home().store.dueImports(9_999, 5)).toEqual([]);
    expect(await home().store.importFile('A')).toBeUndefined();
    expect(await home().store.pendingImport('A')).toMatchObject({ state: 'done', version: 4 });
  });

  test('of a confirm and a drop one happens', async () => {
    await given(home(), requested('A'), previewed('A', 1));
    const confirm: Change = { kind: 'import.confirmed', id: 'A', seen: 2 };
    const drop: Change = { kind: 'import.settled', id: 'A', state: 'dropped', seen: 2 };
    const outcomes = await Promise.all(
      [confirm, drop].map((change) => home().store.commit(work({ changes: [change] }))),
    );
    expect(outcomes.toSorted()).toEqual(['done', 'stale']);
  });

  test('a table that came as text is kept when it is requested, and the same bytes wait for the confirm', async () => {
    const bytes = new TextEncoder().encode('导入\n日期\t单位\t组长');
    await given(home(), { ...requested('A'), bytes }, previewed('A', 1));
    expect(await home().store.pendingImport('A')).toMatchObject({ state: 'ready' });
    expect(Buffer.compare((await home().store.importFile('A')) ?? Buffer.alloc(0), bytes)).toBe(0);
  });

  test('an import that nobody requested is not there', async () => {
    expect(await home().store.pendingImport('A')).toBeUndefined();
    expect(await home().store.commit(work({ changes: [{ kind: 'import.confirmed', id: 'A', seen: 1 }] }))).toBe(
      'stale',
    );
  });
});
