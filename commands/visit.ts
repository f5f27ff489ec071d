import { plainDoc } from '../src/cards/plain.ts';
import { may, mayAnywhere, whyNot } from '../src/domain/people/rights.ts';
import { type Inspection, visitNumber, visitSubject } from '../src/domain/visits/inspection.ts';
import { whoHearsOfVisit } from '../src/features/recipients/concerned-by-visit.ts';
import { clashText } from '../src/features/visits/clashes-card.ts';
import { clashesOf } from '../src/features/visits/find-clashes.ts';
import { inspectors } from '../src/features/visits/inspectors.ts';
import { spokenOrder } from '../src/features/visits/spoken-order.ts';
import {
  askVisitDoc,
  changeWords,
  SAVED,
  savedDoc,
  type VisitEvent,
  visitDoc,
  visitLine,
  visitNoticeDoc,
  whenText,
} from '../src/features/visits/visit-card.ts';
import { draftVisit, redraftVisit, rowOf } from '../src/features/visits/visit-draft.ts';
import { concerns, seenEarly, unknownNumber, visitByNumber, visitMeant } from '../src/features/visits/visit-find.ts';
import { visitFormDoc } from '../src/features/visits/visit-form-card.ts';
import {
  CANCELLED_VISIT,
  CHANGED_VISIT,
  NEW_VISIT,
  POSTPONED_VISIT,
  RESTORED_VISIT,
  readLeft,
  readNumber,
  refuseWhisper,
  type SaidVisit,
  saidVisit,
} from '../src/features/visits/visit-phrase.ts';
import { auditOf, isUrgent, refuseJustChanged } from '../src/features/visits/visit-saved.ts';
import {
  changesVisit,
  hasVisitVerb,
  type VisitVerb,
  visitSentence,
  visitVerb,
} from '../src/features/visits/visit-words.ts';
import { type Context, defineCommand, type Outcome } from '../src/language/command.ts';
import { NothingHere, UserError } from '../src/language/errors.ts';
import { deed, type Form, mayRead, mustRead, question } from '../src/language/forms/form.ts';
import { inForms } from '../src/language/forms/forms.ts';
import { refuseUnread } from '../src/language/forms/unread.ts';
import { itemOf, requireRight } from '../src/language/who/rights.ts';
import type { VisitChange } from '../src/ports/visits.ts';

const HOW = '写法：日程 新增 4月9日 上午 望海区第一中学 专项督导 组长 张三；日程 变更 D12 4月10日；日程 取消 D12';

const ORDERS: Readonly<Record<VisitVerb, Form>> = {
  add: deed({
    verbs: [visitVerb('add')],
    examples: [
      '日程 新增 5月9日 上午 望海区第一中学 专项督导 组长 韩丙 成员 李庚 内容 食堂 联络员 朱戊 13900000013 备注 带执法记录仪',
      '日程 新增 5月9日 14:30 望海区第一中学 复查 组长 韩丙 成员 李庚 作业管理',
    ],
    parts: NEW_VISIT,
    run: (context) => add(context, saidVisit(context.args)),
  }),
  change: deed({
    verbs: [visitVerb('change')],
    examples: [
      '日程 变更 D12 5月11日 下午 组长 李庚',
      '日程 变更 D12 5月11日 下午 望海区实验小学 专项督导 组长 韩丙 成员 李庚 联络员 朱戊 13900000013 内容 食堂 备注 带执法记录仪 原因 校长外出',
      '日程 变更 望海区第一中学 5月9日 改到 5月11日',
    ],
    parts: CHANGED_VISIT,
    run: (context) => change(context, saidVisit(context.args)),
  }),
  postpone: deed({
    verbs: [visitVerb('postpone')],
    examples: ['日程 延期 D12 5月12日 原因 台风', '日程 延期 D12 5月12日 校长外出'],
    parts: POSTPONED_VISIT,
    async run(context) {
      const { reason, why } = context.args;
      if (reason !== undefined && why !== undefined) refuseUnread([why], '日程 延期 D12 5月12日 原因 台风');
      return change(context, saidVisit(context.args));
    },
  }),
  cancel: deed({
    verbs: [visitVerb('cancel')],
    examples: ['日程 取消 D12 原因 台风', '日程 取消 5月9日 上午 望海区第一中学 综合督导 原因 台风'],
    parts: CANCELLED_VISIT,
    async run(context) {
      const { reason, why, numbers = [] } = context.args;
      if (reason !== undefined && why !== undefined) refuseUnread([why], '日程 取消 D12 原因 台风');
      const said = saidVisit({ ...context.args, number: numbers[0] });
      return numbers.length > 1 ? cancelAll(context, said, numbers) : cancel(context, said);
    },
  }),
  restore: deed({
    verbs: [visitVerb('restore')],
    examples: ['日程 恢复 D12', '日程 恢复 5月9日 上午 望海区第一中学 综合督导'],
    parts: RESTORED_VISIT,
    run: (context) => restore(context, saidVisit(context.args)),
  }),
};

