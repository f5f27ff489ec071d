import { plainDoc } from '../src/cards/plain.ts';
import { type SettingView, settingChangedDoc, settingDoc, settingsDoc } from '../src/cards/settings.ts';
import { type Context, defineCommand, type Outcome } from '../src/chat/command.ts';
import { UserError } from '../src/chat/errors.ts';
import { wordings } from '../src/chat/phrases.ts';
import { slots } from '../src/chat/slots.ts';
import { inClockTimes } from '../src/chat/time-of-day.ts';
import { SETTING_KEYS, SETTINGS, type SettingKey, settingOf } from '../src/domain/settings.ts';
import type { SettingRow } from '../src/ports/settings.ts';

const args = slots.pick({ rest: true });
type Ask = Context<ReturnType<(typeof args)['parse']>>;

const DISTRICT = '';
const DEFAULT_AGAIN = /^(?:恢复|改回|还原|回到)?(?:为|成)?(?:默认|缺省)值?$/;

export default defineCommand({
  name: '设置',
  ...wordings.设置,
  summary: '看和改全部设置：免打扰、截止提醒天数、推送自检……',
  usage: '设置 [名称 [新值|恢复默认]] | 设置 撤回',
  examples: ['设置', '设置 免打扰 22:00-07:00', '设置 撤回', '设置 截止提醒天数 7、3、1、0'],
  allow: 'administrator',
  where: ['group', 'p2p'],
  args,
  async run(context) {
    const written = await context.read.settings();
    const all = /^(?:全区|全市|全部群|所有群)(?:的)?\s*/.exec(context.args.rest)?.[0] ?? '';
    const rest = context.args.rest.slice(all.length).replace(/^(?:本群|这个群)的?\s*/, '');
    // A setting of the district has one value, wherever it is set.
    const chatId = context.chat.type === 'group' && all === '' ? context.chat.chatId : DISTRICT;
    if (/^(?:列表|清单|全部|所有|有哪些)?$/.test(rest)) {
      const inGroup = chatId !== DISTRICT;
      return {
        reply: settingsDoc(
          SETTING_KEYS.map((key) => viewOf(written, key, chatId)),
          { inGroup },
        ),
      };
    }
    if (/^(?:撤回|撤销|改回去)(?:上一?次|最近|改动|修改)*$/.test(rest)) {
      return takeBack(context, written);
    }
    const { key, text } = named(rest);
    const place = SETTINGS[key].scope === 'group' ? chatId : DISTRICT;
    const value = text.replace(/^(?:[:=]|为|是|成|到|改为|改成|改到|设为|设成)+\s*/, '');
    if (value === '') {
      const once = context.ids.next('form');
      return { reply: settingDoc(viewOf(written, key, place), { inGroup: place !== DISTRICT, once }) };
    }
    return change(context, written, { key, chatId: place }, DEFAULT_AGAIN.test(value) ? undefined : value);
  },
});

const NAMES = SETTING_KEYS.flatMap((key) =>
  [SETTINGS[key].name, ...SETTINGS[key].aliases].map((name) => ({ key, name })),
).sort((a, b) => b.name.length - a.name.length);

function named(rest: string): { readonly key: SettingKey; readonly text: string } {
  const found = NAMES.find(({ name }) => rest.startsWith(name));
  if (found) return { key: found.key, text: rest.slice(found.name.length).trim() };
  const names = SETTING_KEYS.map((key) => SETTINGS[key].name).join('、');
  throw new UserError(`没有“${rest}”这个设置。可以设置：${names}。发送“设置”看全部。`);
}

interface Place {
  readonly key: SettingKey;
  readonly chatId: string;
}

const rowOf = (written: readonly SettingRow[], { key, chatId }: Place) =>
  written.find((row) => row.key === key && row.chatId === chatId);

function change(context: Ask, written: readonly SettingRow[], place: Place, text: string | undefined): Outcome {
  const { name, range, unit, example } = SETTINGS[place.key];
  const value = text === undefined ? undefined : canonical(place.key, text);
  if (text !== undefined && value === undefined)
    throw new UserError(`“${text}”不能作为“${name}”。范围：${range}；单位：${unit}。例如：设置 ${name} ${example}`);
  const row = rowOf(written, place);
  const before = viewOf(written, place.key, place.chatId);
  if (row?.value === value) {
    const sentence = `${whereOf(place)}的“${name}”本来就是“${before.now}”。`;
    return { reply: plainDoc('没有变化', sentence, { tone: 'muted' }) };
  }
  return put(
    context,
    written,
    { ...place, value, before: { value: row?.value } },
    {
      action: 'setting.changed',
      where: whereOf(place),
    },
  );
}

/** The last change, whoever made it; taken back once. */
async function takeBack(context: Ask, written: readonly SettingRow[]): Promise<Outcome> {
  const last = written.find((row) => SETTING_KEYS.some((key) => key === row.key));
  const key = SETTING_KEYS.find((each) => each === last?.key);
  if (!last || !key) throw new UserError('还没有改过设置，没有可以撤回的改动。');
  if (!last.before) throw new UserError('最近一次改动已经撤回过了。要再改，请发送：设置 名称 新值');
  const back = { key, chatId: last.chatId, value: last.before.value, before: undefined };
  const elsewhere = last.chatId !== DISTRICT && last.chatId !== context.chat.chatId;
  const group = elsewhere ? await context.read.group(last.chatId) : undefined;
  const where = elsewhere ? `群“${group?.name ?? ''}”` : whereOf(back);
  return put(context, written, back, { action: 'setting.undone', where });
}

function put(
  { actor, now }: Ask,
  written: readonly SettingRow[],
  to: Place & Pick<SettingRow, 'value' | 'before'>,
  { action, where }: { readonly action: 'setting.changed' | 'setting.undone'; readonly where: string },
): Outcome {
  const row = rowOf(written, to);
  const others = written.filter((each) => each !== row);
  const here = { key: to.key, chatId: to.chatId, changedBy: actor.openId, changedAt: now, version: 0 };
  const [before, after] = [written, [...others, { ...here, value: to.value }]].map((rows) =>
    viewOf(rows, to.key, to.chatId),
  );
  if (!before || !after) throw new Error('a setting without a view');
  const title = action === 'setting.undone' ? '已撤回' : '已修改设置';
  return {
    reply: settingChangedDoc(after, { before: before.now, where, title }),
    changes: [{ kind: 'setting.changed', ...to, by: actor.openId, at: now, seen: row?.version ?? 0 }],
    audit: [{ action, subject: `${after.name}（${where}）`, before: before.now, after: after.now }],
  };
}

const whereOf = ({ chatId }: Place): string => (chatId === DISTRICT ? '全部群' : '本群');

/** As it is written down and shown; undefined when it is not in the range. */
function canonical<Key extends SettingKey>(key: Key, text: string): string | undefined {
  const { read, write } = SETTINGS[key];
  const compact = inClockTimes(text).replaceAll(/\s*([-–—~至到])\s*/g, '$1');
  const found = read(compact);
  return found && write(found.value);
}

function viewOf<Key extends SettingKey>(written: readonly SettingRow[], key: Key, chatId: string): SettingView {
  const { read: _read, write, usual, aliases: _aliases, ...card } = SETTINGS[key];
  const isSet = (where: string) => rowOf(written, { key, chatId: where })?.value !== undefined;
  const from = chatId !== DISTRICT && isSet(chatId) ? 'group' : isSet(DISTRICT) ? 'district' : 'usual';
  return { ...card, now: write(settingOf(written, key, chatId)), usual: write(usual), from };
}
