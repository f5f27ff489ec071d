import { type ReadOptions, readWhen, type When } from '../../domain/calendar/phrase.ts';
import { UserError } from '../../language/errors.ts';
import { candidatesOf, directoryFrom, namesIn } from '../../language/words/names.ts';
import { mentionsOf } from '../../language/words/unit-mentions.ts';
import type { Reads } from '../../ports/store.ts';

type Days = Pick<ReadOptions, 'today' | 'calendar'>;

const EDGE = '[\\s,，;；、。:：()（）]';
const BEGINS = new RegExp(`(?:^|${EDGE})$`);
const ENDS = new RegExp(`^(?:$|${EDGE})`);
const isWord = (text: string, { start, end }: { readonly start: number; readonly end: number }): boolean =>
  BEGINS.test(text.slice(0, start)) && ENDS.test(text.slice(end));

/** The first date of a name that is no part of it, as 4月 of 4月自查, 五一 of 五一检查 and 2026年 are. */
export function strayDate(name: string, days: Days): { readonly start: number; readonly end: number } | undefined {
  for (let from = 0; from < name.length; ) {
    const found = readWhen(name.slice(from), { ...days, bias: 'future', dotDates: true });
    if (!found) return undefined;
    const place = { start: from + found.start, end: from + found.end };
    const behind = ENDS.test(name.slice(place.end));
    if (('impossible' in found || !isYear(found)) && (behind || /[日号]|\d[./-]\d/.test(found.text))) return place;
    from = place.end;
  }
  return undefined;
}

const isYear = ({ text }: When): boolean => /年度?$/.test(text.trim());

/** 望海区负责, 由望海区牵头: behind the first word, which is the name. */
export const strayDuty = (name: string): string | undefined =>
  /(?<=\s)\S*(?:负责|牵头|主办|承办|组织)(?=\s|$)|(?<=\s)(?:牵头|负责|责任|组织)(?:单位|人)?\s+\S+/.exec(name)?.[0];

/** A program's name is kept as it stands for months: a unit, a time or a duty that was written beside it was meant for something else. */
export async function refuseStray(
  name: string,
  { read, today, calendar }: Days & { readonly read: Pick<Reads, 'names'> },
  line = name,
): Promise<void> {
  const date = strayDate(name, { today, calendar });
  const isPeriod = date?.start === 0 && date.end < name.length;
  if (date && !isPeriod)
    throw new UserError(
      `没有办理。没看懂“${name.slice(date.start).trim()}”：专项的时间设成节点，例如：专项 节点 ${name.split(' ', 1)[0]} 总结 12月底`,
    );
  const duty = strayDuty(name);
  if (duty !== undefined)
    throw new UserError(
      `没有办理。没看懂“${duty}”：由哪个单位组织，只在名称后面写单位，例如：专项 新增 双减督查 望海区`,
    );
  const unit = await strayUnit(name, read);
  if (unit !== undefined)
    throw new UserError(
      `没有办理。没看懂“${line.slice(0, 60)}”。名称里的“${unit}”是单位：一个专项由一个单位组织，写在名称后面，只写一个，例如：专项 新增 双减督查 望海区。别的单位可以另外加：专项 单位 名称 加 ${unit}`,
    );
}

async function strayUnit(name: string, read: Pick<Reads, 'names'>): Promise<string | undefined> {
  const spans = namesIn(name, directoryFrom(await read.names(candidatesOf(name))));
  const mentions = mentionsOf(
    name,
    spans.filter(({ units, everyday }) => units.length > 0 && !everyday),
  );
  return mentions.find((mention) => isWord(name, mention))?.written;
}
