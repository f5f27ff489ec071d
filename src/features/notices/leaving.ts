import { describeComing, describeDate } from '../../domain/calendar/describe.ts';
import { type Instant, wallClock } from '../../domain/calendar/local-date.ts';
import type { WorkGroup } from '../../domain/groups/group.ts';
import { toldAt } from '../../language/answer/telling.ts';
import type { Context, Situation } from '../../language/command.ts';
import { UserError } from '../../language/errors.ts';

/** When a notice that is sent now leaves to each group; what is said in a group stands there at once, and so does what is urgent. */
export async function leavesFor(
  context: Situation,
  groups: readonly WorkGroup[],
  urgent = false,
): Promise<ReadonlyMap<string, Instant>> {
  const { chat, read, now } = context;
  const settings = await read.settings();
  return new Map(
    groups.map(({ chatId }) => [chatId, urgent || chatId === chat.chatId ? now : toldAt(settings, chatId, context)]),
  );
}

/** What has to be confirmed before it leaves can be confirmed by nobody. */
export function refuseOverBefore(
  { now, zone, today, actor }: Situation,
  confirmBy: Instant,
  leaves: ReadonlyMap<string, Instant>,
): void {
  const last = Math.max(now, ...leaves.values());
  if (last === now || confirmBy > last) return;
  const { date, time } = wallClock(last, zone);
  const urgent = actor.isAdministrator ? '；等不及的请发送：紧急 通知 群或单位：内容' : '';
  throw new UserError(
    `没有发送。现在是免打扰时段，${describeComing({ date, time }, today)} 才发到，截止请写 ${describeDate(date, today)} ${time} 以后的时间${urgent}。`,
  );
}

/** The groups to which a notice has not left yet, and when it does. */
export async function unsentOf(
  { read, now }: Pick<Context, 'read' | 'now'>,
  subject: string,
): Promise<ReadonlyMap<string, Instant>> {
  const waiting = await read.waitingMessages({ subject });
  return new Map(
    waiting.flatMap(({ chatId, group, dueAt }) =>
      group !== undefined && dueAt > now ? [[chatId, dueAt] as const] : [],
    ),
  );
}
