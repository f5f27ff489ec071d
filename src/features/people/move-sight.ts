import { run } from '../../cards/kit.ts';
import { plainDoc } from '../../cards/plain.ts';
import type { Person } from '../../domain/people/person.ts';
import type { Context, Notice } from '../../language/command.ts';
import { called } from '../../language/who/resolve-person.ts';
import type { Change } from '../../ports/changes.ts';
import type { Duties } from '../../ports/people.ts';
import { outsideOffice } from '../recipients/office.ts';

type SightContext = Pick<Context, 'actor' | 'read' | 'administrators'>;

interface MovedSight {
  /** Problems that the successor sees at once: somebody who sees them, or their office, has said so. */
  readonly sightIds: readonly string[];
  readonly changes: readonly Change[];
  readonly notices: readonly Notice[];
}

interface Going {
  readonly leaver: Person;
  readonly successor?: Person | undefined;
  /** What happened, to those who see the problem: 已登记离任. */
  readonly what: string;
}

/**
 * What becomes of the sight of restricted problems when an account loses it. It goes to nobody by an administrator's word alone: a remaining
 * viewer, or the office outside the unit, consents. Where no such office is left among the viewers it is put there, and told.
 */
export async function moveSight(
  context: SightContext,
  restricted: Duties['restricted'],
  going: Going,
): Promise<MovedSight> {
  const each = await Promise.all(restricted.map((secret) => sightOf(context, secret, going)));
  const { openId } = going.leaver;
  const ended: Change[] =
    openId === undefined || openId === going.successor?.openId ? [] : [{ kind: 'sight.ended', openId }];
  return {
    sightIds: each.flatMap(({ sightIds }) => sightIds),
    changes: [...each.flatMap(({ changes }) => changes), ...ended],
    notices: each.flatMap(({ notices }) => notices),
  };
}

async function sightOf(
  context: SightContext,
  { id, number, viewers }: Duties['restricted'][number],
  going: Going,
): Promise<MovedSight> {
  const { actor, read, administrators } = context;
  const { leaver, successor } = going;
  const remaining = viewers.filter((openId) => openId !== leaver.openId);
  const unit = (await read.finding(number))?.unit;
  // Whoever hands it over is not asked as the office: they may be of the supervised side themselves.
  const added = unit
    ? await outsideOffice({ read, administrators, actor: { ...actor, openId: '' } }, unit, {
        named: remaining,
        isNew: true,
      })
    : [];
  const kept = added.filter((openId) => openId !== leaver.openId);
  const isOwn = actor.openId === leaver.openId || actor.openId === successor?.openId;
  const consents = !isOwn && [...remaining, ...kept].includes(actor.openId);
  const moves = successor?.openId !== undefined && (consents || remaining.includes(successor.openId));
  const readers = [...new Set([...remaining, ...kept])].filter((openId) => openId !== actor.openId);
  return {
    sightIds: moves ? [id] : [],
    changes: kept.length > 0 ? [{ kind: 'sight.given', findingId: id, openIds: kept }] : [],
    notices: [
      ...readers.map((openId) => ({ to: { openId }, doc: toldDoc(number, going, moves), discreet: true })),
      ...(moves && successor?.openId && successor.openId !== actor.openId && !readers.includes(successor.openId)
        ? [{ to: { openId: successor.openId }, doc: toldDoc(number, going, moves), discreet: true }]
        : []),
    ],
  };
}

function toldDoc(number: number, { leaver, successor, what }: Going, moves: boolean) {
  const about = `限知问题 W${number}：${called(leaver)}${what}`;
  if (!successor)
    return plainDoc('能看的人有变动', `${about}，不再看得到。查看请发送：整改 W${number}`, {
      tone: 'soon',
      lines: [`要增加能看的人请发送：整改 W${number} 限知 可见 姓名`],
    });
  if (moves)
    return plainDoc('限知问题有人接替', `${about}，由${called(successor)}接替。查看请发送：整改 W${number}`, {
      tone: 'soon',
    });
  const unseen = successor.openId
    ? `${successor.name}还看不到，要您或上级督导室同意。`
    : `${successor.name}还没有关联飞书账号，暂时看不到，请督促。`;
  const line = `整改 W${number} 限知 可见 ${successor.name}`;
  return plainDoc('限知问题等您同意', `${about}，由${called(successor)}接替。${unseen}`, {
    tone: 'soon',
    ...(successor.openId && {
      buttons: [{ label: '同意', style: 'primary', press: run(line) } as const],
    }),
    note: `同意请发送：${line}。先看问题：整改 W${number}`,
  });
}
