import { plainDoc } from '../src/cards/plain.ts';
import { nextOccurrence } from '../src/domain/reminders/recurrence.ts';
import { DEFAULT_RULES } from '../src/domain/reminders/reminder.ts';
import { fireAt } from '../src/domain/reminders/spread.ts';
import { withdrawFrom } from '../src/language/answer/withdrawal.ts';
import { type Context, defineCommand, type Outcome } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { deed, may, mayRead } from '../src/language/forms/form.ts';
import { inForms } from '../src/language/forms/forms.ts';
import { unknownUnitName } from '../src/language/who/beside-names.ts';
import { resolveUnit, unknownUnit } from '../src/language/who/resolve.ts';
import { requireRight } from '../src/language/who/rights.ts';
import type { UnitMention } from '../src/language/words/slots.ts';

export default defineCommand({
  name: '绑定',
  aliases: ['bind', 'bd', '绑定本群', '绑定单位', '绑定群'],
  says: [/^(把)?(本群|这个群|群)(绑定|绑到|归|属于)/],
  // 哪些群没绑定 asks for the groups.
  also: { atEnd: { unless: /哪|没|未/ }, mine: true },
  redirects: [
    {
      about: '解除绑定',
      words: ['解绑', '解除绑定', '取消绑定', 'unbind'],
      answer: '换一个单位请在群里发送：绑定 单位名称；不再使用，把督导助手移出群即可。',
    },
  ],
  summary: '把本群绑定到一个单位，本群只看该单位及下属单位',
  usage: '绑定 单位名称',
  allow: 'group.bind',
  where: ['group'],
  ...inForms(
    deed({
      verbs: [],
      examples: ['绑定 望海区', '绑定 临江区第一中学'],
      parts: {
        strange: mayRead(unknownUnitName('把 本群 这个群 群 绑定 绑到 归 属于 单位 到 给 为 于 是 的')),
        unit: may('unit'),
      },
      run: bind,
    }),
  ),
});

async function bind(
  context: Context<{ readonly strange: string | undefined; readonly unit: UnitMention | undefined }>,
): Promise<Outcome> {
  const { args, chat, now, zone, calendar, ids, read } = context;
  const unit = await resolveUnit(args.unit ? [args.unit] : [], { read, scope: { unitIds: [] } });
  if (!unit)
    throw new UserError(args.strange ? await unknownUnit(args.strange, read) : '请写上单位名称，例如：绑定 望海区');
  const { group } = chat;
  if (!group) throw new UserError('还没有收到本群的信息，请稍后再发一次。');
  if (group.unit?.id === unit.id)
    return { reply: plainDoc('已经绑定', `本群已经绑定“${unit.name}”。`, { tone: 'muted' }) };

  await requireRight(context, 'group.bind', { unitIds: [unit.id] });
  if (group.unit) await requireRight(context, 'group.bind', { unitIds: [group.unit.id] });

  // Whoever is bound further up goes on seeing what the unit below may see.
  const leaves = group.unit !== undefined && !(await read.isWithin(group.unit.id, [unit.id]));
  const taken = leaves ? await withdrawFrom(context, chat.chatId) : undefined;
  const existing = await read.rules(chat.chatId);
  // A group that was bound before keeps the rules that its administrators made of them.
  const rules = (existing.length > 0 ? [] : DEFAULT_RULES).map(({ content, recurrence, time }) => {
    const nominalAt = nextOccurrence(recurrence, time, now, zone, calendar);
    return {
      id: ids.next('rule'),
      chatId: chat.chatId,
      content,
      recurrence,
      time,
      nominalAt,
      fireAt: fireAt(nominalAt, chat.chatId),
    };
  });
  return {
    reply: plainDoc(group.unit ? '已改绑' : '绑定成功', `本群已绑定“${unit.name}”。`, {
      tone: 'done',
      lines: [
        '每个工作日 8:30 左右推送当天日程和截止提醒；每周、每月第一个工作日推送本周、本月日程；专项有节点的，推送倒计时。没有内容时不发消息。',
        '随时可以发送：日程 本周、截止、清单。',
        ...(taken?.sentence ? [`原来绑定“${group.unit?.name}”，${taken.sentence}`] : []),
      ],
      ...(await hint(unit.id, read)),
    }),
    changes: [
      { kind: 'group.bound', chatId: chat.chatId, unitId: unit.id, seen: group.version },
      ...rules.map((rule) => ({ kind: 'rule.added', rule }) as const),
      ...(taken?.changes ?? []),
    ],
    audit: [
      { action: 'group.bound', subject: chat.chatId, before: group.unit?.id, after: unit.id },
      ...(taken?.audit ?? []),
    ],
  };
}

/** A bureau's group mostly means the whole county: the bureau itself has no schools below it in the table. */
async function hint(
  unitId: string,
  read: { unit(id: string): Promise<{ readonly name: string; readonly parentId?: string | undefined } | undefined> },
) {
  const unit = await read.unit(unitId);
  if (!unit?.parentId || !/教育局|教体局|教育体育局/.test(unit.name)) return {};
  const parent = await read.unit(unit.parentId);
  return parent ? { note: `现在只看“${unit.name}”自己的安排；要看全部单位，请发送：绑定 ${parent.name}` } : {};
}
