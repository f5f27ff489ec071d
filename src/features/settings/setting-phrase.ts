import { inClockTimes } from '../../domain/calendar/clock-phrase.ts';
import { SETTING_KEYS, SETTINGS, type SettingKey } from '../../domain/settings.ts';
import { UserError } from '../../language/errors.ts';
import type { OwnReader } from '../../language/forms/form.ts';
import { namesIn } from '../../language/words/names.ts';

/** Where a line sets something, as said; a program with its unit before it. */
export type SaidPlace = { readonly all: true } | { readonly here: true } | { readonly program: string };

/** A setting, and what becomes of it; without `to` it is only shown. */
export interface SaidSetting {
  readonly key: SettingKey;
  /** As it is written down; of 恢复默认 there is none. */
  readonly to?: { readonly value: string | undefined };
}

const DEFAULT_AGAIN = /^(?:恢复|改回|还原|回到)?(?:为|成)?(?:默认|缺省)值?$/;

const NAMES = SETTING_KEYS.flatMap((key) =>
  [SETTINGS[key].name, ...SETTINGS[key].aliases].map((name) => ({ key, name })),
).sort((a, b) => b.name.length - a.name.length);

/** 望海区的“两项督导”. */
const JOINTS = /[“”"「」的:,、]/g;

/** 全部群, 本群, 专项 望海区 两项督导. */
export const readPlace: OwnReader<SaidPlace> = (text, { directory }) => {
  const ofProgram = /^专项[\s:,，]*(?=\S)/.exec(text)?.[0];
  if (ofProgram) {
    const said = text.slice(ofProgram.length);
    const end = settingAt(said);
    const words = said.slice(0, end).trim();
    const names = namesIn(words, directory);
    const program = names.findLast(({ programs }) => programs.length > 0);
    if (!program) return { value: { program: words }, rest: said.slice(end) };
    const units = names.filter((name) => name.units.length > 0 && name.end <= program.start);
    if (units.length > 1)
      throw new UserError(
        `写了 ${units.length} 个单位（${units.map(({ written }) => written).join('、')}），专项前只能写一个。`,
      );
    const used = [...units, program];
    const left = used
      .reduce((rest, { written }) => rest.replace(written, ' '), words)
      .replaceAll(JOINTS, ' ')
      .trim();
    return {
      value: { program: used.map(({ written }) => written).join(' ') },
      rest: `${left} ${said.slice(end)}`.trim(),
    };
  }
  const all = /^(?:全区|全市|全部群|所有群)(?:的)?\s*/.exec(text)?.[0];
  const here = /^(?:本群|这个群)的?\s*/.exec(text.slice(all?.length ?? 0))?.[0];
  if (all === undefined && here === undefined) return undefined;
  return {
    value: all === undefined ? { here: true } : { all: true },
    rest: text.slice(`${all ?? ''}${here ?? ''}`.length),
  };
};

/** Where the setting's name begins behind a program's; a program may be called by a word that is a setting's too. */
function settingAt(text: string): number {
  const places = NAMES.flatMap(({ name }) => [...text.matchAll(new RegExp(name, 'g'))].map(({ index }) => index));
  const apart = places.filter((at) => /\s/.test(text.charAt(at - 1)));
  return Math.min(text.length, ...(apart.length > 0 ? apart : places.slice(-1)));
}

/** 免打扰 22:00-07:00, 截止提醒天数 恢复默认. Throws UserError for what is no setting or no value of it. */
export const readSetting: OwnReader<SaidSetting> = (text) => {
  if (text === '') return undefined;
  const found = NAMES.find(({ name }) => text.startsWith(name));
  if (!found) {
    const names = SETTING_KEYS.map((key) => SETTINGS[key].name).join('、');
    throw new UserError(`没有“${text.slice(0, 60)}”这个设置。可以设置：${names}。发送“设置”看全部。`);
  }
  const { key } = found;
  const said = text.slice(found.name.length).trim();
  const value = said.replace(/^(?:[:=]|为|是|成|到|改为|改成|改到|设为|设成)+\s*/, '');
  if (value === '') return { value: { key }, rest: '' };
  return { value: { key, to: { value: DEFAULT_AGAIN.test(value) ? undefined : canonical(key, value) } }, rest: '' };
};

/** As it is written down and shown. */
function canonical<Key extends SettingKey>(key: Key, text: string): string {
  const { read, write, name, range, unit, example } = SETTINGS[key];
  const found = read(inClockTimes(text).replaceAll(/\s*([-–—~至到])\s*/g, '$1'));
  if (!found)
    throw new UserError(
      `“${text.slice(0, 60)}”不能作为“${name}”。范围：${range}；单位：${unit}。例如：设置 ${name} ${example}`,
    );
  return write(found.value);
}
