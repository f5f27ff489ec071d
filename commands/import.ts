import { plainDoc } from '../src/cards/plain.ts';
import { momentText } from '../src/features/groups/groups-card.ts';
import { howToImport, previewDoc } from '../src/features/imports/import-card.ts';
import { undoDoc } from '../src/features/imports/undo-import-card.ts';
import { type Context, defineCommand, type Outcome } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { deed, may, mayRead, must, question } from '../src/language/forms/form.ts';
import { inForms } from '../src/language/forms/forms.ts';
import { heard } from '../src/language/words/heard.ts';
import type { PendingImport } from '../src/ports/imports.ts';

const CODE = /(?<![0-9A-Za-z])[0-9A-Za-z]{8}(?![0-9A-Za-z%])/;
const code = must('word', { pattern: CODE, asks: '请写上预览里的8位代码。' });
/** What is to be imported: all of it is brought in the same way. */
const ASKED =
  /怎么|怎样|如何|导入|上传|发送?|通讯录|单位|人员|日程(?:安排)?|任务(?:分解)?|清单|专项|校历|表格?|文件|数据|名单|excel|xlsx|csv|的|一个|新/gi;

const SETTLED: Readonly<Record<Exclude<PendingImport['state'], 'ready'>, string>> = {
  fetching: '这份表格还在读取，请等预览出来再确认。',
  confirmed: '这份表格已经确认，正在写入。',
  done: '这份表格已经导入过了，没有重复写入。',
  dropped: '这份表格已经放弃，要导入请重新发送。',
  expired: '预览已过确认时间，已经失效，请重新发送。',
  failed: '这份表格没有读出来，请重新发送。',
};

/** The workbook itself comes as a file message; here its preview is confirmed or dropped. Writing is left to the importer: it may take longer than Lark waits. */
export default defineCommand({
  name: '导入',
  aliases: ['import', 'dr', '上传'],
  says: [
    /^(?:怎么|如何)(?:导入|上传)|^(?:导入|上传)表格/,
    /^(?:撤销|撤回|取消)(?:上一?次|最近一次|刚才|刚刚)?的?导入$/,
  ],
  saysBeforeNames: true,
  serves: 'imports',
  redirects: [
    {
      about: '单位简称',
      words: ['简称', '别名'],
      says: [/的?(简称|别名|别称)(是|为|叫)?/],
      answer: '简称写在通讯录里，改好后重新导入，要空表请发送：模板 通讯录。',
    },
  ],
  summary: '把表格文件发给我，或粘贴表格内容，预览后确认导入',
  usage: '导入 | 导入 确认 代码 | 导入 放弃 代码 | 导入 撤销',
  allow: 'administrator',
  where: ['group', 'p2p'],
  ...inForms(
    question({
      verbs: [],
      examples: ['导入'],
      parts: { asked: mayRead(heard(ASKED)) },
      run: async () => ({ reply: howToImport() }),
    }),
    deed({ verbs: ['确认'], examples: ['导入 确认 K7QM3XPA'], parts: { code }, run: confirm }),
    // Shown first, done with 确认: whoever takes an import back sees what goes with it.
    deed({
      verbs: [
        /(?:撤销|撤回|undo)(?:(?:上一?次|最近一次|刚才|刚刚)?的?导入)?/i,
        /取消(?:上一?次|最近一次|刚才|刚刚)?的?导入/,
      ],
      examples: ['导入 撤销', '导入 撤销 K7QM3XPA 确认'],
      // With a code only when it is the last import's: what came after it must be taken back first.
      parts: { code: may('word', { pattern: CODE }), sure: may('word', { pattern: /确认/ }) },
      run: undo,
    }),
    deed({ verbs: ['放弃', '取消'], examples: ['导入 放弃 K7QM3XPA'], parts: { code }, run: drop }),
    question({ verbs: ['预览'], examples: ['导入 预览 K7QM3XPA'], parts: { code }, run: preview }),
    question({ verbs: ['错误行'], examples: ['导入 错误行 K7QM3XPA'], parts: { code }, run: faultyRows }),
  ),
});

type OfImport = Context<{ readonly code: string }>;

