/** Everything on the page is in Beijing time, wherever the browser is. */
const BEIJING_MS = 8 * 3_600_000;
const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];

const beijing = (instant: number): Date => new Date(instant + BEIJING_MS);
export const timeOf = (instant: number): string => beijing(instant).toISOString().slice(11, 16);
export const secondsOf = (instant: number): string => beijing(instant).toISOString().slice(11, 19);
export const dayOf = (instant: number): string => beijing(instant).toISOString().slice(0, 10);

/** 4月20日 周一 */
export function dayText(instant: number): string {
  const day = beijing(instant);
  return `${day.getUTCMonth() + 1}月${day.getUTCDate()}日 ${WEEKDAYS[day.getUTCDay()]}`;
}
export const fullDayText = (instant: number): string => `${beijing(instant).getUTCFullYear()}年${dayText(instant)}`;

/** A format of Lark's tables and local_datetime: YYYY MM DD HH mm ss. */
export function formatTime(instant: number, format: string): string {
  const iso = beijing(instant).toISOString();
  const parts: Readonly<Record<string, string>> = {
    YYYY: iso.slice(0, 4),
    MM: iso.slice(5, 7),
    DD: iso.slice(8, 10),
    HH: iso.slice(11, 13),
    mm: iso.slice(14, 16),
    ss: iso.slice(17, 19),
  };
  return format.replace(/YYYY|MM|DD|HH|mm|ss/g, (token) => parts[token] ?? token);
}

/** 1.2 MB, 34 KB */
export const sizeText = (bytes: number): string =>
  bytes >= 1024 * 1024
    ? `${(bytes / 1024 / 1024).toFixed(bytes < 10 * 1024 * 1024 ? 1 : 0)} MB`
    : `${Math.ceil(bytes / 1024)} KB`;
