import { heading, note, when } from '../../cards/kit.ts';
import type { Block, Doc, Entry, Inline, Tone } from '../../cards/views.ts';
import type { Assessment, AssessmentState, Checklist, Indicator } from '../../domain/checklists/checklist.ts';

/** Every answer about an indicator ends so: the shipped texts are condensed. */
const OFFICIAL_TEXT = '以正式文件为准';

const STATE_WORD = { met: '达标', unmet: '未达标', reported: '已报', missing: '未报' } as const;
const STATE_TONE: Record<AssessmentState, Tone> = { met: 'done', unmet: 'late', reported: 'normal', missing: 'soon' };

const sourceOf = ({ source, edition }: Checklist): string =>
  `来源：${source}${edition && !source.includes(edition) ? `　版本：${edition}` : ''}　${OFFICIAL_TEXT}`;

/** 清单 alone: which sets there are. */
export function checklistsDoc(checklists: readonly Checklist[], inUse: ReadonlySet<string>): Doc {
  const ordered = [...checklists].sort((a, b) => Number(inUse.has(b.id)) - Number(inUse.has(a.id)));
  return {
    title: '评估细则',
    tone: 'normal',
    summary: `共有 ${checklists.length} 套评估细则`,
    blocks: [
      {
        kind: 'text',
        text: [
          `共有 ${checklists.length} 套。发送`,
          { strong: '清单 名称' },
          '查看各项，例如：清单 优质均衡、清单 2.11、清单 一票否决。',
        ],
      },
      {
        kind: 'entries',
        entries: ordered.map((checklist) => ({
          head: [
            { strong: checklist.names[0] ?? checklist.title },
            ...(inUse.has(checklist.id) ? [{ text: '（正在开展）', tone: 'done' } as const] : []),
          ],
          lines: [[checklist.title], [`${checklist.scope}　${checklist.source}`]],
        })),
      },
    ],
    footer: OFFICIAL_TEXT,
    query: '清单',
  };
}

export interface IndicatorView {
  readonly checklist: Checklist;
  readonly indicator: Indicator;
  readonly leads: readonly string[];
  readonly assists: readonly string[];
  readonly assessments: readonly Assessment[];
  readonly query: string;
}

/** One indicator with all that is known of it. */
export function indicatorDoc(view: IndicatorView): Doc {
  const { checklist, indicator, assessments } = view;
  const points = indicator.points ?? assessments.find((assessment) => assessment.points !== undefined)?.points;
  const worst = assessments.some(({ state }) => state === 'unmet');
  const field = (label: string, value: string | readonly Inline[]) =>
    value.length === 0 ? [] : [{ label, value: typeof value === 'string' ? [value] : value }];
  return {
    title: `${indicator.code} ${indicator.title}`,
    subtitle: [checklist.title, indicator.level1, indicator.level2].filter(Boolean).join(' · '),
    tone: worst || indicator.veto ? 'late' : 'normal',
    tags: [
      ...(indicator.veto ? [{ text: '一票否决', tone: 'late' } as const] : []),
      ...(indicator.unverified ? [{ text: '待核实', tone: 'soon' } as const] : []),
    ],
    summary: `${indicator.code} ${indicator.title}：${indicator.standard}`,
    blocks: [
      {
        kind: 'fields',
        fields: [
          ...field('标准', indicator.standard),
          ...field('分值', points === undefined ? '没有登记' : String(points)),
          ...field(
            '牵头单位',
            view.leads.length > 0
              ? view.leads.join('、')
              : indicator.unitHint
                ? `${indicator.unitHint}（参考）`
                : '没有登记',
          ),
          ...field('配合单位', view.assists.join('、')),
          ...field('佐证材料', indicator.evidence.join('；') || '没有登记'),
          ...field('计算方法', indicator.formula),
          ...field('说明', indicator.note),
        ],
      },
      ...stateBlocks(assessments),
      ...when(indicator.unverified, note('本条未查到原文，启用前请管理员核对。')),
    ],
    footer: sourceOf(checklist),
    query: view.query,
  };
}

function stateBlocks(assessments: readonly Assessment[]): readonly Block[] {
  if (assessments.length === 0) return [{ kind: 'text', text: ['自评：没有登记。'] }];
  return [
    heading('自评情况'),
    {
      kind: 'entries',
      entries: assessments.map((assessment) => ({
        head: [
          { strong: assessment.unit.name },
          '　',
          { text: STATE_WORD[assessment.state], tone: STATE_TONE[assessment.state] },
        ],
        lines: [
          [
            [
              ...assessment.results
                .filter(({ raw }) => raw !== '')
                .map(({ stage, raw, met }) => `${stage} ${raw}${met === false ? '（未达标）' : ''}`),
              assessment.score === undefined ? '得分未报' : `得分 ${assessment.score}`,
            ].join('　'),
          ],
        ],
      })),
    },
  ];
}

