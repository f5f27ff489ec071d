import { checklistsDoc, indicatorDoc, indicatorListDoc } from '../src/cards/checklist.ts';
import { type Context, defineCommand, type Outcome } from '../src/chat/command.ts';
import { findIndicators } from '../src/chat/find-indicators.ts';
import { wordings } from '../src/chat/phrases.ts';
import { resolveOwnUnit } from '../src/chat/resolve.ts';
import { slots } from '../src/chat/slots.ts';
import type { Assessment, Checklist, Indicator } from '../src/domain/work/checklist.ts';

/** More than any shipped set holds; a keyword that meets more is too wide to read. */
const LIMIT = 120;

const FILTER_WORD = { veto: '一票否决', unmet: '未达标', missing: '未完成', overdue: '未完成' } as const;

const args = slots.pick({ units: true, programs: true, checklists: true, code: true, filter: true, rest: true });
type Asked = Context<ReturnType<(typeof args)['parse']>>;

export default defineCommand({
  name: '清单',
  ...wordings.清单,
  summary: '查评估细则：指标的标准、分值、佐证材料、责任单位和自评情况',
  usage: '清单 [专项] [编号|关键词|单位|未完成]',
  examples: ['清单', '清单 优质均衡', '清单 YZ-2.11', '清单 生均', '清单 望海区 未达标', '清单 一票否决'],
  allow: 'member',
  where: ['group', 'p2p'],
  args,
  async run(context) {
    const { args, scope, read } = context;
    const unit = await resolveOwnUnit(args.units, { read, scope });
    const lists = await listsOf(context);
    const words = lists.wordsLeft(args.rest.trim());
    if (lists.named.length === 0 && !unit && !args.code && !args.filter && words === '') {
      return { reply: checklistsDoc(lists.visible, lists.inUse) };
    }
    const found = await search(context, lists, words);
    const indicatorIds = found.map(({ id }) => id);
    const assessments = await read.assessments({ scope, indicatorIds, unitId: unit?.id });
    const wanted = found.filter(({ id }) => fits(args.filter, statesOf(assessments, id)));

    const line = [
      ...lists.named.map(({ names }) => names[0] ?? ''),
      ...[args.code, words, unit?.name, args.filter && FILTER_WORD[args.filter]],
    ];
    const title = [...new Set(line)].filter(Boolean).join(' ');
    const query = `清单 ${title}`;
    const [only] = wanted;
    const checklist = lists.visible.find(({ id }) => id === only?.checklistId);
    if (only && checklist && wanted.length === 1)
      return detail(context, { indicator: only, checklist, unitId: unit?.id, query });
    const indicators = wanted.slice(0, LIMIT);
    return {
      reply: indicatorListDoc({
        title: title || '全部',
        about: unit?.name,
        checklists: lists.visible.filter(({ id }) => indicators.some(({ checklistId }) => checklistId === id)),
        indicators,
        assessments: indicators.flatMap(({ id }) => statesOf(assessments, id)),
        cut: wanted.length > LIMIT,
        query,
      }),
    };
  },
});

interface Lists {
  /** A district's own workbook is nobody else's: neither listed nor searched, though its name may be the same as ours (两项督导). */
  readonly visible: readonly Checklist[];
  /** Of the programs that run here. */
  readonly inUse: ReadonlySet<string>;
  /** Those that the question names. */
  readonly named: readonly Checklist[];
  /** The question's words without a list's own name: 八项督导是哪八项 asks for the list, not for a keyword in it. */
  wordsLeft(rest: string): string;
}

async function listsOf({ args, scope, read }: Asked): Promise<Lists> {
  const [all, programs] = await Promise.all([read.checklists(), read.programs(scope)]);
  const inUse = new Set(programs.flatMap(({ checklistId }) => checklistId ?? []));
  const visible = all.filter(({ id, builtIn }) => builtIn || inUse.has(id));
  const asked = new Set([...args.checklists, ...args.programs].map(({ checklistId }) => checklistId));
  const named = visible.filter(({ id }) => asked.has(id));
  return { visible, inUse, named, wordsLeft: (rest) => (named.some(({ names }) => names.includes(rest)) ? '' : rest) };
}

/** In the lists that are named; else everywhere for a code or a word, and in the running programs' lists for all else. */
async function search({ args, read }: Asked, lists: Lists, words: string): Promise<readonly Indicator[]> {
  const everywhere = args.code !== undefined || words !== '' || lists.inUse.size === 0;
  const where =
    lists.named.length > 0 ? lists.named : lists.visible.filter(({ id }) => everywhere || lists.inUse.has(id));
  const narrowed = { checklistIds: where.map(({ id }) => id), vetoOnly: args.filter === 'veto', limit: LIMIT + 1 };
  if (!args.code) return findIndicators(read, narrowed, words);
  const found = await read.indicators({ ...narrowed, code: args.code });
  // A bare code means the program that runs here, where there is one.
  const own = found.filter(({ checklistId }) => lists.inUse.has(checklistId));
  return own.length > 0 ? own : found;
}

const statesOf = (assessments: readonly Assessment[], id: string): readonly Assessment[] =>
  assessments.filter(({ indicatorId }) => indicatorId === id);

function fits(filter: keyof typeof FILTER_WORD | undefined, states: readonly Assessment[]): boolean {
  if (filter === undefined || filter === 'veto') return true;
  return states.some(({ state }) => state === 'unmet' || (filter !== 'unmet' && state === 'missing'));
}

async function detail(
  { scope, read }: Asked,
  of: {
    readonly indicator: Indicator;
    readonly checklist: Checklist;
    readonly unitId: string | undefined;
    readonly query: string;
  },
): Promise<Outcome> {
  const [units, assessments] = await Promise.all([
    read.indicatorUnits(scope, [of.indicator.id]),
    read.assessments({ scope, indicatorIds: [of.indicator.id], unitId: of.unitId }),
  ]);
  const written = (role: 'lead' | 'assist') => [
    ...new Set(units.filter((unit) => unit.role === role).map((unit) => unit.written)),
  ];
  return { reply: indicatorDoc({ ...of, leads: written('lead'), assists: written('assist'), assessments }) };
}
