import { yearOf } from '../src/domain/calendar/local-date.ts';
import { NEXT_RULES, statusDoc } from '../src/features/overview/status-card.ts';
import { requestsOfOthers } from '../src/features/people/vouching.ts';
import { type Actor, type Chat, type Context, defineCommand } from '../src/language/command.ts';
import { listable } from '../src/language/who/rights.ts';

const REQUESTS = 20;

export default defineCommand({
  name: '状态',
  aliases: ['status', 'zt', '运行状态', '系统状态'],
  says: [/^(你)?(还)?(正常|在线|活着)(吗|么)$|运行(情况|正常)|推送(正常|失败)(吗|了)?|^状态(怎么样|如何|正常)/],
  apart: true,
  summary: '看群绑定、人员关联、接下来的推送和没有送达的消息',
  usage: '状态',
  examples: ['状态'],
  allow: 'anyone',
  where: ['group', 'p2p'],
  async run(context) {
    const { chat, actor, scope, today, zone, calendar, read } = context;
    // An administrator in a direct chat sees the whole; everybody else sees their own unit.
    const whole = actor.isAdministrator && chat.type === 'p2p';
    const own = whole ? undefined : scope;
    const [figures, nextPushes, requests, pause] = await Promise.all([
      read.figures(own),
      read.nextPushes(own, NEXT_RULES),
      actor.isAdministrator ? requestsHere(context) : [],
      read.pause(),
    ]);
    const year = yearOf(today);
    return {
      reply: statusDoc({
        ...figures,
        pausedAt: pause?.at,
        about: aboutOf(chat, actor, whole),
        zone,
        today,
        requests: requests.map(({ id, person }) => ({ id, who: `${person.unit.name} ${person.name}` })),
        nextPushes,
        years: [year, year + 1].map((known) => ({ year: known, known: calendar.known(known) })),
      }),
    };
  },
});

const requestsHere = async (context: Context) =>
  listable(context, 'people.change', await requestsOfOthers(context, REQUESTS), ({ person }) => person.unit.id);

function aboutOf({ type, group }: Chat, { people }: Actor, whole: boolean): string | undefined {
  if (type === 'group') return group?.unit?.name ?? '本群还没有绑定单位';
  return whole || people.length > 0 ? undefined : '还不知道您是谁，请先发送：我是 姓名';
}
