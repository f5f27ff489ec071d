const DIGITS = '零一二三四五六七八九';
const ONE = '[一二两三四五六七八九]';
const digitOf = (char: string | undefined): number => (char === '两' ? 2 : DIGITS.indexOf(char ?? '零'));

/** Han characters that look like a number: 九, 一百二十, 三点五, 两万. Not all of them are one (四五); `hanNumber` says. A source without groups. */
export const HAN_NUMBER = '[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?';

const BELOW_10000 = new RegExp(`^(?:(${ONE})千)?(零)?(?:(${ONE})百)?(零)?(?:(${ONE})?(十))?(零)?(${ONE})?$`);

/** The number; undefined for what is none, such as 四五 and 百. 一百二 is 120, as people say it. */
export function hanNumber(text: string): number | undefined {
  const [whole = '', decimals] = text.replaceAll('〇', '零').split('点');
  const units = whole === '零' ? 0 : scaled(whole, '亿', 1e8, (part) => scaled(part, '万', 1e4, below10000));
  if (units === undefined || decimals === undefined) return units;
  return Number(`${units}.${[...decimals].map(digitOf).join('')}`);
}

type Read = (text: string) => number | undefined;

/** Thousands of 万 before the sign, what is below it behind it. */
function scaled(text: string, sign: string, scale: number, read: Read): number | undefined {
  const at = text.lastIndexOf(sign);
  if (at < 0) return read(text);
  const [high, low] = [read(text.slice(0, at)), lowPart(text.slice(at + 1), scale, read)];
  return high === undefined || low === undefined || high >= scale ? undefined : high * scale + low;
}

/** 三万五 is 35,000 and 三万零五 30,005. */
function lowPart(text: string, scale: number, read: Read): number | undefined {
  if (text === '') return 0;
  if (new RegExp(`^${ONE}$`).test(text)) return (digitOf(text) * scale) / 10;
  const value = read(text);
  return value !== undefined && value < scale ? value : undefined;
}

function below10000(text: string): number | undefined {
  const spoken = new RegExp(`^(?:(${ONE})千(${ONE})|((?:${ONE}千零?)?${ONE}百)(${ONE}))$`).exec(text);
  if (spoken) {
    const [, thousands, hundreds, high = '', tens] = spoken;
    return thousands
      ? digitOf(thousands) * 1000 + digitOf(hundreds) * 100
      : (below10000(high) ?? 0) + digitOf(tens) * 10;
  }
  const found = text === '' ? null : BELOW_10000.exec(text);
  if (!found || text === '零') return undefined;
  const [, thousands, , hundreds, , tens, ten, , ones] = found;
  const tensValue = ten === undefined ? 0 : tens === undefined ? 10 : digitOf(tens) * 10;
  return digitOf(thousands) * 1000 + digitOf(hundreds) * 100 + tensValue + digitOf(ones);
}
