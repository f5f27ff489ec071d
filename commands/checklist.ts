import { checklistsDoc, indicatorDoc, indicatorListDoc } from '../src/cards/checklist.ts';
import { defineCommand } from '../src/chat/command.ts';
import { wordings } from '../src/chat/phrases.ts';
import { resolveOwnUnit } from '../src/chat/resolve.ts';
import { slots } from '../src/chat/slots.ts';
import type { Checklist, Indicator } from '../src/domain/work/checklist.ts';
import type { Reads, Scope } from '../src/ports/store.ts';

/** More than any shipped set holds; a keyword that meets more is too wide to read. */
const LIMIT = 120;

const FILTER_WORD = { veto: '一票否决', unmet: '未达标', missing: '未完成', overdue: '未完成' } as const;

export default defineCommand({
  name: '清单',
  ...wordings.清单,
  summary: '查评估细则：指标的标准、分值、佐证材料、责任单位和自评情况',
  usage: '清单 [专项] [编号|关键词|单位|未完成]',
  examples: ['清单', '清单 优质均衡', '清单 YZ-2.11', '清单 生均', '清单 望海区 未达标', '清单 一票否决'],
  allow: 'member',
  where: ['group', 'p2p'],
  args: slots.pick({ units: true, programs: true, checklists: true, code: true, filter: true, rest: true }),
  async run({ args, scope, read }) {
    const unit = await resolveOwnUnit(args.units, { read, scope });
    const [all, programs] = await Promise.all([read.checklists(), read.programs(scope)]);
    const inUse = new Set(programs.flatMap(({ checklistId }) => checklistId ?? []));
    // A district's own workbook is nobody else's: neither listed nor searched, though its name may be the same as ours (两项督导).
    const checklists = all.filter(({ id, builtIn }) => builtIn || inUse.has(id));
    const visible = checklists.map(({ id }) => id);
    const written = [...args.checklists, ...args.programs];
    const named = written.flatMap(({ checklistId }) =>
      checklistId && visible.includes(checklistId) ? checklistId : [],
    );
    const keyword = args.rest.trim();
    const asked = {
      unit: unit !== undefined,
      code: args.code !== undefined,
      filter: args.filter !== undefined,
      keyword: keyword !== '',
    };
    if (named.length === 0 && !asked.unit && !asked.code && !asked.filter && !asked.keyword) {
      return { reply: checklistsDoc(checklists, inUse) };
    }

    const everywhere = asked.code || asked.keyword || inUse.size === 0;
    const checklistIds = named.length > 0 ? [...new Set(named)] : everywhere ? visible : [...inUse];
    const query = { checklistIds, vetoOnly: args.filter === 'veto', limit: LIMIT + 1 };
    const found = await search(read, query, args.code, keyword);
    // A bare code means the program that runs here, where there is one.
    const own = named.length === 0 ? found.filter(({ checklistId }) => inUse.has(checklistId)) : [];
    const candidates = asked.code && own.length > 0 ? own : found;
    const assessments = await read.assessments({
      scope,
      indicatorIds: candidates.map(({ id }) => id),
      unitId: unit?.id,
    });
    const wanted = candidates.filter(({ id }) =>
      fits(
        args.filter,
        assessments.filter(({ indicatorId }) => indicatorId === id),
      ),
    );

    const line = [
      '清单',
      ...named.map((id) => nameOf(checklists, id)),
      args.code ?? '',
      keyword,
      unit?.name ?? '',
      args.filter ? FILTER_WORD[args.filter] : '',
    ];
    const canonical = [...new Set(line)].filter(Boolean).join(' ');
    const [only] = wanted;
    const checklist = only && checklists.find(({ id }) => id === only.checklistId);
    if (only && checklist && wanted.length === 1) {
      return { reply: await detail(read, scope, { indicator: only, checklist, unitId: unit?.id, query: canonical }) };
    }
    const shown = wanted.slice(0, LIMIT);
    const ids = new Set(shown.map(({ id }) => id));
    return {
      reply: indicatorListDoc({
        title: canonical.slice('清单 '.length) || '全部',
        about: unit?.name,
        checklists: checklists.filter(({ id }) => shown.some(({ checklistId }) => checklistId === id)),
        indicators: shown,
        assessments: assessments.filter(({ indicatorId }) => ids.has(indicatorId)),
        cut: wanted.length > LIMIT,
        query: canonical,
      }),
    };
  },
});

const nameOf = (checklists: readonly Checklist[], id: string): string =>
  checklists.find((checklist) => checklist.id === id)?.names[0] ?? '';

/** By code; else by level, if the words are a level's name; else by keyword, and by the words of it when the whole is not found. */
async function search(
  read: Reads,
  query: Omit<Parameters<Reads['indicators']>[0], 'code' | 'keyword' | 'level'>,
  code: string | undefined,
  keyword: string,
): Promise<readonly Indicator[]> {
  if (code) return read.indicators({ ...query, code });
  if (keyword === '') return read.indicators(query);
  const level = await read.indicators({ ...query, level: keyword });
  if (level.length > 0) return level;
  const whole = await read.indicators({ ...query, keyword });
  if (whole.length > 0) return whole;
  const words = keyword.split(/[\s、，,]+/).filter((word) => word.length >= 2);
  const [longest] = words.toSorted((a, b) => b.length - a.length);
  return longest && longest !== keyword
    ? read.indicators({ ...query, keyword: longest })
    : nearest(read, query, keyword);
}

/** 师生比 is written nowhere; 师 and 比 both stand in 专任教师与在园幼儿之比. The last two-character part that is found wins. */
async function nearest(
  read: Reads,
  query: Parameters<typeof search>[1],
  keyword: string,
): Promise<readonly Indicator[]> {
  const pairs = [...keyword]
    .slice(0, 12)
    .flatMap((char, index, all) => (index > 0 ? [`${all[index - 1]}${char}`] : []));
  for (const pair of pairs) {
    const found = await read.indicators({ ...query, keyword: pair });
    if (found.length > 0 && found.length <= 20) return found;
  }
  return [];
}

function fits(
  filter: 'veto' | 'unmet' | 'missing' | 'overdue' | undefined,
  states: readonly { readonly state: string }[],
): boolean {
  if (filter === undefined || filter === 'veto') return true;
  if (filter === 'unmet') return states.some(({ state }) => state === 'unmet');
  return states.some(({ state }) => state === 'missing' || state === 'unmet');
}

async function detail(
  read: Reads,
  scope: Scope,
  of: {
    readonly indicator: Indicator;
    readonly checklist: Checklist;
    readonly unitId: string | undefined;
    readonly query: string;
  },
) {
  const [units, assessments] = await Promise.all([
    read.indicatorUnits(scope, [of.indicator.id]),
    read.assessments({ scope, indicatorIds: [of.indicator.id], unitId: of.unitId }),
  ]);
  const written = (role: 'lead' | 'assist') => [
    ...new Set(units.filter((unit) => unit.role === role).map((unit) => unit.written)),
  ];
  return indicatorDoc({ ...of, leads: written('lead'), assists: written('assist'), assessments });
}
