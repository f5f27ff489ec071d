import type { AssessmentState } from '../domain/checklists/checklist.ts';
import { fold } from './cell-text.ts';
import { type Cell, textOf } from './workbook.ts';

/** What an indicator demands at a stage. */
interface Threshold {
  readonly op: string;
  readonly value: number;
  readonly unit: string;
}

/** By the stage as the column's heading says it (小学, 初中); 全部 is meant where the stage has none of its own. */
export type Thresholds = Readonly<Record<string, Threshold>>;

export interface StageResult {
  /** 小学, 初中, as the column says; '' for a table with one column of results. */
  readonly stage: string;
  readonly raw: string | number | null;
  /** The number in the threshold's unit: 0.972 and 97.2% are 97.2. Null for 达标 and for a blank. */
  readonly value: number | null;
  /** Whether the number meets the threshold, or the cell says 未达标; null where there is nothing to compare, 达标 included. */
  readonly met: boolean | null;
}

const thresholdOf = (thresholds: Thresholds, stage: string): Threshold | undefined =>
  thresholds[stage] ?? thresholds['全部'];

/** Reads one cell of 自评结果. */
export function readStage(stage: string, cell: Cell | undefined, thresholds: Thresholds): StageResult {
  const text = textOf(cell);
  const threshold = thresholdOf(thresholds, stage);
  const value = numberOf(text, threshold);
  const met = value !== null && threshold ? compare(value, threshold) : null;
  return {
    stage,
    raw: text === '' ? null : (cell?.value ?? null),
    value,
    met: met ?? (UNMET.test(text) ? false : null),
  };
}

const UNMET = /^(不达标|未达标|不符合|未完成|否|×|✗)/;

/** 4.86, '10.35㎡', '2,156元', '100％', 0.972 of a percentage. */
function numberOf(raw: string, threshold: Threshold | undefined): number | null {
  const text = fold(raw).replace(/[\s,]/g, '');
  const match = /^(-?\d+(?:\.\d+)?)(%|[^\d%]*|m2)$/.exec(text);
  if (!match) return null;
  const number = Number(match[1]);
  const isFraction = threshold?.unit === '%' && match[2] === '' && number <= 1;
  return isFraction ? Number((number * 100).toFixed(6)) : number;
}

function compare(value: number, { op, value: bound }: Threshold): boolean | null {
  switch (op) {
    case '>=':
      return value >= bound;
    case '<=':
      return value <= bound;
    case '<':
      return value < bound;
    case '>':
      return value > bound;
    case '=':
      return value === bound;
    default:
      return null;
  }
}

/** unmet as soon as one stage is; met when every stage that is filled in is compared and meets its threshold. */
export function stateOf(results: readonly Pick<StageResult, 'raw' | 'met'>[], score: number | null): AssessmentState {
  if (results.some(({ met }) => met === false)) return 'unmet';
  const given = results.filter(({ raw }) => raw !== null);
  if (given.length === 0) return score === null ? 'missing' : 'reported';
  return given.every(({ met }) => met === true) ? 'met' : 'reported';
}

const SIGNS: Readonly<Record<string, string>> = { '>=': '≥', '<=': '≤', '>': '>', '<': '<', '=': '' };

/** ≥4.5平方米/生; 达标 where the indicator has no figure. */
export function requirementOf(stage: string, thresholds: Thresholds): string {
  const threshold = thresholdOf(thresholds, stage);
  return threshold ? `${SIGNS[threshold.op] ?? threshold.op}${threshold.value}${threshold.unit}` : '达标';
}
