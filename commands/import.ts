import { plainDoc } from '../src/cards/plain.ts';
import { momentText } from '../src/features/groups/groups-card.ts';
import { howToImport, previewDoc } from '../src/features/imports/import-card.ts';
import { undoDoc } from '../src/features/imports/undo-import-card.ts';
import { type ContextOf, defineCommand, type Outcome } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import type { PendingImport } from '../src/ports/imports.ts';

type Ask = ContextOf;

const VERDICT = /^(确认|放弃|预览|错误行)\s*([0-9A-Za-z]{8})$/;

/** With a code only when it is the last import's: what came after it must be taken back first. */
const UNDO = /^(?:撤销|撤回|undo)\s*([0-9A-Za-z]{8}|)\s*(确认)?$|^(?:撤销|撤回|取消).*导入$/;

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
  examples: ['导入', '导入 确认 K7QM3XPA', '导入 撤销'],
  allow: 'administrator',
  where: ['group', 'p2p'],
  async run(context) {
    const { rest } = context.args;
    const [asked, undone = '', sure] = UNDO.exec(rest) ?? [];
    if (asked !== undefined) return undo(context, undone.toUpperCase(), sure !== undefined);
    const [, verdict, code] = VERDICT.exec(rest) ?? [];
    if (verdict && code) return decide(context, verdict, code.toUpperCase());
    if (/^(确认|放弃|预览|错误行)/.test(rest)) throw new UserError('请写上预览里的8位代码，例如：导入 确认 K7QM3XPA');
    return { reply: howToImport() };
  },
});

async function decide({ actor, chat, now, read, workbooks }: Ask, verdict: string, id: string): Promise<Outcome> {
  const pending = await read.pendingImport(id);
  // Elsewhere the code says nothing: a preview shows units that another chat may not see.
  if (!pending || pending.chatId !== chat.chatId) throw new UserError(`本聊天里没有等待确认的“${id}”，请核对代码。`);
  if (pending.state !== 'ready') throw new UserError(SETTLED[pending.state]);
  if (pending.expiresAt <= now) throw new UserError(SETTLED.expired);
  if (verdict === '预览' && pending.preview) {
    return { reply: previewDoc(pending.preview, id, Math.ceil((pending.expiresAt - now) / 60_000)) };
  }
  if (verdict === '错误行') {
    const file = await workbooks.faultyRows(pending);
    if (!file) throw new UserError('这份表格没有要改正的行。');
    const said = '有错误的行随后发到这里，每行写明了原因；改好后把文件发给我。';
    return { reply: plainDoc('有错误的行', said), files: [file] };
  }
  if (pending.sender !== actor.openId)
    throw new UserError('这份表格是另一位管理员发送的，只能由发送人确认或放弃；您也可以自己重新发送。');
  const { fileName, version: seen } = pending;
  if (verdict === '放弃') {
    return {
      reply: plainDoc('已放弃', `已放弃“${fileName}”，没有写入任何内容。`, { tone: 'muted' }),
      changes: [{ kind: 'import.settled', id, state: 'dropped', seen }],
      audit: [{ action: 'import.dropped', subject: fileName }],
    };
  }
  return {
    reply: plainDoc('正在导入', `已确认“${fileName}”，正在核对并写入，结果稍后告诉您。`),
    changes: [{ kind: 'import.confirmed', id, seen }],
    audit: [{ action: 'import.confirmed', subject: fileName }],
  };
}

/** Shown first, done with 确认: whoever takes an import back sees what goes with it. */
async function undo(
  { actor, chat, read, workbooks, today, zone }: Ask,
  code: string,
  isSure: boolean,
): Promise<Outcome> {
  if (chat.type === 'group') throw new UserError('撤销会列出各单位的内容，请在单聊里发送：导入 撤销');
  const plan = await workbooks.undo(actor.openId);
  if (!plan) throw new UserError('没有可以撤销的导入：还没有导入过，或导入已超过31天。');
  const { id, fileName, actor: importer, at } = plan.applied;
  if (code !== '' && code !== id)
    throw new UserError(`只能撤销最近一次导入（“${fileName}”），更早的要依次撤销。发送：导入 撤销`);
  if (!isSure || plan.obstacles.length > 0) {
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
