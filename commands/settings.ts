import { plainDoc } from '../src/cards/plain.ts';
import { SETTING_KEYS, SETTINGS, type SettingKey, settingOf } from '../src/domain/settings.ts';
import { mustFind } from '../src/features/programs/find-program.ts';
import { ruleEffects } from '../src/features/reminders/quiet-effect.ts';
import { readPlace, readSetting, type SaidPlace, type SaidSetting } from '../src/features/settings/setting-phrase.ts';
import {
  type SettingView,
  settingChangedDoc,
  settingDoc,
  settingsDoc,
} from '../src/features/settings/settings-card.ts';
import { type Context, defineCommand, type Outcome } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { deed, mayRead, question } from '../src/language/forms/form.ts';
import { inForms } from '../src/language/forms/forms.ts';
import { refuseUnread } from '../src/language/forms/unread.ts';
import type { Program } from '../src/ports/programs.ts';
import type { SettingRow } from '../src/ports/settings.ts';

export default defineCommand({
  name: '设置',
  aliases: ['settings', 'setting', 'sz', '系统设置', '参数', '参数设置'],
  says: [/^(?:本群|全区|全市)?(?:免打扰|静默)/, /^(?:撤回|撤销)(?:上一?次|刚才|刚刚|最近一?次?)?的?(?:设置|改动)$/],
  // 设置陈甲为管理员 gives a role.
  another: /管理员|督导员|督学|联络员|领导/,
  summary: '看和改全部设置：免打扰、截止提醒天数、推送自检……',
  usage: '设置 [专项 名称] [设置名 [新值|恢复默认]] | 设置 撤回',
  allow: 'administrator',
  where: ['group', 'p2p'],
  ...inForms(
    question({
      verbs: [/(?:列表|清单|全部|所有|有哪些)$/],
      when: /^$/,
      examples: ['设置'],
      parts: {},
      run: (context) => shown(context, undefined),
    }),
    deed({
      verbs: [/(?:撤回|撤销|改回去)(?:上一?次|刚才|刚刚|最近|一次|的|设置|改动|修改)*/],
      examples: ['设置 撤回'],
      parts: {},
      run: takeBack,
    }),
    deed({
      verbs: [],
      examples: [
        '设置 免打扰 22:00-07:00',
        '设置 截止提醒天数 10、5、1、0',
        '设置 全部群 推送自检 恢复默认',
        '设置 专项 望海区 2026年优质均衡创建 升级天数 1、5、10、20',
      ],
      parts: { place: mayRead(readPlace), setting: mayRead(readSetting) },
      run: set,
    }),
  ),
});

async function shown(context: Context, said: SaidPlace | undefined): Promise<Outcome> {
  const [written, place] = [await context.read.settings(), await placeOf(context, said)];
  const keys = SETTING_KEYS.filter((key) => place.kind !== 'program' || SETTINGS[key].scope === 'program');
  const views = keys.map((key) => viewOf(written, key, place.id));
  return { reply: settingsDoc(views, place) };
}

async function set(
  context: Context<{ readonly place: SaidPlace | undefined; readonly setting: SaidSetting | undefined }>,
): Promise<Outcome> {
  const { args, read, ids } = context;
  if (!args.setting) return shown(context, args.place);
  const { key, to } = args.setting;
  const [written, place] = [await read.settings(), await placeOf(context, args.place)];
  if (place.kind === 'program' && SETTINGS[key].scope !== 'program') {
    const own = SETTING_KEYS.filter((each) => SETTINGS[each].scope === 'program').map((each) => SETTINGS[each].name);
    throw new UserError(`“${SETTINGS[key].name}”不能按专项设。可以按专项设的有：${own.join('、')}。`);
  }
  // A setting of the district has one value, wherever it is set.
  const owner = SETTINGS[key].scope === place.kind ? place : DISTRICT;
  if (to) return change(context, written, { key, place: owner }, to.value);
  return { reply: settingDoc(viewOf(written, key, owner.id), { ...owner, once: ids.next('form') }) };
}

/** Where a line sets something: in all groups, in this one, or for a program that it names. */
interface Place {
  readonly kind: 'district' | 'group' | 'program';
  /** Of a group or program; none: the district. */
  readonly id: string | undefined;
  readonly words: string;
  readonly prefix: string;
}
const DISTRICT: Place = { kind: 'district', id: undefined, words: '全部群', prefix: '' };
const groupPlace = (id: string): Place => ({ kind: 'group', id, words: '本群', prefix: '' });
const programPlace = ({ id, name, unit }: Program): Place => ({
  kind: 'program',
  id,
  words: `专项“${name}”`,
  prefix: `专项 ${unit.name} ${name}`,
});

async function placeOf(context: Context, said: SaidPlace | undefined): Promise<Place> {
  const { chat } = context;
  if (said && 'program' in said) {
    const { program, rest } = await mustFind(context, said.program);
    refuseUnread([rest], `设置 专项 ${said.program.slice(0, said.program.length - rest.length).trim()}`);
    return programPlace(program);
  }
  return chat.type === 'group' && !(said && 'all' in said) ? groupPlace(chat.chatId) : DISTRICT;
}

interface Spot {
  readonly key: SettingKey;
  readonly place: Place;
}

