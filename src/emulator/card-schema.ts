import * as z from 'zod';

/**
 * Card JSON 2.0 as data: which properties each tag may have, and which values. Strict on purpose: Lark refuses unknown and
 * misplaced properties (230099 / 200621), and where the documents are silent or disagree the narrower reading stands here.
 * Sources: 卡片 JSON 2.0 结构, 组件概述 and the page of each component.
 */

const HUES = [
  'blue',
  'carmine',
  'green',
  'grey',
  'indigo',
  'lime',
  'orange',
  'purple',
  'red',
  'sunflower',
  'turquoise',
  'violet',
  'wathet',
  'yellow',
];
const SHADES = ['', '-50', '-100', '-200', '-300', '-350', '-400', '-500', '-600', '-700', '-800', '-900'];
/** 颜色枚举值. Hex and rgba are refused outside config.style.color. */
export const COLOURS: ReadonlySet<string> = new Set([
  'default',
  'white',
  'bg-white',
  'neutral',
  ...HUES.flatMap((hue) => SHADES.map((shade) => hue + shade)),
]);
const TAG_COLOURS = [
  'neutral',
  'blue',
  'turquoise',
  'lime',
  'orange',
  'violet',
  'indigo',
  'wathet',
  'green',
  'yellow',
  'red',
  'purple',
  'carmine',
] as const;
export const TEXT_TAG_COLOURS: ReadonlySet<string> = new Set(TAG_COLOURS);
const TEMPLATES = [
  'blue',
  'wathet',
  'turquoise',
  'green',
  'yellow',
  'orange',
  'red',
  'carmine',
  'violet',
  'purple',
  'indigo',
  'grey',
  'default',
] as const;
const TEXT_SIZES = [
  'heading-0',
  'heading-1',
  'heading-2',
  'heading-3',
  'heading-4',
  'heading',
  'normal',
  'notation',
  'xxxx-large',
  'xxx-large',
  'xx-large',
  'x-large',
  'large',
  'medium',
  'small',
  'x-small',
];

/** A name of config.style (`custom…`) is a colour or a size too; card-check.ts compares it with what the card defines. */
const styled = (names: readonly string[] | ReadonlySet<string>) => {
  const known = new Set(names);
  return z
    .string()
    .refine((name) => known.has(name) || /^cus[a-z0-9_-]*$/i.test(name), { message: 'invalid enum value' });
};
const colour = styled(COLOURS);
const textSize = styled(TEXT_SIZES);
const px = /^\d{1,3}px$/;
const SPACE = '(?:-?\\d{1,2}px|small|medium|large|extra_large)';
const spacing = z.string().regex(new RegExp(`^${SPACE}$`));
const sides = z.string().regex(new RegExp(`^${SPACE}(?: ${SPACE}){0,3}$`));
const oneOrFourSides = z.string().regex(new RegExp(`^${SPACE}(?:(?: ${SPACE}){3})?$`));
const align = z.enum(['left', 'center', 'right']);
const verticalAlign = z.enum(['top', 'center', 'bottom']);
const url = z.string().regex(/^(?:https?|lark):\/\/\S+$/);
const imageKey = z.string().regex(/^img_[A-Za-z0-9_-]+$/);
const openId = z.string().regex(/^ou_[A-Za-z0-9]+$/);
/** Letters first, at most 20 characters; unique in the card (card-check.ts). */
const elementId = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,19}$/);
const i18n = z.record(z.string().regex(/^[a-z]{2}_[a-z]{2}$/), z.string());

const textFields = {
  content: z.string(),
  i18n_content: i18n.optional(),
  text_size: textSize.optional(),
  text_align: align.optional(),
  text_color: colour.optional(),
  lines: z.int().min(1).optional(),
  element_id: elementId.optional(),
};
const plainText = z.strictObject({ tag: z.literal('plain_text'), ...textFields });
const larkMd = z.strictObject({ tag: z.literal('lark_md'), ...textFields });
const text = z.discriminatedUnion('tag', [plainText, larkMd]);
const icon = z.discriminatedUnion('tag', [
  z.strictObject({
    tag: z.literal('standard_icon'),
    token: z.string(),
    color: colour.optional(),
    size: z.string().optional(),
  }),
  z.strictObject({ tag: z.literal('custom_icon'), img_key: imageKey, size: z.string().optional() }),
]);
const links = { pc_url: url.optional(), ios_url: url.optional(), android_url: url.optional() };
const behaviors = z.array(
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('callback'), value: z.record(z.string(), z.unknown()) }),
    z.strictObject({ type: z.literal('open_url'), default_url: url, ...links }),
    z.strictObject({ type: z.literal('form_action'), behavior: z.enum(['submit', 'reset']) }),
  ]),
);
const confirm = z.strictObject({ title: plainText, text: plainText });

