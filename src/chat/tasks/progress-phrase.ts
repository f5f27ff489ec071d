import { NUMERAL, numeralOf } from '../../domain/calendar/numeral.ts';
import { MEASURES } from '../../domain/work/measure.ts';
import type { SaidProgress } from '../../domain/work/progress.ts';
import { asWritten } from '../as-written.ts';

const LEAD =
  /^(?:[\s,:;，：；、。]|截至目前|截至今日|目前|现在|推进|进展|进度|工程|完成率|完成|占比|占|达到|达|到|至|已经|已|约|为|了|累计|共|是|建成|开工|竣工|投入|到位|新增)*/;
const PERCENT = new RegExp(
  `^(?:(\\d+(?:\\.\\d+)?)\\s*%|百分之\\s*(百|${NUMERAL}|\\d+(?:\\.\\d+)?)(?!之)|([一二三四五六七八九])成(?![立功效员果绩本熟]))`,
);
const AMOUNT = new RegExp(`^(\\d[\\d,]*(?:\\.\\d+)?)\\s*((?:百|千)?万|亿|千)?\\s*(${MEASURES})?`);
const CORRECTION = /(^|[\s,，;；])(?:更正|订正|改正)(?:为|成|到)?(?=[\s:：,，\d]|原因|百分之|$)[\s:：]*/;
const BEYOND = /超额(?:完成)?/;
/** Said to what was asked back. */
const SURE = /(^|[\s,，;；。])(?:属实|确认无误|核实无误|核对无误)(?=[\s,，。;；]|$)/;

/** `unclear` is what the official is asked; nothing is stored then. */
export type ProgressPhrase = { readonly said: SaidProgress } | { readonly unclear: string };

/** Reads what stands after the task: 60% 已完成主体施工, 完成 8 所, 更正 50% 原因 口径调整. The figure comes first, what follows are words. */
export function readProgress(text: string): ProgressPhrase {
  const correction = CORRECTION.test(text);
  const beyond = BEYOND.test(text);
  const sure = SURE.test(text);
  let left = text.replace(SURE, '$1').replace(CORRECTION, '$1').trim();
  const whole = left;
  let percent: number | undefined;
  let amount: number | undefined;
  let measure = '';
  // At most one of each, in either order: 完成 8 所, 66%.
  for (;;) {
    const lead = LEAD.exec(left)?.[0] ?? '';
    const rest = left.slice(lead.length).replace(BEYOND, '').trimStart();
    const share = percent === undefined ? PERCENT.exec(rest) : null;
    if (share) {
      percent = percentOf(share);
      left = rest.slice(share[0].length);
      continue;
    }
    const counted = amount === undefined && percent === undefined ? AMOUNT.exec(rest) : null;
    if (!counted || !/\d/.test(counted[0])) break;
    const [written, number = '', scale = '', unit = ''] = counted;
    const ends = !/^[\p{L}\p{N}]/u.test(rest.slice(written.length));
    // 3号楼已封顶 begins with a number and reports none.
    if (scale === '' && unit === '' && !ends) break;
    if (!/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$|^\d+(?:\.\d+)?$/.test(number))
      return { unclear: `“${written.trim()}”像是漏了数字，请核对后重发。` };
    // A bare figure is an amount only after 完成 and its like.
    if (scale === '' && unit === '' && !/[完建开竣投到新累]/.test(lead))
      return { unclear: `“${number}”后面请写单位，例如：${number}% 或 完成 ${number} 所。` };
    amount = Number(number.replaceAll(',', ''));
    measure = `${scale}${unit}`;
    left = rest.slice(written.length);
  }
  const words = (percent === undefined && amount === undefined ? whole : left)
    .replace(/^[\s,:;，：；、。]+/, '')
    // What lies beside it says so itself.
    .replace(/^(?:佐证|材料|佐证材料|照片|附件|见附件|见照片)$/, '')
    .trim();
  if (/^[-−–+]\s*\d/.test(words))
    return { unclear: `没有看懂“${words.slice(0, 12)}”，进度请写 0 到 100 的百分比，例如 60%。` };
  return {
    said: {
      percent,
      amount,
      measure,
      words: asWritten(words.replace(/^(?:原因|理由)\s*[:：]?\s*/, '')),
      correction,
      beyond,
      sure,
    },
  };
}

function percentOf([, figure, spelt, tenths]: RegExpExecArray): number {
  if (figure !== undefined) return Number(figure);
  if (tenths !== undefined) return numeralOf(tenths) * 10;
  if (spelt === '百') return 100;
  return /^[\d.]+$/.test(spelt ?? '') ? Number(spelt) : numeralOf(spelt ?? '');
}
