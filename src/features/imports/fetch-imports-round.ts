import { withCalendar } from '../../app/calendars.ts';
import { cardMessage } from '../../app/card-message.ts';
import type { Core } from '../../app/core.ts';
import { refreshed } from '../../app/live-cards.ts';
import { stackOf } from '../../app/stack-of.ts';
import type { Doc } from '../../cards/views.ts';
import type { Instant } from '../../domain/calendar/local-date.ts';
import { settingOf } from '../../domain/settings.ts';
import { visitSubject } from '../../domain/visits/inspection.ts';
import { MAX_FILE_BYTES } from '../../excel/open-workbook.ts';
import { refuse } from '../../excel/refusal.ts';
import type { Change, NewMessage, UnitOfWork } from '../../ports/changes.ts';
import type { PendingImport } from '../../ports/imports.ts';
import type { Failure, MessageFile } from '../../ports/messenger.ts';
import type { Committed } from '../../ports/store.ts';
import { doneDoc, notImportedDoc, previewDoc } from './import-card.ts';
import { importNotices } from './import-notices.ts';
import { applied, importAudit, planImport } from './planning/import-workbook.ts';
import { digestOf, previewOfPlan, since } from './planning/preview.ts';

/** One after the other: each may cost 100 MB of memory. What is left over comes with the next minute. */
const AT_A_TIME = 3;
/** Longer than looking up, downloading and planning together may take. */
const LEASE_MS = 120_000;
const MINUTE_MS = 60_000;
const MAX_ATTEMPTS = 10;
/** A plan is made again when a row has moved between reading and writing. */
const MAX_PLANS = 3;

/**
 * Takes the imports on that wait for the bot: reads files, applies what was confirmed, ends what has expired. Every step is one unit, so
 * that a crash anywhere repeats the step after its lease and changes nothing twice. Never rejects.
 */
export async function fetchImports(core: Core): Promise<void> {
  try {
    for (const pending of await core.store.dueImports(core.time.now(), AT_A_TIME)) {
      await takeOn(core, pending);
      core.wake();
    }
  } catch (error) {
    core.log.error({ error: stackOf(error) }, 'imports were not looked at; the next minute tries again');
  }
}

/** Whether what was committed gives the importer something to do at once. */
export const wantsImporter = (changes: readonly Change[] = []): boolean =>
  changes.some(({ kind }) => kind === 'import.requested' || kind === 'import.confirmed');

/** For a process that stays: one round at a time, and one more when it was woken during one. */
export function importLoop(core: Core): { wake(): void; close(): Promise<void> } {
  let woken = false;
  let closed = false;
  let running: Promise<void> | undefined;
  const run = async () => {
    while (woken && !closed) {
      woken = false;
      await fetchImports(core);
    }
    running = undefined;
  };
  return {
    wake() {
      woken = true;
      running ??= run();
    },
    async close() {
      closed = true;
      await running;
    },
  };
}

async function takeOn(core: Core, found: PendingImport): Promise<void> {
  const { id, version: seen } = found;
  if (found.state === 'ready') return void (await settle(core, found, 'expired'));
  const until = core.time.now() + LEASE_MS;
  const leased = await core.store.commit({ ...QUIET, changes: [{ kind: 'import.leased', id, until, seen }] });
  if (leased !== 'done') return;
  const pending = { ...found, version: seen + 1, attempts: found.attempts + 1 };
  try {
    await (found.state === 'fetching' ? read(core, pending) : apply(core, pending));
  } catch (error) {
    // A database that fails cannot write this either: then the lease gives the import back.
    const code = core.ids.code();
    core.log.error({ code, import: id, error: stackOf(error) }, 'an import failed');
    await refuseIt(
      core,
      pending,
      `处理“${pending.fileName}”时出错了，没有写入任何内容。请把错误编号 ${code} 告诉管理员。`,
    );
  }
}

const QUIET = { messages: [], audit: [] } as const;

/** From the message to the preview. */
async function read(core: Core, pending: PendingImport): Promise<void> {
  const pasted = await core.store.importFile(pending.id);
  if (pasted) return preview(core, pending, pasted, 'kept');
  const file = await fileOf(core, pending);
  if (file === undefined)
    return refuseIt(core, pending, '您回复的那条消息不是文件。请回复 .xlsx 或 .csv 文件消息，再写：导入');
  if ('kind' in file) return failed(core, pending, file);
  const got = await core.messenger.download(pending.messageId, file.key, MAX_FILE_BYTES);
  if (!got.ok) return failed(core, pending, got.failure);
  if (got.value === 'tooLarge') return refuseIt(core, pending, refuse('tooLarge', file.name).message);
  await preview(core, { ...pending, fileName: file.name }, got.value);
}

async function fileOf(core: Core, { messageId, fileKey, fileName }: PendingImport) {
  if (fileKey !== undefined) return { key: fileKey, name: fileName } satisfies MessageFile;
  const found = await core.messenger.fileOf(messageId);
  return found.ok ? found.value : found.failure;
}

