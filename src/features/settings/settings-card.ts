import { plainDoc } from '../../cards/plain.ts';
import type { Doc, Inline } from '../../cards/views.ts';

/** A setting as it is shown. */
export interface SettingView {
  readonly name: string;
  /** What holds here, in words. */
  readonly now: string;
  readonly usual: string;
  /** Whose it is: the group's or the program's own, the district's, or nobody changed it. */
  readonly from: 'group' | 'program' | 'district' | 'usual';
  readonly meaning: string;
  readonly range: string;
  readonly unit: string;
  readonly scope: 'district' | 'group' | 'program';
  readonly example: string;
}

interface Place {
  /** What is set in a group is the group's own, where a setting allows it; so with a program that is named. */
  readonly kind: 'district' | 'group' | 'program';
  /** 全部群, 本群, 专项“两项督导”. */
  readonly words: string;
  /** What stands before a setting's name in a line: 专项 两项督导. */
  readonly prefix: string;
}

const FROM: Readonly<Record<SettingView['from'], string>> = {
  group: '本群',
  program: '本专项',
  district: '全部群',
  usual: '默认',
};
const lineOf = (...words: readonly string[]): string => ['设置', ...words].filter(Boolean).join(' ');

/** 设置: every setting with its value, default, range and unit. */
export function settingsDoc(settings: readonly SettingView[], place: Place): Doc {
  return {
    title: `设置（${place.words}）`,
    tone: 'normal',
    summary: settings.map(({ name, now }) => `${name}：${now}`).join('；'),
    blocks: [
      {
        kind: 'entries',
        entries: settings.map((setting) => ({
          head: [{ strong: setting.name }, `：${setting.now}（${FROM[setting.from]}）`],
          lines: linesOf(setting, place),
        })),
      },
      { kind: 'buttons', buttons: settings.map(({ name }) => openButton(name, place)) },
      {
        kind: 'note',
        text: `写法：${lineOf(place.prefix, settings[0]?.name ?? '', settings[0]?.example ?? '')}；恢复默认：${lineOf(place.prefix, settings[0]?.name ?? '', '恢复默认')}；设置 撤回（撤回最近一次改动）。${HINT[place.kind]}`,
      },
    ],
    query: lineOf(place.prefix),
  };
}

const HINT: Readonly<Record<Place['kind'], string>> = {
  district: '要只改一个群，请在那个群里发；时限和升级可以按专项设：设置 专项 名称 升级次序 约谈在前',
  group: '只改本群；要改全部群，请写“设置 全部群 免打扰 …”，或在单聊里发。',
  program: '只改这个专项的问题；没有改的按全部群的设置。',
};

const openButton = (name: string, { prefix }: Place) =>
  ({ label: name, press: { v: 1, op: 'show', query: lineOf(prefix, name), page: 1 } }) as const;

const linesOf = ({ meaning, range, unit, usual, scope }: SettingView, { kind }: Place): readonly Inline[][] => [
  [meaning],
  [`默认：${usual}　范围：${range}　单位：${unit}${kind === 'group' && scope !== 'group' ? '　全部群共用' : ''}`],
];

/** 设置 免打扰: one setting, with a form to change it. */
export function settingDoc(
  setting: SettingView,
  { kind, words, prefix, once }: Place & { readonly once: string },
): Doc {
  const own = setting.scope === kind && kind !== 'district';
  return {
    title: `设置：${setting.name}`,
    tone: 'normal',
    summary: `${setting.name}现在是：${setting.now}`,
    blocks: [
      {
        kind: 'fields',
        fields: [
          { label: '现在', value: [`${setting.now}（${FROM[setting.from]}）`] },
          { label: '默认', value: [setting.usual] },
          { label: '范围', value: [setting.range] },
          { label: '单位', value: [setting.unit] },
          { label: '作用', value: [setting.meaning] },
        ],
      },
      {
        kind: 'form',
        line: lineOf(prefix, setting.name),
        once,
        fields: [
          {
            kind: 'text',
            name: 'value',
            label: `改为（${own ? `只改${words}` : '全部群'}）`,
            required: true,
            placeholder: setting.example,
            maxLength: 60,
          },
        ],
        submit: '修改',
      },
      {
        kind: 'buttons',
        buttons: [
          { label: '恢复默认', press: { v: 1, op: 'run', query: lineOf(prefix, setting.name, '恢复默认'), page: 1 } },
          { label: '全部设置', press: { v: 1, op: 'show', query: lineOf(prefix), page: 1 } },
        ],
      },
    ],
    footer: `也可以打字：${lineOf(prefix, setting.name, setting.example)}`,
  };
}

/** What was changed, in words, with a button that takes it back. */
export function settingChangedDoc(
  setting: Pick<SettingView, 'name' | 'meaning' | 'now'>,
  {
    before,
    where,
    undone,
    effects,
  }: {
    readonly before: string;
    readonly where: string;
    readonly undone: boolean;
    /** What becomes of reminder rules by it. */
    readonly effects: readonly string[];
  },
): Doc {
  const sentence = `${where}的“${setting.name}”由“${before}”改为“${setting.now}”。`;
  const lines = [...effects, `作用：${setting.meaning}。`];
  // What was taken back once is not taken back again.
  if (undone) return plainDoc('已撤回', sentence, { tone: 'done', lines });
  return plainDoc('已修改设置', sentence, {
    tone: 'done',
    lines,
    buttons: [{ label: '撤回', press: { v: 1, op: 'run', query: '设置 撤回', page: 1 } }],
    note: '发送“设置 撤回”可以撤回最近一次改动。',
  });
}
