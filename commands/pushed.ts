import { plainDoc } from '../src/cards/plain.ts';
import type { WorkGroup } from '../src/domain/groups/group.ts';
import { CONTENT_KEYS, CONTENTS, contentWord, type ReminderContent } from '../src/domain/reminders/contents.ts';
import { type ContextOf, defineCommand, parts } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { resolveOwnUnit } from '../src/language/who/resolve.ts';
import { topUnits } from '../src/language/who/top-units.ts';

const line = parts({ names: true, filler: '发一下 发 看 看一下 内容 的 今天 今日 补 再' });
type Context = ContextOf<typeof line>;

/** Whatever is pushed can be asked for, made by the code that pushes. */
export default defineCommand({
  name: '今日推送',
  aliases: ['brief', 'zb', '早报', '晨报', '今日早报', '今日简报', '推送内容'],
  says: [/^今[天日]的?(?:早报|推送)(?:的?内容)?$/],
  saysBefore: ['日程'],
  line,
  summary: '现在看今天推送的内容，和推送到群里的一样',
  usage: '今日推送 [单位] [今日日程|截止提醒|倒计时|进展催报|进展汇总|本周日程|本月日程]',
  examples: ['今日推送', '今日推送 本周日程', '早报 望海区'],
  allow: 'anyone',
  where: ['group', 'p2p'],
  async run(context) {
    const contents = contentsOf(context.args.rest);
    const group = await placeOf(context);
    const doc = await context.preview.today(group, contents);
    const words = [
      '今日推送',
      ...(context.args.units.length > 0 ? [group.unit?.name ?? ''] : []),
      ...contents.map(contentWord),
    ];
    const asked = contents.length > 0 ? contents.map(contentWord).join('、') : '今天';
    return {
      nothing: doc === undefined,
      reply: doc
        ? { ...doc, query: words.join(' ') }
        : plainDoc('今日推送', `${group.unit?.name ?? ''}${asked}没有要推送的内容。`, { tone: 'muted' }),
    };
  },
});

/** None: what is pushed today. */
function contentsOf(rest: string): readonly ReminderContent[] {
  const words = rest
    .replace(/^(?:今[天日]的?)?(?:推送|早报)(?:的?内容)?(?=$|[\s,，、])/, '')
    .split(/[\s,，、和]+/)
    .filter((word) => word !== '');
  const found = words.map((word) =>
    CONTENT_KEYS.toReversed().find((content) => new RegExp(`^(?:${CONTENTS[content].spoken})$`).test(word)),
  );
  const unknown = words.find((_, at) => found[at] === undefined);
  if (unknown !== undefined)
    throw new UserError(`没有“${unknown}”这种推送。可以看：${CONTENT_KEYS.map(contentWord).join('、')}。`);
  return CONTENT_KEYS.filter((content) => found.includes(content));
}

/** The group that is asked in, or the unit's own; a unit without one is shown what such a group would get. */
async function placeOf(context: Context): Promise<WorkGroup> {
  const { args, chat, scope, read } = context;
  const named = await resolveOwnUnit(args.units, context);
  if (chat.type === 'group') {
    if (!chat.group?.unit) throw new UserError('本群还没有绑定单位，请管理员发送：绑定 单位名称');
    if (!named || named.id === chat.group.unit.id) return chat.group;
  }
  const tops = named ? [named] : await topUnits(read, scope.unitIds);
  const [unit, second] = tops;
  if (!unit) throw new UserError('还不知道您是谁，请先发送：我是 姓名');
  if (second) throw new UserError(`您看得到几个单位，请写上单位，例如：今日推送 ${unit.name}（或 ${second.name}）。`);
  const own = (await read.activeGroups()).map(({ group }) => group).find((group) => group.unit?.id === unit.id);
  const isRoot = (await read.roots()).includes(unit.id);
  return (
    own ?? { chatId: chat.chatId, name: '', state: 'active', unit: { ...unit, sees: unit.id, isRoot }, version: 0 }
  );
}
