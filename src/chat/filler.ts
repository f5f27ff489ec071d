import { wordings } from './phrases.ts';

/** Which words of a command's lines carry no argument. They are cut at both ends of a piece and never inside it: a keyword stays whole. */
const QUESTIONS =
  '什么时候 什么时间 几次 几天 几项 还有几天 没有 没 什么 何时 哪天 哪一天 几号 几点 多久 谁 哪些人 哪些 哪几所 哪几个 哪几 哪个 哪所 哪里 哪儿 哪 几所 几个 多少 啥 有没有 有无 是否 怎么样 怎么 如何 情况';
const PARTICLES =
  '的 了 是 有 在 去 到 来 过 要 会 都 还 和 与 及 个 所 把 给 被 从 由 为 跟 查 看 里 也 就 又 再 吗 呢 吧 , , ; : ; 、 。 ( ) - ~ ! ? " “ ” / @ #';
const WHOLE =
  '本群 这个群 我们 咱们 我校 我区 我县 我市 我局 我园 我镇 本校 本区 本县 本市 本局 本园 全市 全区 全县 各学校 各县区 各区县 各单位 所有 全部';

const OF_COMMAND: Readonly<Record<string, string>> = {
  日程: '督导组 督导 督查 检查 视导 入校 安排 计划 工作 日程 行程 带队 组长 哪支 学校 单位 人 上午 下午 下校',
  截止: '还欠着 还欠 欠着 欠 还差 还剩 剩 哪些工作 什么工作 哪些事 什么事 要办 没办 办 要交 需要交 应交 交 要报 报送 上报 报 提交 要完成 完成 未完成 没完成 要做 没交 未交 没报 未报 没有交 快到期 到期 截止 任务 待办 材料 前 之前 以前 内 以内 有谁 快 单位 事项',
  倒计时:
    '距离 距 离 到 还剩 还有 还差 剩 个工作日 工作日 自然日 几个工作日 多少个工作日 多少天 天 之前 以前 前 日期 时间 节点 专项 进场 大概',
  我的: '事 工作 任务 日程 待办 督导 安排 要做 要交',
  我是: '我 来自 老师 同志',
  审计: '改了 改过 改 删了 删过 删 动了 动过 修改 变更 操作 记录 查',
  绑定: '绑定 绑到 归 属于 单位 群',
};

/** A subject's own words may look like a question's (有效期, 学校管理, 标准化): where keywords are expected the lists are short, and differ by end. */
const KEYWORD_HEAD = '的 是 有 由 谁 哪些 什么 关于 查 查询 各个 , ; : ; 、 。 ( ) ! ? " “ ” / -';
const KEYWORD_TAIL =
  '是什么 是多少 是哪些 有哪些 有什么 有多少 有几项 有几条 什么 多少 哪些 哪些单位 哪些学校 哪个 啥 怎么样 怎么算 怎么 如何 如何计算 指 指标 监测点 观测点 考查要点 的标准 标准 标准是 的要求 要求 的内容 内容 评估细则 细则 谁负责 谁牵头 由谁 谁 负责 牵头 多少分 几分 计分 分值 需要什么材料 需要什么佐证材料 要什么佐证材料 的佐证材料 佐证材料 的 是 有 , ; : 、 。 ( ) ! ? " “ ” / -';

/** 是哪八项 of 八项督导是哪八项. */
const COUNTED = /(?:是|有)?哪?[一二三四五六七八九十\d]{1,3}(?:项|条|个|方面)$/;
const COUNTED_LENGTH = 8;

interface Filler {
  readonly head: readonly string[];
  readonly tail: readonly string[];
  readonly counted?: true;
}

const namesOf = (command: string): readonly string[] => {
  const wording = Object.entries(wordings).find(([name]) => name === command)?.[1];
  return [command, ...(wording?.aliases ?? [])];
};

const longestFirst = (lists: readonly string[], names: readonly string[] = []): readonly string[] =>
  [...new Set([...lists.flatMap((words) => words.split(' ')), ...names])]
    .map((word) => word.toLowerCase())
    .sort((a, b) => b.length - a.length);

const fillers = new Map<string, Filler>(
  Object.entries(OF_COMMAND).map(([command, own]) => {
    const words = longestFirst([own, QUESTIONS, PARTICLES, WHOLE], namesOf(command));
    return [command, { head: words, tail: words }];
  }),
);
fillers.set('清单', {
  head: longestFirst([KEYWORD_HEAD, WHOLE]),
  tail: longestFirst([KEYWORD_TAIL, WHOLE], namesOf('清单')),
  counted: true,
});
const MARKS = longestFirst([', ; : 、 。']);
const OTHERS: Filler = { head: MARKS, tail: MARKS };

/**
 * The piece without the words of the question around it. One word at a time: a pattern that repeats overlapping words (没有, 没, 有)
 * would take a time that doubles with each of them.
 */
export function withoutFiller(piece: string, command: string): string {
  const { head, tail, counted } = fillers.get(command) ?? OTHERS;
  let start = 0;
  let end = piece.length;
  const lower = piece.toLowerCase();
  for (let cutting = true; cutting && start < end; ) {
    const first = lower.charAt(start) === ' ' ? ' ' : head.find((word) => lower.startsWith(word, start));
    start += first?.length ?? 0;
    const last = lower.charAt(end - 1) === ' ' ? ' ' : tail.find((word) => lower.endsWith(word, end));
    const count = counted ? COUNTED.exec(piece.slice(Math.max(start, end - COUNTED_LENGTH), end))?.[0] : undefined;
    end -= last?.length ?? count?.length ?? 0;
    cutting = first !== undefined || last !== undefined || count !== undefined;
  }
  return piece.slice(start, Math.max(start, end));
}
