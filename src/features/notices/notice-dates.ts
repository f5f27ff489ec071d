import { plainDoc } from '../../cards/plain.ts';
import type { Block, Button, Doc } from '../../cards/views.ts';
import { describeDue } from '../../domain/calendar/describe.ts';
import type { Situation } from '../../language/command.ts';
import { deadlinesWithin, wrongDateWithin } from '../../language/words/dates-within.ts';

/** Words are counted from the day on which they were written, whenever they are pressed: 截止 明天. */
export const saidDays = ({ saidOn, today, calendar }: Pick<Situation, 'saidOn' | 'today' | 'calendar'>) => ({
  today: saidOn ?? today,
  calendar,
});

/** What is wrong with a date in the words, said before anybody else reads it; whoever means it so sends it all the same. */
export function wrongDateDoc(words: string, buttons: readonly Button[], context: Situation): Doc | undefined {
  const wrong = wrongDateWithin(words, saidDays(context));
  return wrong === undefined
    ? undefined
    : plainDoc('还没有发送', wrong, {
        tone: 'soon',
        lines: [words],
        buttons,
        note: '要改的，请改好再发一次；确实没有写错的，在“通知”后面加上“确认”。',
      });
}

/** A notice is confirmed and not tracked: until when something is to be done is in its words only. */
export function untrackedNote(words: string, context: Situation): readonly Block[] {
  const { today, calendar } = context;
  const found = deadlinesWithin(words, saidDays(context));
  if (found.length === 0) return [];
  const said = found.map(
    ({ written, day }) => `“${written}”（${describeDue(day, undefined, today, !calendar.isWorkday(day))}）`,
  );
  return [{ kind: 'note', text: `文中的${said.join('、')}不会到期提醒；要提醒、要办结的，请发送：任务 新增 …` }];
}
