import { type Budget, each } from '../../app/budget.ts';
import { withCalendar } from '../../app/calendars.ts';
import { cardMessage } from '../../app/card-message.ts';
import { commitChanges } from '../../app/commit-changes.ts';
import type { Core } from '../../app/core.ts';
import { refreshed } from '../../app/live-cards.ts';
import { stackOf } from '../../app/stack-of.ts';
import { keep } from '../../app/turn.ts';
import type { Doc } from '../../cards/views.ts';
import { type Instant, MINUTE_MS } from '../../domain/calendar/local-date.ts';
import { settingOf } from '../../domain/settings.ts';
import { visitSubject } from '../../domain/visits/inspection.ts';
import { MAX_FILE_BYTES } from '../../excel/open-workbook.ts';
import { refuse } from '../../excel/refusal.ts';
import type { Change, NewMessage, Seen, UnitOfWork } from '../../ports/changes.ts';
import type { PendingImport } from '../../ports/imports.ts';
import type { Failure, MessageFile } from '../../ports/messenger.ts';
import type { Committed } from '../../ports/store.ts';
import { doneDoc, notImportedDoc, previewDoc } from './import-card.ts';
import { importNotices } from './import-notices.ts';
import { importAudit, planImport, recordImport } from './planning/import-workbook.ts';
import { compareWithPreview, digestOf, previewOfPlan } from './planning/preview.ts';

/** The round's name, by which a command that has brought a file wakes it. */
export const IMPORTS = 'imports';
/** One after the other: each may cost 100 MB of memory. What is left over comes with the next minute. */
const AT_A_TIME = 3;
/** Longer than looking up, downloading and planning together may take. */
const LEASE_MS = 2 * MINUTE_MS;
/** Taken up so often, and each time its process ended: it is what ends it. */
const MAX_ATTEMPTS = 3;
/** So long Lark is asked for a file. */
const FETCHING_MS = 20 * MINUTE_MS;

/**
 * Takes the imports on that wait for the bot: reads files, applies what was confirmed, ends what has expired. Every step is one unit, so
 * that a crash anywhere repeats the step after its lease and changes nothing twice.
 */
export async function fetchImports(core: Core, budget: Budget): Promise<void> {
  const due = await core.store.dueImports(core.time.now(), AT_A_TIME);
  await each({ core, round: IMPORTS, budget }, due, async (pending) => {
    await takeOn(core, pending);
    core.wake();
  });
}

/** Whether what was committed gives the importer something to do at once. */
export const wantsImporter = (changes: readonly Change[] = []): boolean =>
  changes.some(({ kind }) => kind === 'import.requested' || kind === 'import.confirmed');

async function takeOn(core: Core, found: PendingImport): Promise<void> {
  const { id, version: seen } = found;
  if (found.state === 'ready') return void (await settle(core, found, 'expired'));
  if (found.attempts >= MAX_ATTEMPTS) return giveUp(core, found);
  const until = core.time.now() + LEASE_MS;
  const leased = await commitChanges(core.store, [{ kind: 'import.leased', id, until, seen }]);
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
      `“${pending.fileName}”没有导入成，没有写入任何内容。请把错误编号 ${code} 告诉管理员。`,
    );
  }
}

/** A workbook for which the memory or the time does not suffice would end one process after another. */
async function giveUp(core: Core, pending: PendingImport): Promise<void> {
  const code = core.ids.code();
  core.log.error({ code, import: pending.id, attempts: pending.attempts }, 'an import was given up');
  const what = pending.fileName ? `“${pending.fileName}”` : '这个表格';
  const mend = '请拆成几个小一些的表格再发；还是不行，请把错误编号';
  await refuseIt(
    core,
    pending,
    `${what}处理了 ${pending.attempts} 次都没有完成，没有写入任何内容。${mend} ${code} 告诉管理员。`,
  );
}

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
  const step = { kind: 'import.previewed', id, ...kept, ...(!isKept && { bytes }) } as const;
  await core.store.commit(stepOf(core, pending, [step], previewDoc(shown, id, minutes)));
}

/** What was confirmed is planned again from the file that was kept; it is written only if it is still what its sender saw. */
async function apply(core: Core, pending: PendingImport): Promise<void> {
  const bytes = await core.store.importFile(pending.id);
  if (!bytes) throw new Error('a confirmed import without its file');
  await keep(core, async () => {
    const now = await core.store.pendingImport(pending.id);
    // Its lease ran out, and somebody else has taken it on.
    return { work: now?.version === pending.version ? await unitOf(core, pending, bytes) : undefined };
  });
}