async function preview(core: Core, pending: PendingImport, bytes: Uint8Array, isKept?: 'kept'): Promise<void> {
  const { id, fileName, version: seen } = pending;
  const plan = await planImport(await withCalendar(core), bytes, fileName);
  if (plan.kind === 'refused') return refuseIt(core, pending, plan.message);
  const shown = previewOfPlan(fileName, plan);
  if (plan.changes.length === 0) return void (await settle(core, pending, 'done', previewDoc(shown)));
  const minutes = settingOf(await core.store.settings(), 'importMinutes');
  const expiresAt = core.time.now() + minutes * MINUTE_MS;
  const kept = { fileName, preview: shown, digest: await digestOf(plan), expiresAt, seen };
  await write(
    core,
    pending,
    [{ kind: 'import.previewed', id, ...kept, ...(!isKept && { bytes }) }],
    previewDoc(shown, id, minutes),
  );
}

/** What was confirmed is planned again from the file that was kept; it is written only if it is still what its sender saw. */
async function apply(core: Core, pending: PendingImport): Promise<void> {
  const { id, fileName, version: seen } = pending;
  const bytes = await core.store.importFile(id);
  if (!bytes || !pending.preview) throw new Error('a confirmed import without file or preview');
  for (let round = 1; round <= MAX_PLANS; round += 1) {
    const plan = await planImport(await withCalendar(core), bytes, fileName);
    if (plan.kind === 'refused') return refuseIt(core, pending, plan.message);
    const shown = previewOfPlan(fileName, plan);
    const digest = await digestOf(plan);
    if (digest !== pending.digest) {
      const again = { ...shown, since: since(pending.preview, shown) };
      if (plan.changes.length === 0) return void (await settle(core, pending, 'dropped', previewDoc(again)));
      const minutes = settingOf(await core.store.settings(), 'importMinutes');
      const expiresAt = core.time.now() + minutes * MINUTE_MS;
      const kept = { fileName, preview: again, digest, expiresAt, seen };
      return void (await write(
        core,
        pending,
        [{ kind: 'import.previewed', id, ...kept }],
        previewDoc(again, id, minutes),
      ));
    }
    const done = { kind: 'import.settled', id, state: 'done', seen } as const;
    const of = { id, fileName, actor: pending.sender, at: core.time.now() };
    const audit = importAudit(plan, fileName);
    const told = await importNotices(core, plan, pending, of.at);
    const moved = (plan.rescheduled ?? []).map(({ after }) => visitSubject(after));
    const changes = [...plan.changes, await applied(core.store, plan, of), done, ...refreshed(core, moved, of.at)];
    const shownDone = told.said(doneDoc(shown, pending.replyTo ? undefined : id));
    const outcome = await write(core, pending, changes, shownDone, { audit, told: told.messages });
    if (outcome !== 'stale') return;
  }
  await refuseIt(core, pending, `“${fileName}”写入时数据一直在变动，没有写入任何内容，请稍后重新发送。`);
}

/** Lark did not give the file: tried again with the next lease when that may help, else said. */
async function failed(core: Core, pending: PendingImport, failure: Failure): Promise<void> {
  core.log.warn({ import: pending.id, ...failure }, 'a file could not be fetched');
  if (failure.kind === 'retry' && pending.attempts < MAX_ATTEMPTS) return;
  const why =
    failure.kind === 'misconfigured'
      ? '机器人没有读取文件的权限，请部署人员检查应用权限'
      : '文件取不到（可能已撤回或过期），请重新发送';
  await refuseIt(core, pending, `${pending.fileName ? `“${pending.fileName}”：` : ''}${why}。`);
}

const refuseIt = async (core: Core, pending: PendingImport, sentence: string): Promise<void> =>
  void (await settle(core, pending, 'failed', notImportedDoc(sentence)));

const settle = (core: Core, pending: PendingImport, state: 'done' | 'dropped' | 'expired' | 'failed', reply?: Doc) =>
  write(core, pending, [{ kind: 'import.settled', id: pending.id, state, seen: pending.version }], reply);

/** The step and what is said of it, together. The message's key carries the row's version: a step that is repeated says nothing twice. */
async function write(
  core: Core,
  pending: PendingImport,
  changes: readonly Change[],
  reply?: Doc,
  { audit, told = [] }: { readonly audit?: ReturnType<typeof importAudit>; readonly told?: readonly NewMessage[] } = {},
): Promise<Committed> {
  const now = core.time.now();
  const { sender: actor, chatId } = pending;
  const work: UnitOfWork = {
    changes,
    messages: [...(reply ? [messageOf(core, pending, reply, now)] : []), ...told],
    audit: audit ? [{ ...audit, id: core.ids.next('audit'), at: now, actor, chatId }] : [],
  };
  return core.store.commit(work);
}

const messageOf = (core: Core, pending: PendingImport, reply: Doc, now: Instant): NewMessage =>
  cardMessage(reply, {
    key: `import:${pending.id}:${pending.version}`,
    lane: 'reply',
    chatId: pending.chatId,
    replyTo: pending.replyTo,
    openId: pending.sender,
    uuid: core.ids.next('i'),
    now,
  });