/** 把4月9日一中的督导改到4月10日, 安排陈甲明天去一中: the verb stands anywhere. */
const spoken = deed({
  verbs: [],
  when: { test: hasVisitVerb },
  examples: ['日程 把5月9日望海区第一中学的督导改到5月11日'],
  parts: { order: mustRead(spokenOrder(ORDERS), { asks: '没有看懂。' }) },
  run: ({ args: { order }, ...context }) => order.form.run(order.args, context),
});

const shown = question({
  verbs: [],
  examples: ['日程 D12'],
  parts: { plain: mayRead(refuseWhisper), number: mayRead(readNumber), left: mayRead(readLeft) },
  run: (context) => show(context, context.args.number),
});

export default defineCommand({
  name: '日程管理',
  aliases: ['visit', 'visits', 'rcgl'],
  saysFirst: [{ test: visitSentence }],
  takes: { from: '日程', when: { test: changesVisit } },
  summary: '新增、变更、延期、取消一次督导；有关的群和督导组成员会收到通知',
  usage: '日程 新增|变更|延期|取消|恢复 [编号] [日期 时段 单位 类型 组长 成员 内容 原因]',
  allow: 'anyone',
  where: ['group', 'p2p'],
  ...inForms(...Object.values(ORDERS), spoken, shown),
  examples: [
    '日程 新增 4月9日 上午 望海区第一中学 专项督导 组长 韩丙',
    '日程 延期 D12 4月12日 原因 台风',
    '日程 取消 D12',
  ],
});

async function show(context: Context, number: number | undefined): Promise<Outcome> {
  const { actor, chat, read, today } = context;
  if (number === undefined) throw new UserError(`没有看懂。${HOW}`);
  const seen = await visitByNumber(context, number);
  if (!seen) throw new NothingHere(unknownNumber(context, number));
  const mayChange = !seen.withheld && may(actor, 'visit.change', await itemOf(read, concerns(seen.inspection)));
  // What is restricted is not counted, whoever asks.
  const problems = seen.withheld ? [] : await read.findings({ unitIds: 'everywhere', visitId: seen.inspection.id });
  const reader = chat.type === 'p2p' ? 'person' : 'group';
  return { reply: visitDoc(seen, { today, reader, mayChange, problems }), audit: seenEarly([seen], context.now) };
}

async function add(context: Context, said: SaidVisit): Promise<Outcome> {
  const { actor, ids, numbers } = context;
  if (!mayAnywhere(actor, 'visit.schedule')) throw new UserError(whyNot(actor, 'visit.schedule') ?? HOW);
  if (!said.when && !said.unit && !said.leader && said.more === undefined)
    return {
      reply: visitFormDoc({ line: '日程 新增', once: ids.next('form'), inspectors: await inspectors(context) }),
    };
  const { visit, checklistId, remarks } = await draftVisit(context, said);
  await requireRight(context, 'visit.schedule', concerns(visit));
  const number = await numbers.take('inspection');
  const after = { ...visit, number };
  const row = { ...rowOf(after), programId: said.programId, checklistId };
  return saved(
    context,
    'added',
    undefined,
    after,
    { kind: 'inspection.added', row, number, ...hand(context) },
    remarks,
  );
}

