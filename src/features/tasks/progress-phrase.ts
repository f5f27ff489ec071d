import { HAN_NUMBER, hanNumber } from '../../domain/calendar/han-number.ts';
import { figureText, inMeasure, MEASURES } from '../../domain/tasks/measure.ts';
import type { SaidProgress } from '../../domain/tasks/progress.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { UserError } from '../../language/errors.ts';
import { asWritten } from '../../language/words/as-written.ts';
import { readDone } from './done-phrase.ts';

const LEAD =
  /^(?:[\s,:;，：；、。]|截至目前|截至今日|目前|现在|仅|只|才|刚|超额|推进|进展|进度|工程|完成率|完成|占比|占|达到|达|到|至|已经|已|约|为|了|累计|全部|均|都|一共|共|是|建成|开工|竣工|投入|到位|新增|新建|改建|扩建)*/;
/** 60%, 八十%, 百分之六十, 八成五, 三分之二, 一半. */
const PERCENT = new RegExp(
  `^(?:(\\d+(?:\\.\\d+)?|${HAN_NUMBER})\\s*%|百分之\\s*(${HAN_NUMBER}|\\d+(?:\\.\\d+)?)(?!之)|([一二两三四五六七八九十])成([一二三四五六七八九半])?(?![立功效员果绩本熟长])|(${HAN_NUMBER}|\\d{1,3})分之(${HAN_NUMBER}|\\d{1,3})|(一半|半数)(?=$|[\\s,，。;；]))`,
);
const AMOUNT = new RegExp(`^(\\d[\\d,]*(?:\\.\\d+)?)\\s*((?:百|千)?万|亿|千)?\\s*(${MEASURES})?`);
const HAN_AMOUNT = new RegExp(`^(${HAN_NUMBER})\\s*(${MEASURES})?`);
const CORRECTION = /(^|[\s,，;；])(?:更正|订正|改正)(?:为|成|到)?(?=[\s:：,，\d]|原因|百分之|$)[\s:：]*/;
const BEYOND = /超额/;
const BEYOND_SHARE = /超额(?:完成|了)*\s*(?:\d|百分之|[一二两三四五六七八九十]+成)/;
/** 开工 12 所 is not 完成 12 所; who counts what was begun has a task that says so. */
const BEGUN = /开工|动工|启动|在建|立项|招标/;
const BEGUN_BEHIND = /^(?:[\s,，]*(?:已经?|均|都|全部|正在|在|正))*(?:开工|动工|启动|在建|立项|招标)/;
const FINISHED = new RegExp(
  `(?:完工|完成|竣工|建成|交付|投用|验收)(?:了|的|有)*\\s*(?:\\d[\\d,.]*|${HAN_NUMBER})\\s*(?:${MEASURES})|(?:\\d[\\d,.]*|${HAN_NUMBER})\\s*(?:${MEASURES})(?:已经?|均|都)*(?:完工|完成|竣工|建成|交付|投用|验收)`,
);
/** Said to what was asked back. */
const SURE = /(^|[\s,，;；。])(?:属实|确认无误|核实无误|核对无误)(?=[\s,，。;；]|$)/;
/** 完成13所属实: without anything between. */
const SURE_AT_END = /(?<![不未非否])属实[。!！]?$/;

/** A figure, wherever it may be that it is no report of what is done. */
const FIGURE = `(?:\\d[\\d,.]*|${HAN_NUMBER}|半)\\s*(?:%|成|分之|个?半|${MEASURES}|(?=$|[\\s,，。;；]))`;
const SUBJECT = '(?:[\\s,，:：]|目前|现在|任务|工作|工程|项目|总体|整体|进度|进展)*';
const MEASURED = '(?:完成|做完?|办[理结完]?|开工|动工|竣工|建[成设]?|落实|整改|到位|达到?|有)*(?:了|的|约|近)*';
/** 还差 20%, 未完成 80%: a figure of what is left. */
const LEFT_OVER = new RegExp(
  `^${SUBJECT}(?:(?:还|尚|仍|只|仅|就)*(?:差|剩余?|剩下|余下?|缺|欠)|(?:还|尚|仍)(?:有|需)|(?:还|尚|仍)*(?:没有?|未)${MEASURED})(?:着|了|最后|大约|约|近)*\\s*${FIGURE}`,
);
/** 20%没有完成, 20% 未完成. */
const NOT_DONE =
  /^(?:的|还|尚|都|均|仍)*(?:没|未)(?!有?(?:发现|发生|出现|接到|新增|反弹|问题|意见))|^的\S{0,6}(?:没有?|未)|^[\s,，]+(?:还|尚|都|均|仍)*(?:没有?|未)(?:能|有)?(?:完成|做完?|办完?|动工?|建成?|落实)(?:了|的)?$/;
