/** That all of a task is done, as units report it, and what else they say; or what they are asked, when the two do not go together. */
export type SaidDone = { readonly words: string } | { readonly unclear: string };

const ABOUT =
  '(?:截至(?:目前|今日|今天)?|目前|现在|我们|我[局区校县市]|本(?:局|区|校|县|市|单位)|(?:这|该|本|此|上述)(?:项|个|条)?(?:任务|工作|事项)?|任务|工作|各项(?:任务|工作)|所有(?:任务|工作)|[\\s,，:：])*';
const ALREADY = '(?:已经?|均|都|全部|全面|全)';
const MANNER = '(?:按时|按期|如期|提前|顺利|圆满|超额|高质量|按要求|及时|准时)';
/** Done by itself: 完成 is a report, 报送 alone is an order. */
const CLOSED = '完成|办结|办妥|办好|办完|做完|做好|竣工|建成|搞定|落实到位|整改到位|销号';
const REPORTED = '报送|上报|填报|呈报|报|提交|上交|交';
const OTHER = '办理|办|做|弄|落实|到位|结束|整改|处理';
const END = '(?:完毕|完成|完了?|好了?|齐了?|毕|到位|了)';
const STOP = '(?=$|[\\s,，。;；!、)）(（])';
/** 但还差两所 takes back what stands before it. */
const TAKES_BACK =
  /未|没|尚|不|待|缺|欠|还[差剩有需要]|[差剩]\S{0,4}[所个项家户人]|除|部分|但|只|仅|争取|预计|计划|拟|一半|百分|\d\s*%|基本|大部|正在/;

const NOT_DONE = new RegExp(
  `^${ABOUT}(?:还|尚|暂|暂时|均|都|仍)*(?:没有?|未|不)(?:能|有|曾|${ALREADY})*(?:${CLOSED}|${REPORTED}|${OTHER}|开始|启动)*${END}?$`,
);

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * 已完成, 全部办结, 已经报了, 自查报告已报送: the whole task. Only what is said of the task itself counts: 已完成招标 is a step of it, 已报送
 * names its matter (报送自查报告), and nothing with 未, 没有 or 基本 is ever all.
 */
export function readDone(text: string, title: string): SaidDone | undefined {
  if (NOT_DONE.test(text)) return { unclear: '没有记下：没有完成的，请写进度和原因，例如：40% 正在收集材料。' };
  const matter = escaped(title);
  const reported = escaped(title.replace(new RegExp(`^(?:${REPORTED})`), ''));
  const verb = /^\p{Script=Han}{2}/u.exec(title)?.[0];
  const weak = [REPORTED, OTHER, ...(verb ? [escaped(verb)] : [])].join('|');
  const whole = new RegExp(
    `^${ABOUT}(?:${[
      `(?:${matter})?(?:${ALREADY}|${MANNER})*(?:${CLOSED})${END}*(?:${matter})?`,
      `(?:${reported})?(?:${ALREADY}|${MANNER})+(?:${weak})${END}*(?:${reported})?`,
      `(?:${reported})?(?:${weak})${END}+`,
    ].join('|')})${STOP}`,
    'u',
  ).exec(text);
  if (!whole) return undefined;
  const words = text.slice(whole[0].length).replace(/^[\s,，。;；!、]+/, '');
  if (TAKES_BACK.test(words))
    return {
      unclear: `没有记下：“${whole[0].trim()}”和“${words.slice(0, 20)}”对不上，请写进度，例如：80% ${words.slice(0, 20)}`,
    };
  return { words };
}