async function change(context: Context, said: SaidVisit): Promise<Outcome> {
  const { ids, today } = context;
  const [before, ...others] = await visitMeant(context, 'visit.change', said, false);
  if (others.length > 0) return { reply: which([before, ...others], context) };
  refuseOver(context, before);
  // 刚才那个 has named the visit.
  const wish = said.number === undefined && !said.unit ? { ...said, number: before.number } : said;
  const { visit: after, remarks, isEmpty } = await redraftVisit(context, wish, before);
  const number = visitNumber(before.number);
  if (isEmpty)
    return {
      reply: visitFormDoc({
        line: `日程 变更 ${number}`,
        once: ids.next('form'),
        visit: before,
        today,
        inspectors: await inspectors(context),
      }),
    };
  await requireRight(context, 'visit.change', concerns(after));
  if (JSON.stringify(rowOf(after)) === JSON.stringify(rowOf(before)))
    return {
      reply: plainDoc(
        '没有变化',
        `${number} 现在就是这样，没有改动。${after.reason && `“${after.reason}”没有发出。`}`,
        {
          tone: 'muted',
        },
      ),
    };
  await refuseJustChanged(context, before, said.confirmed, again(context, before));
  const event = after.from > before.from ? 'postponed' : 'changed';
  const { reason, version } = { ...after, version: before.version };
  const row = rowOf(after);
  const changed = { kind: 'inspection.changed', row, reason, seen: version, ...hand(context) } as const;
  return saved(context, event, before, after, changed, remarks);
}

async function cancel(context: Context, said: SaidVisit): Promise<Outcome> {
  const { today } = context;
  const [before, ...others] = await visitMeant(context, 'visit.cancel', said, false);
  if (others.length > 0) return { reply: which([before, ...others], context) };
  refuseOver(context, before);
  const { id, version: seen } = before;
  const number = visitNumber(before.number);
  const reason = said.reason ?? '';
  // A number means one visit; by unit and day it is first shown which one that is.
  if (said.number === undefined) {
    const line = ['日程 取消', number, reason && `原因 ${reason}`, '确认'].filter(Boolean).join(' ');
    return {
      reply: askVisitDoc({
        title: '确认取消',
        sentence: '要取消这次督导吗？取消后有关的群和督导组成员会收到通知。',
        visits: [before],
        today,
        button: { label: '确认取消', line },
        note: `也可以发送：${line}`,
      }),
    };
  }
  await refuseJustChanged(context, before, said.confirmed, again(context, before));
  const after: Inspection = { ...before, state: 'cancelled', reason };
  return saved(context, 'cancelled', before, after, {
    kind: 'inspection.cancelled',
    id,
    reason,
    seen,
    ...hand(context),
  });
}

/** All of them or none: one that cannot be cancelled is named, and nothing happens. */
async function cancelAll(context: Context, said: SaidVisit, named: readonly number[]): Promise<Outcome> {
  const { today } = context;
  const numbers = [...new Set(named)];
  const each = (confirmed: boolean) =>
    Promise.all(numbers.map((number) => cancel(context, { ...said, number, confirmed })));
  if (!said.confirmed) {
    const meant = await Promise.all(
      numbers.map((number) => visitMeant(context, 'visit.cancel', { ...said, number }, false)),
    );
    const visits = meant.map(([visit]) => visit);
    for (const visit of visits) refuseOver(context, visit);
    const names = numbers.map(visitNumber).join('、');
    const line = ['日程 取消', names, said.reason && `原因 ${said.reason}`, '确认'].filter(Boolean).join(' ');
    return {
      reply: askVisitDoc({
        title: '确认取消',
        sentence: `要取消这 ${visits.length} 次督导吗？取消后有关的群和督导组成员会收到通知。`,
        visits,
        today,
        button: { label: '确认取消', line },
        note: `也可以发送：${line}`,
      }),
    };
  }
  const outcomes = await each(true);
  const [first] = outcomes;
  if (!first) throw new UserError(HOW);
  return {
    reply: {
      ...first.reply,
      title: `已取消 ${outcomes.length} 次督导`,
      summary: `已取消 ${outcomes.length} 次督导：${numbers.map(visitNumber).join('、')}`,
      blocks: outcomes.flatMap(({ reply }) => reply.blocks),
    },
    changes: outcomes.flatMap(({ changes = [] }) => changes),
    audit: outcomes.flatMap(({ audit = [] }) => audit),
    refresh: outcomes.flatMap(({ refresh = [] }) => refresh),
    notices: outcomes.flatMap(({ notices = [] }) => notices),
    owed: {
      whom: TEAM_AND_GROUPS,
      standing: `${numbers.map(visitNumber).join('、')} ${SAVED.cancelled}`,
      present: [...new Set(outcomes.flatMap(({ owed }) => owed?.present ?? []))],
      unreached: [
        ...new Map(outcomes.flatMap(({ owed }) => owed?.unreached ?? []).map((one) => [one.name, one])).values(),
      ],
    },
  };
}