async function unitOf(core: Core, pending: PendingImport, bytes: Uint8Array): Promise<UnitOfWork> {
  const { id, fileName, version: seen } = pending;
  if (!pending.preview) throw new Error('a confirmed import without its preview');
  const plan = await planImport(await withCalendar(core), bytes, fileName);
  if (plan.kind === 'refused') return settled(core, pending, 'failed', notImportedDoc(plan.message));
  const shown = previewOfPlan(fileName, plan);
  const digest = await digestOf(plan);
  if (digest !== pending.digest) {
    const again = { ...shown, since: compareWithPreview(pending.preview, shown) };
    if (plan.changes.length === 0) return settled(core, pending, 'dropped', previewDoc(again));
    const minutes = settingOf(await core.store.settings(), 'importMinutes');
    const expiresAt = core.time.now() + minutes * MINUTE_MS;
    const kept = { fileName, preview: again, digest, expiresAt, seen };
    return stepOf(core, pending, [{ kind: 'import.previewed', id, ...kept }], previewDoc(again, id, minutes));
  }
  const done = { kind: 'import.settled', id, state: 'done', seen } as const;
  const of = { id, fileName, actor: pending.sender, at: core.time.now() };
  const told = await importNotices(core, plan, pending, of.at);
  const moved = (plan.rescheduled ?? []).map(({ after }) => visitSubject(after));
  const changes = [...plan.changes, await recordImport(core.store, plan, of), done, ...refreshed(core, moved, of.at)];
  const shownDone = told.said(doneDoc(shown, pending.replyTo ? undefined : id));
  const more = { seen: plan.seen, audit: importAudit(plan, fileName), told: told.messages };
  return stepOf(core, pending, changes, shownDone, more);
}

/** Lark did not give the file: tried again with the next lease when that may help, else said. */
async function failed(core: Core, pending: PendingImport, failure: Failure): Promise<void> {
  core.log.warn({ import: pending.id, ...failure }, 'a file could not be fetched');
  if (failure.kind === 'retry' && core.time.now() - pending.requestedAt < FETCHING_MS) {
    const postponed = { kind: 'import.postponed', id: pending.id, seen: pending.version } as const;
    return void (await commitChanges(core.store, [postponed]));
  }
  const why =
    failure.kind === 'misconfigured'
      ? '机器人没有读取文件的权限，请部署人员检查应用权限'
      : '文件取不到（可能已撤回或过期），请重新发送';
  await refuseIt(core, pending, `${pending.fileName ? `“${pending.fileName}”：` : ''}${why}。`);
}

const refuseIt = async (core: Core, pending: PendingImport, sentence: string): Promise<void> =>
  void (await settle(core, pending, 'failed', notImportedDoc(sentence)));

type End = 'done' | 'dropped' | 'expired' | 'failed';

const settled = (core: Core, pending: PendingImport, state: End, reply?: Doc): UnitOfWork =>
  stepOf(core, pending, [{ kind: 'import.settled', id: pending.id, state, seen: pending.version }], reply);

const settle = (core: Core, pending: PendingImport, state: End, reply?: Doc): Promise<Committed> =>
  core.store.commit(settled(core, pending, state, reply));

interface Besides {
  readonly seen?: readonly Seen[];
  readonly audit?: ReturnType<typeof importAudit>;
  readonly told?: readonly NewMessage[];
}

/** The step and what is said of it, together. The message's key carries the row's version: a step that is repeated says nothing twice. */
function stepOf(
  core: Core,
  pending: PendingImport,
  changes: readonly Change[],
  reply?: Doc,
  { seen, audit, told = [] }: Besides = {},
): UnitOfWork {
  const now = core.time.now();
  const { sender: actor, chatId } = pending;
  return {
    seen,
    changes,
    messages: [...(reply ? [messageOf(core, pending, reply, now)] : []), ...told],
    audit: audit ? [{ ...audit, id: core.ids.next('audit'), at: now, actor, chatId }] : [],
  };
}

const messageOf = (core: Core, pending: PendingImport, reply: Doc, now: Instant): NewMessage =>
  cardMessage(reply, {
    key: `import:${pending.id}:${pending.version}`,
    lane: 'reply',
    chatId: pending.chatId,
    replyTo: pending.replyTo,
    openId: pending.sender,
    uuid: core.ids.next('i'),
    remake: { kind: 'answer', openId: pending.sender },
    now,
  });
