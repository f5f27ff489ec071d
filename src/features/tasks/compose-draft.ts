import type { Doc } from '../../cards/views.ts';
import type { LocalDate } from '../../domain/calendar/local-date.ts';
import type { TaskState } from '../../domain/tasks/task-board.ts';
import type { Ids } from '../../ports/ids.ts';
import { bulletinText } from './pursue-task.ts';
import { bulletinDraftDoc, draftsDoc, limitDraftDoc } from './pursuit-card.ts';

/** The next step of each task, for the word of one person: one alone as it is, several on one card. */
export function composeDraft(states: readonly TaskState[], today: LocalDate, ids: Ids): Doc {
  const drafts = states.map((state) =>
    state.task.pursuit.level === 1
      ? limitDraftDoc(state, today, ids.next('form'))
      : bulletinDraftDoc(state, bulletinText(state, today), ids.next('form')),
  );
  const [first, second] = drafts;
  return first && !second ? first : draftsDoc(drafts);
}