async function restore(context: Context, said: SaidVisit): Promise<Outcome> {
  const [before, ...others] = await visitMeant(context, 'visit.change', said, true);
  if (others.length > 0) return { reply: which([before, ...others], context) };
  const { id, version: seen } = before;
  const number = visitNumber(before.number);
  if (before.state === 'planned') throw new UserError(`${number} 没有取消，不用恢复。`);
  if (before.beginsAt < context.now) throw new UserError(`${number} 的时间已经过去，请新增一次。`);
  await refuseJustChanged(context, before, said.confirmed, again(context, before));
  const after: Inspection = { ...before, state: 'planned', reason: '' };
  return saved(context, 'restored', before, after, { kind: 'inspection.restored', id, seen, ...hand(context) });
}

const TEAM_AND_GROUPS = '别的群和督导组成员';

const hand = ({ actor, now }: Context) => ({ by: actor.openId, at: now });

const again = ({ line = '', today }: Context, visit: Inspection) => ({
  state: `${whenText(visit, today)}${visit.state === 'cancelled' ? '，已取消' : ''}`,
  again: `日程 ${line} 确认`,
});

const which = (visits: readonly Inspection[], { today }: Context) =>
  askVisitDoc({
    title: '是哪一次？',
    sentence: `有 ${visits.length} 次督导，请写明编号再发一次。`,
    visits,
    today,
    note: `例如：日程 变更 ${visitNumber(visits[0]?.number ?? 1)} 4月10日`,
  });

function refuseOver({ today }: Context, { number, to, state }: Inspection): void {
  const name = visitNumber(number);
  if (state === 'cancelled') throw new UserError(`${name} 已经取消。要恢复请发送：日程 恢复 ${name}`);
  if (to < today) throw new UserError(`${name} 已经结束，不能再改。`);
}

async function saved(
  context: Context,
  event: VisitEvent,
  before: Inspection | undefined,
  after: Inspection,
  change: VisitChange,
  remarks: readonly string[] = [],
): Promise<Outcome> {
  const { actor, chat, now, read, today } = context;
  const { recipients, ...hearers } = await whoHearsOfVisit(
    { read, now, except: { chatId: chat.chatId, openId: actor.openId } },
    before,
    after,
  );
  const words =
    before && change.kind === 'inspection.changed'
      ? changeWords(before, after, today)
      : { after: visitLine({ withheld: false, inspection: after }, today) };
  const [person] = actor.people;
  const by = person ? `${person.unit.name} ${person.name} 办理` : '管理员办理';
  const reader = chat.type === 'p2p' ? 'person' : 'group';
  const clashes = event === 'cancelled' ? [] : await clashesOf(context, after);
  const warnings = [...remarks, ...clashes.map((clash) => `${clashText(clash, today)}。`)];
  return {
    reply: savedDoc({ event, before, after, today, reader, remarks: warnings }),
    changes: [change],
    refresh: [visitSubject(after)],
    audit: [auditOf(event, before?.unannounced ? before : after, words)],
    owed: { whom: TEAM_AND_GROUPS, standing: `${visitNumber(after.number)} ${SAVED[event]}`, ...hearers },
    notices: recipients.map((told) => ({
      to: told.to,
      ...(told.after && { about: [visitSubject(after)] }),
      urgent: isUrgent(before, after, today),
      doc: visitNoticeDoc({ ...told, event, today, by, reader: 'openId' in told.to ? 'person' : 'group' }),
    })),
  };
}
