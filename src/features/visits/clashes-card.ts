import { note, section, when } from '../../cards/kit.ts';
import type { Block } from '../../cards/views.ts';
import { describeDate } from '../../domain/calendar/describe.ts';
import { type LocalDate, monthOf } from '../../domain/calendar/local-date.ts';
import type { Clash } from '../../domain/visits/clashes.ts';
import { type Inspection, visitNumber } from '../../domain/visits/inspection.ts';

/** More than a screen of warnings is read by nobody. */
const SHOWN = 15;

/** A clash in one sentence. */
export function clashText(clash: Clash, today: LocalDate): string {
  switch (clash.kind) {
    case 'inspector':
      return `${clash.name} ${describeDate(clash.day, today)}${clash.half}同时有 ${clash.visits.length} 次督导：${clash.visits.map(placeOf).join('、')}`;
    case 'often':
      return `${clash.unit.name} ${monthOf(clash.month)}月有 ${clash.visits.length} 次督导，超过每校每月 ${clash.cap} 次（减负）：${clash.visits.map(({ number }) => visitNumber(number)).join('、')}`;
    case 'restDay':
      return `${placeOf(clash.visit)} 安排在${describeDate(clash.day, today)}，是${restText(clash.holiday)}`;
    case 'dueOnRestDay':
      return `“${clash.title}”（${clash.program}）${describeDate(clash.day, today)}到期，是${restText(clash.holiday)}`;
    case 'pushes':
      return `“${clash.group}”${describeDate(clash.day, today)}要发 ${clash.count} 条消息，超过每群每天 ${clash.cap} 条`;
  }
}

const placeOf = ({ number, unit }: Inspection): string => `${visitNumber(number)} ${unit.name}`;
const restText = (holiday: string | undefined): string => (holiday ? `${holiday}假期` : '休息日');

/** The warnings of a rehearsal. */
export function clashBlocks(clashes: readonly Clash[], today: LocalDate): readonly Block[] {
  if (clashes.length === 0) return [];
  const more = clashes.length - SHOWN;
  return [
    section(`请核对（${clashes.length}）`),
    { kind: 'entries', entries: clashes.slice(0, SHOWN).map((clash) => ({ head: [clashText(clash, today)] })) },
    ...when(more > 0, note(`另有 ${more} 项没有列出，缩短日期范围可以看全。`)),
  ];
}
