import type { Redirect } from '../../language/command.ts';

/** What groups are full of and people pass on to the bot: it is said what it is and what could be done with it, once, and nothing is done. */
export const DOCUMENTS: readonly Redirect[] = [
  {
    about: '接龙',
    words: [],
    heading: '这是接龙',
    document: ([first = '', second = '']) => /^[#＃\s【[]*接龙/.test(first) || /^[#＃]\s*接龙/.test(second),
    answer:
      '接龙不用发给我，没有登记任何内容。要看谁收到了，请发送：通知 群或单位：内容；要各单位报情况，请发送：任务 新增 内容 牵头 单位 截止 6月15日',
  },
  {
    about: '转发的通知',
    words: [],
    heading: '这是一份转发的文字',
    document: isNotice,
    answer:
      '没有当作命令办理，也没有登记。要发到群里并统计收到，请发送：通知 群或单位：内容；要下达任务，请发送：任务 新增 内容 牵头 单位 截止 6月15日；要登记问题，请发送：问题 单位 内容 期限',
  },
];

const HEADED = /^【[^】]{0,12}(?:通知|通报|公告|紧急|提醒|提示|预警|要求)】/;
const TITLE = /^(?!.*(?:谁|哪|吗|什么|没)).*(?:通知|通报|公告|函|意见|方案|要点|纪要|倡议书|一封信)[】》”"：:]*$/;
const ADDRESSED = /^(?:【[^】]*】)?[^，。；,;]{0,40}[：:]$/;
const PHRASES =
  /特此(?:通知|通报|函告|公告)|^(?:[【[]?转发?[】\]]?|转)[^，。]{0,12}(?:通知|消息|[：:])|各(?:县区|区县|单位|学校|校|乡镇|科室|成员单位|位[^，。：:]{1,8})[^，。]{0,16}[：:]|收到请(?:回复?|接龙)|现将有关(?:事项|要求)/m;

/** Several lines that begin as an official document does, or one that is headed as such; never what asks politely and holds commands only. */
function isNotice(lines: readonly string[], isSaid: (line: string) => boolean): boolean {
  const [first = '', ...more] = lines;
  if (HEADED.test(first)) return true;
  if (more.length === 0) return /特此(?:通知|通报|函告|公告)|^【?转发】?[^，。]{0,12}通知/.test(first);
  if (PHRASES.test(lines.join('\n')) || TITLE.test(first)) return true;
  // 请问： and then what is asked.
  return ADDRESSED.test(first) && !more.every(isSaid);
}
