import type { UnitRef } from '../../domain/people/unit.ts';

/** Who looked, when and where: says nothing of what was found. */
const LEAD =
  '(?:经|检查|督导|督查|排查|查看|现场|本次|此次|这次|今天|今日|上午|下午|目前|现在|该校|学校|我们|一切|各方面|其他|都|均|也|还|暂时?|并|[\\s,，、:])*';
const PROBLEM = '(?:问题|隐患|异常|毛病|情况|风险|不足|漏洞)';
const KIND = '(?:任何|什么|啥|大|明显|突出|重大|严重|其他|新的?|安全|的|需要?整改|需|和|及|或|、|问题|隐患)*';
const NONE = new RegExp(
  `^${LEAD}(?:(?:没有?|未|无|零|0|不)(?:再|能)?(?:被)?(?:发现|查出|查到|检查出|见到?|看到|有|存在)?(?:个|项|了)?(?:${KIND}${PROBLEM})?|` +
    `${PROBLEM}(?:没有|无|不存在|未发现|0|零)|(?:正常|很好|良好|挺好|合格|达标|符合要求)(?:的)?)(?:存在)?(?:了)?$`,
);
/** 上次的问题都改完了: of one that is in the books. With words of what was wrong (灯坏3间，已经改好) it is a problem. */
const MENDED = new RegExp(
  '^(?:(?:上次|之前|以前|前期|原来|那个|那些)[^,，。;；]*?)?(?:问题|隐患|[\\s])*(?:已经?|都|均|全部|全|也|基本|[\\s])*' +
    '(?:整改|改正?|处理|解决|整治|修|销号|办结|完成)(?:好|完|到位|完成|完毕|结束)*了?$',
);
/** 食堂卫生良好, behind 未发现明显问题. */
const GOOD = /(?:良好|很好|正常|规范|到位|齐全|整洁|合格|达标|完好|有序|不错|较好)(?:的|了)?$/;
const NO_MENDING = /(?:不用|无需|无须|不需要?|不必|免于)(?:再)?(?:整改|处理|改)(?:了)?$/;
const DONE = /已|都|均|全|好|完|到位|毕|了/;
const NOT = /未|没|不|无/;

const WHAT = '(?:什么|哪些|哪几[个项条]|啥|多少|几[个项条])';
/** The whole line asks, from its beginning or at its end; 门卫不知道报警电话是多少 says what is wrong. */
const QUESTIONS = [
  new RegExp(`^(?:现在|目前|还|都|又|一共|总共|共|最近|上次|这次)*(?:有|查出|查到|发现|存在|剩)?(?:了|过)?${WHAT}`),
  new RegExp(`^(?:问题|隐患|整改)?(?:还|都)?(?:有|是|剩)${WHAT}(?:问题|隐患|没改)?$`),
  /^(?:问题|隐患|现在|目前|上次的?问题|[\s])*(?:有没有|有无|是否|是不是|改没改|何时|几时|什么时候|为什么|怎么)/,
  /(?:了|过|好|完|到位|整改|处理|解决|销号|落实)(?:没有?|不|与否)$/,
];
const HOW_FAR = /(?:怎么样|怎样|如何|啥样|到哪一?步|到什么程度|咋样)了?$/;
const UNABLE = /不知|不清|不懂|不会|不能|不明|答不|说不|不了解|未/;

const isAsking = (text: string): boolean =>
  QUESTIONS.some((question) => question.test(text)) || (HOW_FAR.test(text) && !UNABLE.test(text));

/** 未发现明显问题，食堂卫生良好. */
function isNothing(said: string): boolean {
  const [first = '', ...others] = said.split(/[,，;；。、]+\s*/).filter((clause) => clause !== '');
  if (said === '') return false;
  return NONE.test(said) || (NONE.test(first) && others.every((clause) => NONE.test(clause) || GOOD.test(clause)));
}

/** Why a text is no problem, and what serves: it asks, says that there is none, or that one is mended. */
export function noFinding(text: string, { name }: UnitRef, isQuestion: boolean): string | undefined {
  const said = text.replace(/[\s。!！~]+$/, '');
  const look = `请发送：整改 ${name}`;
  if (isQuestion || isAsking(said)) return `没有登记：这是在问。查${name}的问题和整改情况，${look}`;
  if (isNothing(said)) return '没有登记：写的是没有发现问题。查到问题时，请写明是什么问题再发。';
  if (NO_MENDING.test(said)) return '没有登记：写的是不用整改。要整改的请写明是什么问题，不写“不用整改”。';
  if (MENDED.test(said) && DONE.test(said) && !NOT.test(said))
    return `没有登记：写的是已经整改。看编号${look}；报整改完成请发送：整改 W编号 完成 做了什么`;
  return undefined;
}