const place = { element_id: elementId.optional(), margin: sides.optional() };
const flow = {
  direction: z.enum(['vertical', 'horizontal']).optional(),
  horizontal_spacing: spacing.optional(),
  horizontal_align: align.optional(),
  vertical_spacing: spacing.optional(),
  vertical_align: verticalAlign.optional(),
  padding: sides.optional(),
};
const interactive = {
  ...place,
  name: z.string().min(1).max(100).optional(),
  required: z.boolean().optional(),
  disabled: z.boolean().optional(),
  disabled_tips: plainText.optional(),
  hover_tips: plainText.optional(),
  confirm: confirm.optional(),
  behaviors: behaviors.optional(),
  width: z.union([z.enum(['default', 'fill', 'auto']), z.string().regex(px)]).optional(),
};

/** Everything that may stand in an `elements` list. Where it may stand (form and table at the root only) is card-check.ts's. */
const element: z.ZodType = z.lazy(() => z.discriminatedUnion('tag', [...CONTENT, ...CONTAINERS, ...CONTROLS]));
const elements = z.array(element);

const number = z.strictObject({
  symbol: z.string().optional(),
  precision: z.int().min(0).max(10).optional(),
  separator: z.boolean().optional(),
});
const tableColumn = z.strictObject({
  name: z.string().min(1),
  display_name: z.string().optional(),
  data_type: z.enum(['text', 'lark_md', 'markdown', 'options', 'number', 'persons', 'date']),
  width: z.union([z.literal('auto'), z.string().regex(/^\d{1,3}(?:px|%)$/)]).optional(),
  horizontal_align: align.optional(),
  vertical_align: verticalAlign.optional(),
  format: number.optional(),
  date_format: z.string().optional(),
});
/** What a cell of each `data_type` must be (200914 otherwise). */
export const TABLE_CELLS = {
  text: z.string(),
  lark_md: z.string(),
  markdown: z.string(),
  number: z.number(),
  date: z.number(),
  options: z.union([z.string(), z.array(z.strictObject({ text: z.string(), color: z.enum(TAG_COLOURS).optional() }))]),
  persons: z.union([openId, z.array(openId)]),
} as const satisfies Record<z.infer<typeof tableColumn>['data_type'], z.ZodType>;
export const tableData = z.object({
  columns: z.array(tableColumn),
  rows: z.array(z.record(z.string(), z.unknown())),
});

const CONTENT = [
  z.strictObject({
    tag: z.literal('markdown'),
    content: z.string(),
    i18n_content: i18n.optional(),
    text_align: align.optional(),
    text_size: textSize.optional(),
    icon: icon.optional(),
    ...place,
  }),
  z.strictObject({
    tag: z.literal('div'),
    text: text.optional(),
    fields: z.array(z.strictObject({ is_short: z.boolean().optional(), text })).optional(),
    icon: icon.optional(),
    width: z.union([z.enum(['auto', 'fill']), z.string().regex(px)]).optional(),
    ...place,
  }),
  z.strictObject({ tag: z.literal('hr'), ...place }),
  z.strictObject({
    tag: z.literal('img'),
    img_key: imageKey,
    alt: plainText,
    title: text.optional(),
    corner_radius: z.string().optional(),
    scale_type: z.enum(['crop_center', 'crop_top', 'fit_horizontal']).optional(),
    size: z.string().optional(),
    transparent: z.boolean().optional(),
    preview: z.boolean().optional(),
    ...place,
  }),
  z.strictObject({
    tag: z.literal('img_combination'),
    combination_mode: z.enum(['double', 'triple', 'bisect', 'trisect']),
    combination_transparent: z.boolean().optional(),
    corner_radius: z.string().optional(),
    img_list: z.array(z.strictObject({ img_key: imageKey })),
    ...place,
  }),
  z.strictObject({
    tag: z.literal('person'),
    user_id: openId,
    size: z.enum(['extra_small', 'small', 'medium', 'large']).optional(),
    show_avatar: z.boolean().optional(),
    show_name: z.boolean().optional(),
    style: z.enum(['normal', 'capsule']).optional(),
    ...place,
  }),
  z.strictObject({
    tag: z.literal('person_list'),
    persons: z.array(z.strictObject({ id: openId })),
    size: z.enum(['extra_small', 'small', 'medium', 'large']).optional(),
    lines: z.int().min(1).optional(),
    show_avatar: z.boolean().optional(),
    show_name: z.boolean().optional(),
    drop_invalid_user_id: z.boolean().optional(),
    icon: icon.optional(),
    ...place,
  }),
  z.strictObject({
    tag: z.literal('chart'),
    chart_spec: z.record(z.string(), z.unknown()),
    aspect_ratio: z.enum(['1:1', '2:1', '4:3', '16:9']).optional(),
    color_theme: z.enum(['brand', 'rainbow', 'complementary', 'converse', 'primary']).optional(),
    height: z.union([z.literal('auto'), z.string().regex(px)]).optional(),
    preview: z.boolean().optional(),
    ...place,
  }),
  z.strictObject({
    tag: z.literal('table'),
    page_size: z.int().min(1).max(10).optional(),
    row_height: z.union([z.enum(['low', 'middle', 'high', 'auto']), z.string().regex(px)]).optional(),
    row_max_height: z.string().regex(px).optional(),
    freeze_first_column: z.boolean().optional(),
    header_style: z
      .strictObject({
        text_align: align.optional(),
        text_size: z.enum(['normal', 'heading']).optional(),
        background_style: z.enum(['grey', 'none']).optional(),
        text_color: z.enum(['default', 'grey']).optional(),
        bold: z.boolean().optional(),
        lines: z.int().min(1).optional(),
      })
      .optional(),
    columns: z.array(tableColumn).min(1).max(50),
    rows: z.array(z.record(z.string(), z.unknown())),
    ...place,
  }),
] as const;

