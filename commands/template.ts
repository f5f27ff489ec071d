import { plainDoc } from '../src/cards/plain.ts';
import { type ContextOf, defineCommand, parts } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { officeReader } from '../src/language/who/list-reader.ts';
import type { TemplateRequest } from '../src/language/workbooks.ts';

const line = parts({ names: true });
type Ask = ContextOf<typeof line>;

const KINDS: readonly { readonly kind: TemplateRequest['kind']; readonly name: string; readonly words: RegExp }[] = [
  { kind: 'directory', name: '通讯录', words: /通讯录|联络员|单位/ },
  { kind: 'assessment', name: '自评', words: /自评|指标|细则/ },
  { kind: 'tasks', name: '任务', words: /任务|分解/ },
  { kind: 'schedule', name: '督导日程', words: /督导|日程|安排/ },
];

export default defineCommand({
  name: '模板',
  aliases: ['template', 'mb', '空表', '表格模板'],
  says: [/(?:要|发|给).{0,6}(?:模板|空表)|(?:模板|空表)(?:发|给)?(?:我|一份|一下)?$/],
  line,
  redirects: [
    {
      about: '自评填报',
      words: ['自评填报', '填报自评', '填报'],
      says: [/^自评([a-z\d]|$)/i, /^[a-z]{1,3}-?\d+(\.\d+)*(自评|得分|填|报)\d/i],
      answer: '自评填在表里，由管理员导入，要空表请发送：模板 自评。',
    },
  ],
  summary: '要一份空表：表头、下拉和示例都在，填好发回来就能导入',
  usage: '模板 通讯录|督导日程|任务|自评 [专项或细则]',
  examples: ['模板 督导日程', '模板 任务', '模板 自评 优质均衡'],
  allow: 'anyone',
  where: ['group', 'p2p'],
  async run(context) {
    const reader = await officeReader(context);
    const request = await requestOf(context);
    const file = await context.workbooks.template(request, reader);
    if (!file) throw new UserError('还没有单位通讯录，请先发送“模板 通讯录”，填好导入以后再要别的模板。');
    return {
      reply: plainDoc('模板', `“${file.name}”随后发出。`, {
        lines: ['填好以后，由管理员在单聊里把文件发给我，预览无误再确认导入。'],
        note: '“示例”一行不会导入。',
      }),
      files: [file],
    };
  },
});

async function requestOf({ args, read }: Ask): Promise<TemplateRequest> {
  const { rest, programs, checklists } = args;
  const named = checklists[0] ?? programs.find(({ checklistId }) => checklistId !== undefined);
  const kind = KINDS.find(({ words }) => words.test(rest))?.kind ?? (named ? 'assessment' : undefined);
  if (kind === undefined) throw new UserError(`请写明哪一种：${KINDS.map(({ name }) => `模板 ${name}`).join('；')}`);
  if (kind !== 'assessment') return { kind };
  if (named?.checklistId !== undefined) return { kind, checklistId: named.checklistId, program: named.name };
  const names = (await read.checklists())
    .filter(({ builtIn }) => builtIn)
    .map(({ names: [name], title }) => name ?? title);
  throw new UserError(`请写明按哪一份自评，例如：模板 自评 ${names[0] ?? ''}。现有：${names.join('、')}`);
}