/** The import of the code that waits here; refused when it is over. */
async function pendingHere({ args, chat, now, read }: OfImport): Promise<PendingImport> {
  const id = args.code.toUpperCase();
  const pending = await read.pendingImport(id);
  // Elsewhere the code says nothing: a preview shows units that another chat may not see.
  if (!pending || pending.chatId !== chat.chatId) throw new UserError(`本聊天里没有等待确认的“${id}”，请核对代码。`);
  if (pending.state !== 'ready') throw new UserError(SETTLED[pending.state]);
  if (pending.expiresAt <= now) throw new UserError(SETTLED.expired);
  return pending;
}

/** The same of an import that its sender decides on. */
async function ownHere(context: OfImport): Promise<PendingImport> {
  const pending = await pendingHere(context);
  if (pending.sender !== context.actor.openId)
    throw new UserError('这份表格是另一位管理员发送的，只能由发送人确认或放弃；您也可以自己重新发送。');
  return pending;
}

async function preview(context: OfImport): Promise<Outcome> {
  const pending = await pendingHere(context);
  if (!pending.preview) throw new UserError(SETTLED.fetching);
  const minutes = Math.ceil((pending.expiresAt - context.now) / 60_000);
  return { reply: previewDoc(pending.preview, pending.id, minutes) };
}

async function faultyRows(context: OfImport): Promise<Outcome> {
  const file = await context.workbooks.faultyRows(await pendingHere(context));
  if (!file) throw new UserError('这份表格没有要改正的行。');
  const said = '有错误的行随后发到这里，每行写明了原因；改好后把文件发给我。';
  return { reply: plainDoc('有错误的行', said), files: [file] };
}

async function drop(context: OfImport): Promise<Outcome> {
  const { id, fileName, version: seen } = await ownHere(context);
  return {
    reply: plainDoc('已放弃', `已放弃“${fileName}”，没有写入任何内容。`, { tone: 'muted' }),
    changes: [{ kind: 'import.settled', id, state: 'dropped', seen }],
    audit: [{ action: 'import.dropped', subject: fileName }],
  };
}

async function confirm(context: OfImport): Promise<Outcome> {
  const { id, fileName, version: seen } = await ownHere(context);
  return {
    reply: plainDoc('正在导入', `已确认“${fileName}”，正在核对并写入，结果稍后告诉您。`),
    changes: [{ kind: 'import.confirmed', id, seen }],
    audit: [{ action: 'import.confirmed', subject: fileName }],
  };
}

async function undo(
  context: Context<{ readonly code: string | undefined; readonly sure: string | undefined }>,
): Promise<Outcome> {
  const { args, actor, chat, read, workbooks, today, zone } = context;
  const code = args.code?.toUpperCase();
  if (chat.type === 'group') throw new UserError('撤销会列出各单位的内容，请在单聊里发送：导入 撤销');
  const plan = await workbooks.undo(actor.openId);
  if (!plan) throw new UserError('没有可以撤销的导入：还没有导入过，或导入已超过31天。');
  const { id, fileName, actor: importer, at } = plan.applied;
  if (code !== undefined && code !== id)
    throw new UserError(`只能撤销最近一次导入（“${fileName}”），更早的要依次撤销。发送：导入 撤销`);
  // 确认 without the code was said before it was seen what would go.
  if (!args.sure || code === undefined || plan.obstacles.length > 0) {
    const people = importer.startsWith('ou_') ? await read.peopleByOpenId(importer) : [];
    const who = people[0]?.name ?? (importer.startsWith('ou_') ? '管理员' : '部署人员');
    const { restored, removed, obstacles } = plan;
    return {
      reply: undoDoc({ fileName, code: id, who, when: momentText(at, { zone, today }), restored, removed, obstacles }),
    };
  }
  return {
    reply: plainDoc('已撤销导入', `“${fileName}”已经撤销：恢复 ${plan.restored} 行，去掉 ${plan.removed} 行。`, {
      tone: 'done',
      note: '要重新导入，请再发一次。',
    }),
    changes: plan.changes,
    notices: plan.notices,
    audit: [{ action: 'import.undone', subject: fileName, after: { restored: plan.restored, removed: plan.removed } }],
  };
}