export interface IndicatorListView {
  readonly title: string;
  readonly about?: string | undefined;
  readonly checklists: readonly Checklist[];
  readonly indicators: readonly Indicator[];
  readonly assessments: readonly Assessment[];
  /** More were found than are listed. */
  readonly cut: boolean;
  readonly query: string;
}

/** A list with its progress, veto items first (the order in which it was read). */
export function indicatorListDoc(view: IndicatorListView): Doc {
  const { indicators, assessments, checklists } = view;
  const states = new Map<string, Assessment[]>();
  for (const assessment of assessments) {
    states.set(assessment.indicatorId, [...(states.get(assessment.indicatorId) ?? []), assessment]);
  }
  const veto = indicators.filter((indicator) => indicator.veto).length;
  const answer = `${view.title}共 ${indicators.length} 项${veto > 0 ? `，其中否决项 ${veto} 项` : ''}`;
  const progress = progressOf(assessments);
  return {
    title: `评估细则 · ${view.title}`,
    ...(view.about && { subtitle: view.about }),
    tone: indicators.length === 0 ? 'muted' : assessments.some(({ state }) => state === 'unmet') ? 'soon' : 'normal',
    summary: indicators.length === 0 ? `没有找到“${view.title}”` : `${answer}${progress && `。${progress}`}`,
    blocks: [
      {
        kind: 'text',
        text: [
          indicators.length === 0
            ? `没有找到“${view.title}”。请换一个关键词，或发送“清单”看有哪些细则。`
            : `${answer}。${progress}`,
        ],
      },
      ...levelTable(indicators, states),
      ...(indicators.length > 0
        ? [
            {
              kind: 'entries',
              entries: indicators.map((indicator) => entryOf(indicator, states.get(indicator.id) ?? [])),
            } as const,
          ]
        : []),
      ...when(view.cut, note('结果较多，只列出前面一部分，请写得更具体些。')),
    ],
    footer: checklists.length === 1 && checklists[0] ? sourceOf(checklists[0]) : OFFICIAL_TEXT,
    query: view.query,
  };
}

const count = (assessments: readonly Assessment[], state: AssessmentState): number =>
  assessments.filter((assessment) => assessment.state === state).length;

function progressOf(assessments: readonly Assessment[]): string {
  if (assessments.length === 0) return '';
  return `自评进展：达标 ${count(assessments, 'met')}，已报 ${count(assessments, 'reported')}，未达标 ${count(assessments, 'unmet')}，未报 ${count(assessments, 'missing')}。`;
}

/** Progress by first level, where there is more than one and something was assessed. */
function levelTable(
  indicators: readonly Indicator[],
  states: ReadonlyMap<string, readonly Assessment[]>,
): readonly Block[] {
  // Veto items come first in the list; in the table the levels stand as in the set.
  const inOrder = [...indicators.filter(({ veto }) => !veto), ...indicators.filter(({ veto }) => veto)];
  const levels = [...new Set(inOrder.map(({ level1 }) => level1))];
  if (levels.length < 2 || states.size === 0) return [];
  return [
    {
      kind: 'table',
      columns: [
        { key: 'level', title: '一级指标' },
        { key: 'total', title: '项数' },
        { key: 'done', title: '达标或已报' },
        { key: 'unmet', title: '未达标' },
        { key: 'missing', title: '未报' },
      ],
      rows: levels.map((level) => {
        const own = indicators.filter(({ level1 }) => level1 === level);
        const all = own.flatMap(({ id }) => states.get(id) ?? []);
        return {
          level,
          total: String(own.length),
          done: String(count(all, 'met') + count(all, 'reported')),
          unmet: String(count(all, 'unmet')),
          missing: String(count(all, 'missing')),
        };
      }),
    },
  ];
}

function entryOf(indicator: Indicator, assessments: readonly Assessment[]): Entry {
  const states: Inline[] = assessments.flatMap((assessment): Inline[] => [
    '　',
    {
      text: `${assessments.length > 1 ? `${assessment.unit.name} ` : ''}${STATE_WORD[assessment.state]}`,
      tone: STATE_TONE[assessment.state],
    },
  ]);
  return {
    head: [
      { strong: `${indicator.code} ${indicator.title}` },
      ...(indicator.veto ? [{ text: '（一票否决）', tone: 'late' } as const] : []),
      ...(indicator.unverified ? [{ text: '（待核实）', tone: 'soon' } as const] : []),
      ...states,
    ],
    lines: [[indicator.standard]],
  };
}
