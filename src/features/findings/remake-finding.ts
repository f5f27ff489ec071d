import type { Core } from '../../app/core.ts';
import { wallClock } from '../../domain/calendar/local-date.ts';
import type { WorkCalendar } from '../../domain/calendar/work-calendar.ts';
import { lateBy } from '../../domain/findings/finding.ts';
import type { FindingRules } from '../../domain/findings/rules.ts';
import { STATES } from '../../domain/findings/states.ts';
import { officeLateBy } from '../../domain/findings/watch.ts';
import type { MadeAgain, Waiting } from '../../language/answer/made-again.ts';
import { placeOf, reasons } from '../../language/answer/telling.ts';
import type { FindingRow } from '../../ports/findings.ts';
import type { AlertRemake } from '../../ports/remake.ts';
import type { Reads } from '../../ports/store.ts';
import { hearersOfUrging } from '../recipients/concerned.ts';
import { officeOfFinding } from '../recipients/office.ts';
import { draftDoc, unheardDoc, urgeDoc, waitingDoc } from './finding-card.ts';
import { rulesOf } from './finding-desk.ts';

type Remaking = Pick<Core, 'zone' | 'adminOpenIds'> & { readonly store: Reads; readonly calendar: WorkCalendar };
type FindingRemake = Extract<AlertRemake, { readonly of: 'finding' }>;

const OVER = { nothing: '问题已办理，不再提醒' } as const;

/** What the heartbeat had to say of a problem, if it is still so and still this reader's to hear. */
export async function remakeFinding(
  core: Remaking,
  { says, number, level }: FindingRemake,
  waiting: Waiting,
): Promise<MadeAgain> {
  const { store, zone, adminOpenIds } = core;
  const finding = await store.finding(number);
  if (!finding) return { nothing: '问题已不在' };
  const today = wallClock(waiting.now, zone).date;
  const settings = await store.settings();
  const rules = rulesOf({ today, zone, calendar: core.calendar.ofUnit(finding.unit.id), settings }, finding);
  const hearers = await hearersOfUrging({ read: store }, finding);
  const readers = says === 'urged' ? hearers.to.map(placeOf) : await officeOfFinding(store, finding, adminOpenIds);
  if (!readers.includes(waiting.place)) return { nothing: '不再由其办理或查看' };
  switch (says) {
    case 'urged':
      return isBehind(finding, rules) ? { doc: urgeDoc(finding, rules) } : OVER;
    case 'unreached':
      return isBehind(finding, rules) && hearers.to.length === 0
        ? { doc: unheardDoc(finding, reasons(hearers.unreached), rules) }
        : OVER;
    case 'drafted': {
      const rung = rules.ladder[level - 1];
      const isOpen = STATES[finding.state].dueRuns && finding.level < level && finding.drafted >= level;
      return rung && isOpen ? { doc: draftDoc(finding, rung, rules) } : OVER;
    }
    case 'waiting': {
      const late = officeLateBy(finding, today, rules) ?? 0;
      return late > 0 ? { doc: waitingDoc(finding, late, rules) } : OVER;
    }
  }
}

/** Late, or still not signed for. */
const isBehind = (finding: FindingRow, { today, calendar }: FindingRules): boolean =>
  STATES[finding.state].dueRuns && ((lateBy(finding, today, calendar) ?? 0) > 0 || finding.state === 'issued');
