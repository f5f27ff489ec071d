import { plainDoc } from '../src/cards/plain.ts';
import { exportReader } from '../src/features/exports/export-reader.ts';
import { kindOf, requestOf } from '../src/features/exports/export-request.ts';
import { defineCommand } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { refuseImpossible } from '../src/language/who/resolve.ts';

export default defineCommand({
  name: '导出',
  aliases: ['export', 'dc', '下载'],
  says: [/^把.{0,20}(?:导出|下载)/, /(?:导出|下载)(?:来|一下|成表格)?$/],
  line: { dates: 'near', names: true, people: true },
  serves: 'exports',
  redirects: [
    {
      about: '联络员电话',
      words: ['电话', '联系方式', '手机号'],
      says: [
        /(联络员|联系人|负责人|校长|局长|园长|科长|办公室)?的?(电话|手机号?|联系方式|号码)(是)?(多少|什么)?$|联络员是?谁/,
      ],
      answer: '通讯录由管理员在单聊里导出：导出 通讯录。',
    },
  ],
  summary: '把日程、问题、任务、进展、通知、自评、指标等清单发成 Excel 文件',
  usage:
    '导出 督导日程|问题|任务|进展|汇总|通知|自评|指标|节点|提醒|通讯录|审计 [日期] [单位|专项] [未销号|已销号|逾期|全部]',
  examples: ['导出 督导日程 4月', '导出 问题 逾期', '导出 自评 望海区教育局'],
  allow: 'export.take',
  where: ['group', 'p2p'],
  async run(context) {
    const { args, chat } = context;
    refuseImpossible(args.impossibleDate);
    const kind = kindOf(args);
    if (kind.direct && chat.type === 'group')
      throw new UserError(`“${kind.name}”不发到群里，请在单聊里发送：导出 ${kind.name}`);
    const { request, reader } = await requestOf(context, kind, await exportReader(context));
    const lists = await context.workbooks.lists(request, reader);
    if ('tooMany' in lists)
      throw new UserError(`${kind.name}超过 ${lists.tooMany} 行，一次发不完。请写上日期、单位或专项，缩小范围再导出。`);
    if (lists.length === 0)
      throw new UserError(`${reader.about.name}没有可导出的${kind.name}，请核对日期、单位或专项名称。`);
    const rows = lists.reduce((sum, list) => sum + list.rows, 0);
    const files = lists.map(({ file }) => file);
    return {
      reply: plainDoc('导出', `${kind.name}共 ${rows} 条，文件随后发出。`, {
        lines: files.map(({ name }) => name),
        ...(kind.imported && { note: '改好以后可以直接发给我导入；没有改的行不会重复。' }),
      }),
      files,
      audit: [{ action: `export.${kind.kind}`, subject: files.map(({ name }) => name).join('、') }],
    };
  },
});