const CONTAINERS = [
  z.strictObject({
    tag: z.literal('column_set'),
    flex_mode: z.enum(['none', 'stretch', 'flow', 'bisect', 'trisect']).optional(),
    horizontal_spacing: spacing.optional(),
    horizontal_align: align.optional(),
    background_style: colour.optional(),
    columns: z.array(
      z.strictObject({
        tag: z.literal('column'),
        width: z.union([z.enum(['auto', 'weighted']), z.string().regex(px)]).optional(),
        weight: z.int().min(1).max(5).optional(),
        background_style: colour.optional(),
        elements,
        ...flow,
        ...place,
      }),
    ),
    ...place,
  }),
  z.strictObject({
    tag: z.literal('form'),
    name: z.string().min(1),
    elements,
    confirm: confirm.optional(),
    ...flow,
    ...place,
  }),
  z.strictObject({
    tag: z.literal('collapsible_panel'),
    expanded: z.boolean().optional(),
    background_color: colour.optional(),
    header: z.strictObject({
      title: z.discriminatedUnion('tag', [
        plainText,
        larkMd,
        z.strictObject({ tag: z.literal('markdown'), content: z.string(), text_size: textSize.optional() }),
      ]),
      background_color: colour.optional(),
      vertical_align: verticalAlign.optional(),
      padding: sides.optional(),
      width: z.string().optional(),
      position: z.enum(['top', 'bottom']).optional(),
      icon: icon.optional(),
      icon_position: z.enum(['left', 'right', 'follow_text']).optional(),
      icon_expanded_angle: z.union([z.literal(-180), z.literal(-90), z.literal(90), z.literal(180)]).optional(),
    }),
    border: z.strictObject({ color: colour.optional(), corner_radius: z.string().optional() }).optional(),
    elements,
    ...flow,
    ...place,
    padding: oneOrFourSides.optional(),
  }),
  z.strictObject({
    tag: z.literal('interactive_container'),
    behaviors: behaviors.min(1),
    width: z.union([z.enum(['fill', 'auto']), z.string().regex(px)]).optional(),
    height: z.union([z.literal('auto'), z.string().regex(px)]).optional(),
    background_style: z.union([z.enum(['default', 'laser']), colour]).optional(),
    has_border: z.boolean().optional(),
    border_color: colour.optional(),
    corner_radius: z.string().optional(),
    disabled: z.boolean().optional(),
    disabled_tips: plainText.optional(),
    hover_tips: plainText.optional(),
    confirm: confirm.optional(),
    elements,
    ...flow,
    ...place,
  }),
] as const;

