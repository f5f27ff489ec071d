import type { Assessment, Checklist, Indicator } from '../src/domain/checklists/checklist.ts';
import { checklistsDoc, indicatorDoc, indicatorListDoc } from '../src/features/checklists/checklist-card.ts';
import { findIndicators } from '../src/features/checklists/find-indicators.ts';
import { type ContextOf, defineCommand, type Outcome, parts } from '../src/language/command.ts';
import { resolveOwnUnit } from '../src/language/who/resolve.ts';

/** More than any shipped set holds; a keyword that meets more is too wide to read. */
const LIMIT = 120;

const FILTER_WORD = { veto: '一票否决', unmet: '未达标', missing: '未完成', overdue: '未完成' } as const;

const line = parts({
  names: true,
  code: true,
  filters: ['veto', 'unmet', 'missing', 'overdue'],
  keywords: {
    head: '的 是 有 由 谁 哪些 什么 关于 查 查询 各个 , ; : ; 、 。 ( ) ! ? " “ ” / -',
    tail: '有哪几条 有哪几项 哪几条 哪几项 是什么 是多少 是哪些 有哪些 有什么 有多少 有几项 有几条 什么 多少 哪些 哪些单位 哪些学校 哪个 啥 怎么样 怎么算 怎么 如何 如何计算 指 指标 监测点 观测点 考查要点 的标准 标准 标准是 的要求 要求 的内容 内容 评估细则 细则 谁负责 谁牵头 由谁 谁 负责 牵头 多少分 几分 计分 分值 需要什么材料 需要什么佐证材料 要什么佐证材料 的佐证材料 佐证材料 的 是 有 , ; : 、 。 ( ) ! ? " “ ” / -',
  },
});
type Context = ContextOf<typeof line>;

export default defineCommand({
  name: '清单',
  aliases: [
    'checklist',
    'list',
    'qd',
    '评估细则',
    '细则',
    '评估指标',
    '指标体系',
    '指标',
    '评估标准',
    '评估清单',
    '清单查询',
    'indicator',
  ],
  says: [
    /一票否决|否决项|底线指标|前置条件/,
    /(?<![a-z])([a-z]{1,3}-?\d+(\.\d+)+|[a-z]{2,3}-[vx]?\d{1,2}(?!\d))/i,
    /^\d{1,2}\.\d{1,2}(是|指|的|标准|要求|谁|有)/,
    /第[一二三四五六七八九十\d]+部分第[一二三四五六七八九十\d]+[条项]/,
    /(哪些|什么|多少|几项|几个)(指标|监测点|考查要点|观测点|细则)|(指标|监测点|考查要点|观测点)(有|是)?(哪些|什么|多少|怎么)/,
    /(没|没有|未|不)达标|(没|没有|未)(完成|报|自评)的?(指标|监测点)|(指标|监测点).*(没|没有|未)(完成|报|自评)/,
    /八项督导|督导八项/,
    // What an indicator is called when nobody says 指标: words of the built-in sets that mean nothing else in a work group.
    /生均|师生比|生师比|班额|校际差异|差异系数|毛入园率|覆盖率|巩固率|普惠率|专任教师|骨干教师|轮岗|持证上岗|划片|随迁子女|课业负担|社会认可度|公用经费|保教质量|仪器设备|(面积|占比|比例|人数)(的)?(标准|要求)|(面积|占比|比例|(入学|巩固|普惠|上岗|达标|培训完成)率|差异系数|设备值|[教室师]+数)$/,
    /(标准|要求)(是)?(什么|多少|啥|怎么)|(多少|几|计)分$|分值/,
    /谁(来)?(牵头|负责|主责)|哪个?(单位|部门|科室)(牵头|负责)/,
  ],
  line,
  also: { atEnd: true, mine: true, bare: ['set', 'name'], exports: 'always' },
  single: true,
  summary: '查评估细则：指标的标准、分值、佐证材料、责任单位和自评情况',
  usage: '清单 [专项] [编号|关键词|单位|未完成]',
  examples: ['清单', '清单 优质均衡', '清单 YZ-2.11', '清单 生均', '清单 望海区 未达标', '清单 一票否决'],
  allow: 'member',
  where: ['group', 'p2p'],
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
      args.code,
      words,
      unit?.name,
      args.filter && FILTER_WORD[args.filter],
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

async function listsOf({ args, scope, read }: Context): Promise<Lists> {
  const [all, programs] = await Promise.all([read.checklists(), read.programs(scope)]);
  const inUse = new Set(programs.flatMap(({ checklistId }) => checklistId ?? []));
  const visible = all.filter(({ id, builtIn }) => builtIn || inUse.has(id));
  const asked = new Set([...args.checklists, ...args.programs].map(({ checklistId }) => checklistId));
  const named = visible.filter(({ id }) => asked.has(id));
  return { visible, inUse, named, wordsLeft: (rest) => (named.some(({ names }) => names.includes(rest)) ? '' : rest) };
}

/** In the lists that are named; else everywhere for a code or a word, and in the running programs' lists for all else. */
async function search({ args, read }: Context, lists: Lists, words: string): Promise<readonly Indicator[]> {
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
  { scope, read }: Context,
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
