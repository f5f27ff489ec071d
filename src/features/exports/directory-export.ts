import type { ExportKind } from './export-kind.ts';

export const DIRECTORY_EXPORT: ExportKind<'directory'> = {
  kind: 'directory',
  name: '单位通讯录',
  words: /通讯录|联络员|单位名单/,
  narrows: ['unit'],
  right: 'people.read',
  direct: true,
  imported: true,
  request: (_context, { unit }) => ({ kind: 'directory', unitId: unit?.id }),
};
