/** What is to be done about a visit. postpone is a change of its day that is said to be a delay. */
export type VisitVerb = 'add' | 'change' | 'postpone' | 'cancel' | 'restore';

const OBJECT = '(?:督导安排|督导日程|日程安排|日程|督导(?!组|室|局|员|内容)|检查|视导|入校|安排|行程)';
const ONE = '(?:了|[一1]?[个次条场项])?';
const WORDS: Readonly<Record<VisitVerb, string>> = {
  restore: '恢复',
  cancel: '取消|作废|撤销|删除|删掉|不去了',
  postpone: '(?:延期|推迟|顺延|延后)(?:到|至|为)?|延(?:到|至)',
  change: '(?:改期|变更|修改|更改|调整|提前|挪|换)(?:到|成|为|至)?|改(?:到|成|为|至|在)',
  add: '新增|新建|添加|增加|补加|加(?=[一个]|专项|综合|随机|督导|检查)|安排(?=.{0,16}[去到])',
};
const isVerb = (word: string): word is VisitVerb => Object.hasOwn(WORDS, word);
const ANY = Object.values(WORDS).join('|');
const NAMED = Object.entries(WORDS)
  .map(([verb, words]) => `(?<${verb}>${words})`)
  .join('|');
/** D12, as the lists show it. An indicator's code goes on with a point. */
const NUMBER = '(?:第 ?)?D ?\\d{1,6}(?![\\d.-])';

/** A visit's number in a line: D12, 第12次. */
export const VISIT_NUMBER = /(?<![a-z\d])(?:第 ?)?d ?(?<said>\d{1,6})(?![\d.-])(?:号|次)?|第 ?(?<alone>\d{1,6}) ?次/iu;
/** D12 取消: in front of the verb. */
export const VISIT_NUMBER_FIRST = new RegExp(`^${NUMBER}(?:号|次)?[ 的]*`, 'iu');

/** 取消成员曹丙 cancels no visit. */
const NO_MEMBERS = '(?! ?了?(?:[一二两三1-3]?[名位个])? ?(?:成员|组员)(?!单位))';
/** What a line that orders this begins with. */
export const visitVerb = (verb: VisitVerb): RegExp =>
  new RegExp(`^(?:${WORDS[verb]})${NO_MEMBERS} ?${ONE}${OBJECT}?`, 'iu');

/** The verb right at the start, or right behind the visit's number: 延期 D12 …, D12 取消. */
const AT_START = new RegExp(`^(?:${NUMBER}(?:号|次)?[ 的]*)?(?:${NAMED}) ?${ONE}${OBJECT}?`, 'iu');
const AT_END = new RegExp(`(?:${NAMED}) ?${ONE}${OBJECT}?了?$`, 'iu');
const ANYWHERE = new RegExp(NAMED, 'u');
/** 日程 修改, 日程 4月9日一中取消, 日程 D12: behind the name of the schedule. */
const BEHIND_NAME = new RegExp(
  `${NUMBER}|^[的表 ]*(?:${ANY})|(?:取消|作废|推迟|延期|改期|恢复)了?$|改(?:到|成|为|至)`,
  'iu',
);

/** Sentences of other matters that hold one of our verbs. */
const OTHERS = /推送|播报|提醒|任务|整改|会议|会$|通知|绑定|角色|管理员|简称|规则|导入|导出|销号|申请/;
const SENTENCES: readonly RegExp[] = [
  new RegExp(`^${NUMBER}`, 'i'),
  new RegExp(`^(?:新增|添加|增加|新建|补加|加)${ONE}${OBJECT}`),
  new RegExp(`^(?:变更|修改|更改|调整|推迟|延期|取消|作废|恢复)${OBJECT}?${NUMBER}`, 'i'),
  /^(?:把|将)?(?:刚才|上面|那个|这个|\d|今天|明天|后天|[本这下]?周).*(?:改|调整|推迟|提前|延|挪|换)期?(?:到|成|为|至)/,
  /(?:督导|日程|检查|安排|入校)(?:取消|推迟|改期|提前|作废)$|(?:取消|推迟|删除|修改).{0,16}(?:督导|日程|检查|安排)$/,
  /^安排.{0,16}(?:去|到)./,
  /(?:新增|添加|新建)(?:日程|督导安排)$/,
];

/** Whether the text behind 日程 wants a visit entered or changed, or names one by its number. */
export const changesVisit = (behind: string): boolean => BEHIND_NAME.test(behind);

/** A whole line, without spaces, that enters or changes a visit and does not begin with a command's name. */
export const visitSentence = (compact: string): boolean =>
  !OTHERS.test(compact) && SENTENCES.some((sentence) => sentence.test(compact));

interface FoundVerb {
  readonly verb: VisitVerb;
  readonly start: number;
  readonly end: number;
}

/** Whether a line may hold a verb; in a name of a unit it is none. */
export const hasVisitVerb = (text: string): boolean => ANYWHERE.test(text);

/** The verb of a line and where it stands: at the start, else the one that the sentence ends with, else the first in it. */
export function verbIn(text: string): FoundVerb | undefined {
  for (const pattern of [AT_START, AT_END, ANYWHERE]) {
    const found = pattern.exec(text);
    const [verb, word] = Object.entries(found?.groups ?? {}).find(([, words]) => words !== undefined) ?? [];
    if (found && verb !== undefined && word !== undefined && isVerb(verb)) {
      const start = found.index + found[0].indexOf(word);
      return { verb, start, end: found.index + found[0].length };
    }
  }
  return undefined;
}
