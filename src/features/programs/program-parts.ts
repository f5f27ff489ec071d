import { UserError } from '../../language/errors.ts';
import { mayRead, type OwnReader } from '../../language/forms/form.ts';
import type { FormContext } from '../../language/forms/form-context.ts';
import { directoryFrom, regionCandidatesOf, withRegions } from '../../language/words/names.ts';
import type { UnitMention } from '../../language/words/slots.ts';
import { readMilestone, type Time } from './milestone-phrase.ts';
import { refuseStray } from './stray-words.ts';

/** What the lines of 专项 hold. */

/** A program as it was written: its name, and who runs it where that was said. */
export interface SaidProgram {
  readonly program?: string | undefined;
  readonly runBy?: string | undefined;
}

const LONGEST_NAME = 40;
/** A unit's name and what joins it. */
const LONGEST_BEFORE = 25;

const stretchesOf = (line: string): readonly string[] =>
  Array.from({ length: Math.min(line.length, LONGEST_BEFORE) }, (_, start) =>
    Array.from({ length: LONGEST_NAME - 1 }, (__, more) => line.slice(start, start + more + 2)),
  ).flat();

/** The known program that stands first in a line, what stands before it, and what behind. */
async function programIn(line: string, lookup: FormContext['lookup']) {
  const matches = await lookup([...new Set([...stretchesOf(line), ...regionCandidatesOf(line)])]);
  const units = withRegions(directoryFrom(matches));
  let unread = '';
  for (const name of matches.programs.map((program) => program.name).toSorted((a, b) => b.length - a.length)) {
    const at = line.indexOf(name);
    if (at < 0) continue;
    const before = line.slice(0, at).replace(/的?[“"「\s]*$/, '');
    const runBy = before.replaceAll(' ', '');
    const rest = line.slice(at + name.length).replace(/^[”"」]?[\s:,，、]*/, '');
    if (runBy === '' || units.get(runBy)?.units.length) return { name, runBy, rest };
    unread ||= before;
  }
  if (unread !== '') throw new UserError(`没有办理。没看懂“${unread}”：专项的名称前面只写组织它的单位。`);
  return undefined;
}

/** 望海区 两项督导, 望海区两项督导: the unit that runs it. */
const readRunBy: OwnReader<string> = async (text, { lookup }) => {
  const found = await programIn(text.trim(), lookup);
  return found && found.runBy !== '' ? { value: found.runBy, rest: `${found.name} ${found.rest}` } : undefined;
};

/** The program that the line begins with. An unknown name is the first word; whoever looks for it says so. */
const readProgram: OwnReader<string> = async (text, { lookup }) => {
  const line = text.trim();
  if (line === '') return undefined;
  const found = await programIn(line, lookup);
  if (found) return { value: found.name, rest: found.rest };
  const [word = ''] = line.split(' ');
  return { value: word, rest: line.slice(word.length).trim() };
};
export const PROGRAM = { runBy: mayRead(readRunBy), program: mayRead(readProgram) } as const;

const SURE = /\s*(?:确认|确定)$/;
export const SURE_PART = mayRead((text) =>
  SURE.test(text) ? { value: true, rest: text.replace(SURE, '') } : undefined,
);

/** The last word of a line that names who runs the program; 平安校园 is no such word. */
const UNIT_LIKE = /[区县市旗局镇乡]$|街道$|政府$/;

/** 专项 新增 2026年两项督导 望海区: the unit that is written last; nothing else stands beside the name. */
const readRunner: OwnReader<UnitMention> = async (line, { lookup, today, calendar }) => {
  const [, name = line, last = ''] = /^(.+)\s(\S+)$/.exec(line) ?? [];
  const { units } = last === '' ? { units: [] } : await lookup([last]);
  const candidates = [...new Map(units.map(({ unit }) => [unit.id, unit])).values()];
  const rest = candidates.length > 0 ? name : line;
  if (candidates.length === 0 && UNIT_LIKE.test(last))
    throw new UserError(`没有找到单位“${last}”。请写单位全称或通讯录里的简称。`);
  await refuseStray(rest, { read: { names: lookup }, today, calendar }, line);
  return candidates.length > 0 ? { value: { written: last, candidates }, rest } : undefined;
};
export const RUNNER = mayRead(readRunner);

/** What was meant for something else than the name. */
const refuseInName: OwnReader<never> = async (text, { lookup, today, calendar }) => {
  await refuseStray(text, { read: { names: lookup }, today, calendar });
  return undefined;
};
export const NAME_CHECK = mayRead(refuseInName);

const REMOVE = /^(?:删除|删掉|取消)\s*(.+)$|^(.+?)\s*(?:删除|删掉|取消)$/;

const REMOVE_WITHIN = /\s(?:删除|删掉|取消)\s/;

/** When a milestone is, or that it is none any more; its name stays. */
const readSetting: OwnReader<Time | 'removed'> = (text, days) => {
  if (text === '') return undefined;
  const removed = REMOVE.exec(text);
  if (removed) return { value: 'removed', rest: removed[1] ?? removed[2] ?? '' };
  if (REMOVE_WITHIN.test(text))
    throw new UserError(`没有办理。没看懂“${text.slice(0, 60)}”。删除节点只写名称和“删除”。`);
  const said = readMilestone(text, days);
  if ('refused' in said) throw new UserError(said.refused);
  const { name, ...time } = said.milestone;
  return { value: time, rest: name };
};
export const SETTING = mayRead(readSetting);

/** What stands before the word that says what is to be done. */
const refuseBefore = (text: string, word: string): void => {
  const before = new RegExp(`^(\\S.*?)\\s(?:${word})(?=$|[\\s:：])`).exec(text)?.[1];
  if (before !== undefined) throw new UserError(`没有办理。没看懂“${before}”。`);
};

const COPY = '复制|拷贝';
const COPY_AT_START = new RegExp(`^(?:${COPY})[\\s:：]*`);

const readCopy: OwnReader<true> = (text) => {
  if (COPY_AT_START.test(text)) return { value: true, rest: text.replace(COPY_AT_START, '') };
  refuseBefore(text, COPY);
  return undefined;
};
export const COPY_PART = mayRead(readCopy);

const HOW = '加入?|增加|添加|新增|减去?|去掉|删除|移除|退出|改为|只有|设为';
const HOW_AT_START = new RegExp(`^(${HOW})[\\s:：]*`);
const ALL_AND = /^(?:全部|所有|全体)(?:单位)?\s/;
const ALL = '(?:全部|所有|全体)(?:单位)?$';

/** What is done to the list of those that take part. */
export type Change = 'add' | 'remove' | 'only' | 'all';

const readChange: OwnReader<Change> = (text) => {
  if (new RegExp(`^${ALL}`).test(text)) return { value: 'all', rest: '' };
  if (ALL_AND.test(text)) throw new UserError(`没有办理。没看懂“${text.slice(0, 60)}”，名单没有改动。`);
  const [whole = '', verb = ''] = HOW_AT_START.exec(text) ?? [];
  if (verb === '') {
    refuseBefore(text, `${HOW}|${ALL}`);
    return undefined;
  }
  const value = /减|去|删|移|退/.test(verb) ? 'remove' : /改为|只有|设为/.test(verb) ? 'only' : 'add';
  return { value, rest: text.slice(whole.length) };
};
export const CHANGE = mayRead(readChange);

const WORDS =
  '新增|新建|创建|添加|开设|改名|重命名|更名|归档|结束|恢复|节点|里程碑|时间节点|清单|细则|评估细则|参加单位|单位';
const WITHIN = new RegExp(`^(\\S.*?)\\s(${WORDS})(?:\\s+(.+))?$`);

/** 两项督导 归档 would be looked at as a name; 两项督导 节点 asks for its milestones. */
const refuseVerb: OwnReader<never> = (text) => {
  const [, before = '', verb = '', after = ''] = WITHIN.exec(text.trim()) ?? [];
  if (verb === '' || (verb === '节点' && after === '')) return undefined;
  throw new UserError(
    `没有办理。“${verb}”请写在前面，例如：专项 ${verb} ${[before, after].join(' ').trim().slice(0, 60)}`,
  );
};
export const NO_VERB = mayRead(refuseVerb);
