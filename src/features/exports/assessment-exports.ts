import { UserError } from '../../language/errors.ts';
import type { ExportAsk, ExportKind } from './export-kind.ts';

export const ASSESSMENT_EXPORT: ExportKind<'assessment'> = {
  kind: 'assessment',
  name: '自评表',
  words: /自评/,
  narrows: ['unit', 'program'],
  imported: true,
  request: (_context, { unit, programId, reader }) => ({ kind: 'assessment', unit: unit ?? reader.about, programId }),
};

export const CHECKLIST_EXPORT: ExportKind<'checklist'> = {
  kind: 'checklist',
  name: '指标清单',
  words: /指标|细则|清单|评估标准/,
  narrows: ['checklist', 'program'],
  meantBy: 'checklist',
  request: async (context) => ({ kind: 'checklist', checklistId: await checklistId(context) }),
};

async function checklistId({ args, read, scope }: ExportAsk): Promise<string> {
  const named = args.checklists[0]?.checklistId ?? args.programs[0]?.checklistId;
  if (named !== undefined) return named;
  const used = (await read.programs(scope)).flatMap(({ checklistId: id }) => id ?? []);
  const [only, second] = [...new Set(used)];
  if (only !== undefined && second === undefined) return only;
  const names = (await read.checklists())
    .filter(({ builtIn }) => builtIn)
    .map(({ names: [name], title }) => name ?? title);
  throw new UserError(`请写明哪一份，例如：导出 指标 ${names[0] ?? ''}。现有：${names.join('、')}`);
}
