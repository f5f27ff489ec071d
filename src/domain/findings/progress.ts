import type { FindingEvent, Progress } from './finding.ts';
import type { FindingState } from './states.ts';

/**
 * Where a problem stands after these steps, the first of which entered it. Whatever is stored beside the steps is what this gives, so that
 * the record replays to the present.
 */
export function progressOf(events: readonly FindingEvent[]): Progress {
  const [first, ...rest] = events;
  if (!first) throw new RangeError('a finding without events');
  const entered: Progress = {
    state: first.to,
    since: first.on,
    dayUnit: 'natural',
    extensions: 0,
    returns: 0,
    level: 0,
    drafted: 0,
    restricted: false,
    cause: '',
    files: 0,
    statements: 0,
  };
  return rest.reduce(after, after(entered, first));
}

/** A photo of what is wrong proves nothing of its being put right. */
const BEFORE_NOTICE: readonly FindingState[] = ['draft', 'registered', 'disputed'];

/** The next step. */
export function after(before: Progress, event: FindingEvent): Progress {
  return {
    ...before,
    ...(event.to !== before.state && { state: event.to, since: event.on }),
    ...(event.limit && { limit: event.limit }),
    ...(event.due && { due: event.due }),
    ...(event.dayUnit && { dayUnit: event.dayUnit }),
    ...(event.document && { document: event.document }),
    ...(event.restricted !== undefined && { restricted: event.restricted }),
    ...(event.cause && { cause: event.cause }),
    ...(event.files && !BEFORE_NOTICE.includes(before.state) && { files: before.files + event.files }),
    ...ofMove(before, event),
  };
}

function ofMove(before: Progress, event: FindingEvent): Partial<Progress> {
  switch (event.move) {
    case 'issue':
      return { letter: event.document ?? before.letter };
    case 'submit':
      return { submittedBy: event.by, statements: before.statements + 1 };
    case 'askExtension':
      return { asked: event.asked };
    case 'grantExtension':
      return { asked: undefined, extensions: before.extensions + 1 };
    case 'refuseExtension':
      return { asked: undefined };
    case 'recheck':
      return { checkedBy: event.by };
    case 'return':
      return { returns: before.returns + 1, checkedBy: undefined };
    case 'close':
      return { checkedBy: before.checkedBy ?? event.by, closedOn: event.on, level: 0, drafted: 0 };
    case 'reopen':
      return {
        closedOn: undefined,
        checkedBy: undefined,
        submittedBy: undefined,
        extensions: 0,
        returns: 0,
        files: 0,
        statements: 0,
      };
    case 'draft':
      return { drafted: event.level ?? before.drafted };
    case 'urge':
    case 'escalate':
      return escalated(before, event);
    // A draft that was made for a higher level is not made again.
    case 'lower':
      return { level: event.level ?? before.level };
    default:
      return {};
  }
}

const escalated = (before: Progress, { level = 0 }: FindingEvent): Partial<Progress> => ({
  level: level > before.level ? level : before.level,
  drafted: level > before.drafted ? level : before.drafted,
});