/** 过半, 七八成, 快60%: how much is anybody's guess. */
const VAGUE = new RegExp(
  `^${SUBJECT}(?:已经?|完成|达到?|进展|推进|到|了|是)*(超?过半数?|(?:一)?[大多]半|[大小]半|多一半|一半(?:以上|多|左右)|半数以上|[一二三四五六七八九]{2}成|(?:大约|大概|差不多|接近|将近|逼近|超过|不到|不足|未到|快|近|逾|超)\\s*(?:了|到)?${FIGURE})`,
);

/** `unclear` is what the official is asked; nothing is stored then. */
export type ProgressPhrase = { readonly said: SaidProgress } | { readonly unclear: string };

/** What the report is about: what is measured, and the words that its report may repeat. */
type About = Pick<Task, 'title' | 'target' | 'measure'> & Partial<Pick<Task, 'due'>>;
const NOTHING: About = { title: '', target: undefined, measure: '' };

/** What a report says before its words: the figure, and the words that make it a correction or true after all. */
export interface SaidFigure
  extends Pick<SaidProgress, 'percent' | 'amount' | 'measure' | 'correction' | 'beyond' | 'sure'> {
  /** As it was written, with what leads to it. */
  readonly written: string;
}

const isFigure = ({ percent, amount }: Pick<SaidFigure, 'percent' | 'amount'>): boolean =>
  percent !== undefined || amount !== undefined;

interface TakenFigure {
  readonly value: SaidFigure;
  readonly rest: string;
}

function takeFigure(text: string, about: About): TakenFigure | Unclear {
  const marked = {
    correction: CORRECTION.test(text),
    beyond: BEYOND.test(text),
    sure: SURE.test(text) || SURE_AT_END.test(text),
  };
  const whole = text.replace(SURE, '$1').replace(CORRECTION, '$1').trim();
  const figures = readFigures(whole, about);
  if ('unclear' in figures) return figures;
  const { percent, amount, measure, left } = figures;
  const rest = isFigure(figures) ? left : whole;
  return { value: { percent, amount, measure, ...marked, written: whole.slice(0, whole.length - rest.length) }, rest };
}

/** 招标完成 投入 300 万元: a clause that has its figure. */
const OF_ITS_OWN = /^(?:投入|到位|新增|新建|改建|扩建|开工|竣工|建成)/;

/** Words alone, whatever figures they hold: 说明 一期 60%. */
const WORDS_ALONE = /^(?:情况)?说明[\s:：,，]+/;

/** How much stands between the task and its figure, that it was put there by mistake: 三楼 60%. */
const DISPLACED = /^([^\s,，、;；。]{1,8})\s+(?=\S)/;

/**
 * The figure of a report, and as the rest its words. It stands first: one that stands behind a word is not passed over in silence, and of
 * two of a kind none is taken.
 */