const placeholder = { placeholder: plainText.optional() };
const choices = z.array(z.strictObject({ text: plainText, value: z.string().min(1), icon: icon.optional() }));
const candidates = z.array(z.strictObject({ value: openId }));
const style = { type: z.enum(['default', 'text']).optional() };
const CONTROLS = [
  z.strictObject({
    tag: z.literal('button'),
    text: plainText.optional(),
    type: z
      .enum([
        ...(['default', 'primary', 'danger', 'text', 'primary_text', 'danger_text'] as const),
        ...(['primary_filled', 'danger_filled', 'laser'] as const),
      ])
      .optional(),
    size: z.enum(['tiny', 'small', 'medium', 'large']).optional(),
    icon: icon.optional(),
    form_action_type: z.enum(['submit', 'reset']).optional(),
    ...interactive,
  }),
  z.strictObject({
    tag: z.literal('input'),
    ...interactive,
    ...placeholder,
    default_value: z.string().optional(),
    max_length: z.int().min(1).max(1000).optional(),
    input_type: z.enum(['text', 'multiline_text', 'password']).optional(),
    show_icon: z.boolean().optional(),
    rows: z.int().min(1).optional(),
    auto_resize: z.boolean().optional(),
    max_rows: z.int().min(1).optional(),
    label: plainText.optional(),
    label_position: z.enum(['top', 'left']).optional(),
  }),
  z.strictObject({
    tag: z.literal('select_static'),
    ...interactive,
    ...placeholder,
    ...style,
    options: choices,
    initial_option: z.string().optional(),
    initial_index: z.int().min(0).optional(),
  }),
  z.strictObject({
    tag: z.literal('multi_select_static'),
    ...interactive,
    ...placeholder,
    ...style,
    options: choices,
    selected_values: z.array(z.string()).optional(),
  }),
  z.strictObject({
    tag: z.literal('select_person'),
    ...interactive,
    ...placeholder,
    ...style,
    options: candidates.optional(),
    initial_option: z.string().optional(),
  }),
  z.strictObject({
    tag: z.literal('multi_select_person'),
    ...interactive,
    ...placeholder,
    ...style,
    options: candidates.optional(),
    selected_values: z.array(z.string()).optional(),
  }),
  z.strictObject({
    tag: z.literal('date_picker'),
    ...interactive,
    ...placeholder,
    initial_date: z.iso.date().optional(),
  }),
  z.strictObject({
    tag: z.literal('picker_time'),
    ...interactive,
    ...placeholder,
    initial_time: z
      .string()
      .regex(/^\d{2}:\d{2}$/)
      .optional(),
  }),
  z.strictObject({
    tag: z.literal('picker_datetime'),
    ...interactive,
    ...placeholder,
    initial_datetime: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/)
      .optional(),
  }),
  z.strictObject({
    tag: z.literal('checker'),
    ...interactive,
    text: text.optional(),
    checked: z.boolean().optional(),
    overall_checkable: z.boolean().optional(),
    padding: sides.optional(),
  }),
  z.strictObject({
    tag: z.literal('overflow'),
    ...interactive,
    options: z.array(z.strictObject({ text: plainText, value: z.string().optional() })).min(1),
  }),
  z.strictObject({
    tag: z.literal('select_img'),
    ...interactive,
    multi_select: z.boolean().optional(),
    layout: z.enum(['stretch', 'bisect', 'trisect']).optional(),
    can_preview: z.boolean().optional(),
    aspect_ratio: z.enum(['1:1', '4:3', '16:9']).optional(),
    options: z.array(z.strictObject({ img_key: imageKey, value: z.string() })).min(1),
  }),
] as const;

export const card = z.strictObject({
  schema: z.literal('2.0'),
  config: z
    .strictObject({
      update_multi: z.literal(true).optional(),
      enable_forward: z.boolean().optional(),
      enable_forward_interaction: z.boolean().optional(),
      streaming_mode: z.boolean().optional(),
      streaming_config: z.record(z.string(), z.unknown()).optional(),
      width_mode: z.enum(['compact', 'default', 'fill']).optional(),
      use_custom_translation: z.boolean().optional(),
      summary: z.strictObject({ content: z.string(), i18n_content: i18n.optional() }).optional(),
      locales: z.array(z.string()).optional(),
      style: z
        .strictObject({
          text_size: z.record(z.string(), z.record(z.enum(['default', 'pc', 'mobile']), z.enum(TEXT_SIZES))).optional(),
          color: z.record(z.string(), z.strictObject({ light_mode: z.string(), dark_mode: z.string() })).optional(),
        })
        .optional(),
    })
    .optional(),
  card_link: z.strictObject({ url: url.optional(), ...links }).optional(),
  header: z
    .strictObject({
      title: text,
      subtitle: text.optional(),
      template: z.enum(TEMPLATES).optional(),
      icon: icon.optional(),
      padding: sides.optional(),
      text_tag_list: z
        .array(
          z.strictObject({
            tag: z.literal('text_tag'),
            text: plainText,
            color: z.enum(TAG_COLOURS).optional(),
            element_id: elementId.optional(),
          }),
        )
        .max(3)
        .optional(),
    })
    .optional(),
  body: z.strictObject({ elements, element_id: elementId.optional(), ...flow }),
});