const rowOf = (written: readonly SettingRow[], key: string, placeId: string | undefined) =>
  written.find((row) => row.key === key && row.chatId === placeId);

async function change(
  context: Context,
  written: readonly SettingRow[],
  spot: Spot,
  value: string | undefined,
): Promise<Outcome> {
  const { key, place } = spot;
  const row = rowOf(written, key, place.id);
  const before = viewOf(written, key, place.id);
  // For all groups the default is the default, written down or not; a group may keep what the others will leave.
  const same = place.id === undefined && value !== undefined && value === before.now;
  if (row?.value === value || same) {
    const sentence = `${place.words}的“${SETTINGS[key].name}”本来就是“${before.now}”。`;
    return { reply: plainDoc('没有变化', sentence, { tone: 'muted' }) };
  }
  return put(context, written, { ...spot, value, before: { value: row?.value } }, 'setting.changed');
}

/** The last change, whoever made it; taken back once. */
async function takeBack(context: Context): Promise<Outcome> {
  const written = await context.read.settings();
  const last = written.find((row) => SETTING_KEYS.some((key) => key === row.key));
  const key = SETTING_KEYS.find((each) => each === last?.key);
  if (!last || !key) throw new UserError('还没有改过设置，没有可以撤回的改动。');
  if (!last.before) throw new UserError('最近一次改动已经撤回过了。要再改，请发送：设置 名称 新值');
  const place = await placeAgain(context, key, last.chatId);
  return put(context, written, { key, place, value: last.before.value, before: undefined }, 'setting.undone');
}

async function placeAgain({ chat, read }: Context, key: SettingKey, id: string | undefined): Promise<Place> {
  if (id === undefined) return DISTRICT;
  if (SETTINGS[key].scope === 'program') {
    const program = (await read.allPrograms()).find((each) => each.id === id);
    return program ? programPlace(program) : { kind: 'program', id, words: '专项', prefix: '' };
  }
  if (id === chat.chatId) return groupPlace(id);
  return { ...groupPlace(id), words: `群“${(await read.group(id))?.name ?? ''}”` };
}

async function put(
  context: Context,
  written: readonly SettingRow[],
  { key, place, value, before: earlier }: Spot & Pick<SettingRow, 'value' | 'before'>,
  action: 'setting.changed' | 'setting.undone',
): Promise<Outcome> {
  const { actor, now } = context;
  const row = rowOf(written, key, place.id);
  const others = written.filter((each) => each !== row);
  const here = { key, chatId: place.id, changedBy: actor.openId, changedAt: now, version: 0 };
  const before = viewOf(written, key, place.id);
  const set = [...others, { ...here, value }];
  const after = viewOf(set, key, place.id);
  const effects = [
    ...(SETTINGS[key].scope === 'group' ? await ruleEffects(context, written, set) : []),
    ...(key === 'progressDay' && settingOf(set, key) !== undefined ? await missingForRound(context) : []),
  ];
  const undone = action === 'setting.undone';
  const programId = place.kind === 'program' ? place.id : undefined;
  return {
    reply: settingChangedDoc(after, { before: before.now, where: place.words, undone, effects }),
    changes: [
      {
        ...({ kind: 'setting.changed', key, chatId: place.id, value, before: earlier } as const),
        by: actor.openId,
        at: now,
        seen: row?.version ?? 0,
      },
      // Problems that wait for a later day may be due by the new rules.
      ...(SETTINGS[key].scope === 'program' ? [{ kind: 'findings.watched', at: now, programId } as const] : []),
    ],
    audit: [{ action, subject: `${after.name}（${place.words}）`, before: before.now, after: after.now }],
  };
}

/** What a monthly round of progress still lacks: without these the day does nothing. */
async function missingForRound({ read }: Context): Promise<readonly string[]> {
  const [isCollecting, pause, offices, tasks] = await Promise.all([
    read.isCollecting(),
    read.pause(),
    read.roleHolders(['administrator', 'supervisor']),
    read.roots().then((unitIds) => read.tasks({ scope: { unitIds } })),
  ]);
  const isOffice = offices.length > 0;
  const missing = [
    ...(isCollecting
      ? []
      : [
          '还没有群在催报：请在工作群发送“提醒 新增 每月20日 9:00 进展催报”，汇总发送“提醒 新增 每月26日 9:00 进展汇总”',
        ]),
    ...(tasks.length === 0 ? ['还没有未办结的任务：下达或导入任务后才有可报的'] : []),
    ...(isOffice ? [] : ['还没有管理员、督导员收清单：角色 授予 督导员 @某人']),
    ...(pause ? ['现在全部暂停：恢复请发送“全部恢复”'] : []),
  ];
  return missing.length > 0 ? [`要起作用，还缺：${missing.join('；')}。`] : [];
}

function viewOf<Key extends SettingKey>(
  written: readonly SettingRow[],
  key: Key,
  placeId: string | undefined,
): SettingView {
  const { read: _read, write, usual, aliases: _aliases, ...card } = SETTINGS[key];
  const isSet = (id: string | undefined) => rowOf(written, key, id)?.value !== undefined;
  const own = placeId !== undefined && isSet(placeId) && card.scope !== 'district';
  const from = own ? card.scope : isSet(undefined) ? 'district' : 'usual';
  return { ...card, now: write(settingOf(written, key, placeId)), usual: write(usual), from };
}