export function readFigure(text: string): TakenFigure | undefined {
  if (WORDS_ALONE.test(text)) return undefined;
  const taken = takeFigure(text, NOTHING);
  if ('unclear' in taken) throw new UserError(taken.unclear);
  const { value, rest } = taken;
  const { correction, beyond, sure } = value;
  if (isFigure(value) || unclearWords(rest, NOTHING) !== undefined)
    return isFigure(value) || correction || beyond || sure ? taken : undefined;
  // 完成 三楼 8 所, but not 完成招标 8 所.
  const lead = LEAD.exec(rest)?.[0] ?? '';
  const said = /[\s,:;，：；、。]$/.test(lead) ? rest.slice(lead.length) : rest;
  const [gap, word = ''] = DISPLACED.exec(said) ?? [];
  const behind = gap === undefined ? undefined : takeFigure(said.slice(gap.length), NOTHING);
  if (behind && !('unclear' in behind) && isFigure(behind.value) && !OF_ITS_OWN.test(behind.value.written)) {
    const written = behind.value.written.trim();
    throw new UserError(
      `没有记下：“${word}”写在“${written}”前面。进度写在最前面，例如：进展 T12 ${written} ${word}；只是情况、不报数的，前面加“说明”。`,
      [
        {
          label: `改为：${written} ${word}`.slice(0, 30),
          words: `${gap}${behind.value.written}`.trim(),
          instead: `${written} ${word}`,
        },
      ],
    );
  }
  return correction || beyond || sure ? taken : undefined;
}

/** Reads what stands after the task: 60% 已完成主体施工, 完成 8 所, 更正 50% 原因 口径调整. The figure comes first, what follows are words. */
export function readProgress(text: string, about: About = NOTHING): ProgressPhrase {
  const taken = takeFigure(text, about);
  return 'unclear' in taken ? taken : progressSaid(taken.value, taken.rest, about);
}

const NO_FIGURE: SaidFigure = {
  percent: undefined,
  amount: undefined,
  measure: '',
  written: '',
  correction: false,
  beyond: false,
  sure: false,
};

/** What the figure and the words of a report come to for its task. */
export function progressSaid(read: SaidFigure | undefined, written: string, about: About): ProgressPhrase {
  const alone = WORDS_ALONE.exec(written)?.[0];
  if (read === undefined && alone !== undefined)
    return { said: { ...saidOf(NO_FIGURE), words: asWritten(written.slice(alone.length)) } };
  const said = read ?? NO_FIGURE;
  // 完成九所学校验收: the measure of the task tells that it is its figure.
  const counted = isFigure(said) ? undefined : takeFigure(written, about);
  if (counted && 'unclear' in counted) return counted;
  const figure = counted ? { ...said, ...amountOf(counted.value) } : said;
  const rest = counted ? counted.rest : written;
  const whole = `${figure.written}${rest}`.trim();
  // What goes on for ever (长期坚持) is done by no word: 完成 校车检查两次 tells of a part.
  const done = isFigure(figure) || about.due?.kind === 'ongoing' ? undefined : readDone(whole, about.title);
  if (done && 'unclear' in done) return done;
  const words = isFigure(figure) ? wordsOf(rest) : contentOf(wordsOf(done?.words ?? whole));
  if (/^[-−–+]\s*\d/.test(words))
    return { unclear: `没有看懂“${words.slice(0, 12)}”，进度请写 0 到 100 的百分比，例如 60%。` };
  const unclear = isFigure(figure)
    ? unclearFigure(figure, rest, whole, about)
    : done
      ? undefined
      : unclearWords(whole, about);
  if (unclear !== undefined) return { unclear: `没有记下：${unclear}` };
  return {
    said: {
      ...saidOf(figure),
      words: asWritten(words.replace(/^(?:原因|理由)\s*[:：]?\s*/, '')),
      ...(done && { done: true as const }),
    },
  };
}

const saidOf = ({ written: _written, ...said }: SaidFigure): Omit<SaidFigure, 'written'> => said;
const amountOf = ({ percent, amount, measure, written }: SaidFigure) => ({ percent, amount, measure, written });

const exampleOf = ({ target, measure }: About, hint = '60%'): string =>
  target === undefined ? hint : `完成 ${figureText(target)} ${measure}`;

/** Why what was read as a figure is no report of it. */
function unclearFigure(
  { percent, amount, beyond, written }: SaidFigure,
  left: string,
  whole: string,
  about: About,
): string | undefined {
  const begun = amount !== undefined && (BEGUN.test(written) || BEGUN_BEHIND.test(left));
  if (begun && (FINISHED.test(left) || !BEGUN.test(about.title)))
    return `“${whole.slice(0, 20)}”里开工的不算完成的。请先写完成了多少，例如：完成 5 所 开工 12 所。`;
  if (NOT_DONE.test(left)) return `“${whole.slice(0, 20)}”是没有完成的数。请写完成了多少，例如：80%，或 完成 8 所。`;
  if (amount !== undefined && /^(?:半|多|余)(?!\p{L})/u.test(left))
    return `“${whole.slice(0, 20)}”不是确切的数，请写清楚，例如：完成 8 所。`;
  // 超额 20% is 120 %, or 20 % of what was planned by now.
  if (beyond && amount === undefined && percent !== undefined && percent < 100 && BEYOND_SHARE.test(whole))
    return `“${whole.slice(0, 20)}”看不出一共完成了多少。请写完成的数，例如：超额 完成 13 所。`;
  return undefined;
}

/** Words that begin with a figure of another sort are no account of what was done. */
function unclearWords(whole: string, about: About): string | undefined {
  if (LEFT_OVER.test(whole))
    return `“${whole.slice(0, 20)}”是没有完成的数。请写完成了多少，例如：${exampleOf(about, '80%')}。`;
  const vague = VAGUE.exec(whole)?.[1];
  return vague && `“${vague}”不是确切的数，请写清楚，例如：${exampleOf(about)}。`;
}

/** Without what only leads to words, and what lies beside it and says so itself. */
const wordsOf = (text: string): string =>
  text
    .replace(/^[\s,:;，：；、。]+/, '')
    .replace(/^(?:佐证|材料|佐证材料|照片|附件|见附件|见照片)$/, '')
    .trim();

/** 目前进展 leads to words that are missing. */
const contentOf = (words: string): string =>
  LEAD.exec(words)?.[0] === words || !/[\p{L}\p{N}]/u.test(words) ? '' : words;

interface Figures {
  readonly percent?: number | undefined;
  readonly amount?: number | undefined;
  readonly measure: string;
  readonly left: string;
}
type Unclear = Extract<ProgressPhrase, { readonly unclear: string }>;

/** At most one share and one amount, in either order: 完成 8 所, 66%. */
function readFigures(whole: string, about: About): Figures | Unclear {
  let left = whole;
  let percent: number | undefined;
  let counted: Amount | undefined;
  for (;;) {
    const lead = LEAD.exec(left)?.[0] ?? '';
    const rest = left.slice(lead.length);
    const share = percent === undefined ? PERCENT.exec(rest) : null;
    percent ??= share ? percentOf(share) : undefined;
    if (share && percent !== undefined) {
      left = rest.slice(share[0].length);
      const again = PERCENT.exec(left.replace(/^[\s,，、]+/, ''))?.[0];
      if (again !== undefined) return { unclear: `没有记下：写了两个进度（${share[0]}、${again}），请只写一个。` };
      continue;
    }
    const amount = counted || percent !== undefined ? undefined : (inFigures(rest, lead) ?? inHan(rest, lead, about));
    if (!amount) break;
    if ('unclear' in amount) return amount;
    counted = amount;
    left = rest.slice(amount.length);
  }
  const unclear = secondFigure({ percent, amount: counted, left });
  return unclear ?? { percent, amount: counted?.amount, measure: counted?.measure ?? '', left };
}

/** 70%→80%: from one to the other. */
const ARROW = /^\s*(?:→|⇒|[-=—–]+>|~|改?[到至为成]|变[为成]|升[到至]|提高到)\s*/;
/** What leads to a figure of the whole; 招标 80% is one of a part. */
const WHOLE =
  /^(?:[\s,:，：]|但|不过|其实|目前|现在|现|总体|已经?|完成率?|进度|进展|推进|达到?|到|至|约|为|是|应该?是|应为|实际|不对|不是|改[成为]|变为)*/;

/** A second figure of the same thing in the words behind the first: which of them is meant, only the sender knows. */
function secondFigure({
  percent,
  amount,
  left,
}: {
  readonly percent: number | undefined;
  readonly amount: Amount | undefined;
  readonly left: string;
}): Unclear | undefined {
  const next = left.replace(ARROW, '');
  const again = amount && next !== left ? AMOUNT.exec(next) : null;
  if (amount && again && (again[3] !== undefined || amount.measure === ''))
    return {
      unclear: `没有记下：写了两个数（${figureText(amount.amount)} ${amount.measure}、${again[0].replace(/^([\d.,]+)\s*/, '$1 ').trim()}），请只写一个。`,
    };
  if (percent === undefined) return undefined;
  const clauses = next === left ? left.split(/[,，。;；、\n]/).slice(1) : [next];
  for (const clause of clauses) {
    const text = clause.slice(WHOLE.exec(clause)?.[0].length);
    const share = PERCENT.exec(text);
    const of = share && text.slice(share[0].length);
    if (
      !share ||
      of === null ||
      /^(?:的|以上|以下|左右的|\p{Script=Han}{2,})/u.test(of) ||
      percentOf(share) === percent
    )
      continue;
    return { unclear: `没有记下：写了两个进度（${percent}%、${share[0]}），请只写一个。` };
  }
  return undefined;
}

/** A word or another figure between a figure and its measure: 8 三楼 所, 8 7 所. */
const TORN = new RegExp(`^\\d[\\d,.]*\\s+\\S{1,8}\\s+(?:${MEASURES})(?![\\p{L}\\p{N}])`, 'u');

interface Amount {
  readonly amount: number;
  readonly measure: string;
  readonly length: number;
}

/** A bare figure is an amount only after 完成 and its like. */
const COMPLETED = /[完建开竣投到新累]/;
const ENDS = /^(?![\p{L}\p{N}])/u;

function inFigures(rest: string, lead: string): Amount | Unclear | undefined {
  const [written = '', number = '', scale = '', unit = ''] = AMOUNT.exec(rest) ?? [];
  const torn = unit === '' && COMPLETED.test(lead) ? TORN.exec(rest)?.[0] : undefined;
  if (torn !== undefined) return { unclear: `没有记下：没看懂“${torn}”。请写一个数和单位，例如：完成 8 所。` };
  // 3号楼已封顶 begins with a number and reports none.
  if (number === '' || (scale === '' && unit === '' && !ENDS.test(rest.slice(written.length)))) return undefined;
  if (!/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$|^\d+(?:\.\d+)?$/.test(number))
    return { unclear: `“${written.trim()}”像是漏了数字，请核对后重发。` };
  if (scale === '' && unit === '' && !COMPLETED.test(lead))
    return { unclear: `“${number}”后面请写单位，例如：${number}% 或 完成 ${number} 所。` };
  return { amount: Number(number.replaceAll(',', '')), measure: `${scale}${unit}`, length: written.length };
}

/**
 * 九所, 一百二十户. Han figures begin many words (一期工程, 三项制度), so that they count where they end a clause, or where they have the measure
 * of the task.
 */
function inHan(rest: string, lead: string, { target, measure }: About): Amount | Unclear | undefined {
  const [written = '', number = '', unit = ''] = HAN_AMOUNT.exec(rest) ?? [];
  const tail = rest.slice(written.length);
  const ends = unit === '' ? COMPLETED.test(lead) && /^(?:$|[\s,，。;；])/.test(tail) : ENDS.test(tail);
  const isMeasure = unit !== '' && target !== undefined && inMeasure(1, unit, measure) !== undefined;
  if (number === '' || !(ends || isMeasure)) return undefined;
  const amount = hanNumber(number);
  if (amount === undefined)
    return unit === '' ? undefined : { unclear: `“${written}”不是确切的数，请写清楚，例如：完成 8 ${unit}。` };
  return { amount, measure: unit, length: written.length };
}

const figure = (text = ''): number | undefined => (/^[\d.]+$/.test(text) ? Number(text) : hanNumber(text));

function percentOf([, written, spelt, tenths, half, of, part, isHalf]: RegExpExecArray): number | undefined {
  if (written !== undefined) return figure(written);
  if (isHalf !== undefined) return 50;
  if (tenths !== undefined)
    return (
      (tenths === '十' ? 10 : (hanNumber(tenths) ?? 0)) * 10 + (half === '半' ? 5 : (hanNumber(half ?? '零') ?? 0))
    );
  if (spelt !== undefined) return spelt === '百' ? 100 : figure(spelt);
  const [whole, some] = [figure(of), figure(part)];
  return whole && some !== undefined ? Math.round((some / whole) * 1000) / 10 : undefined;
}
