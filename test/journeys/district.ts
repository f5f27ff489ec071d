import type { MessageView } from '../../src/emulator/message-view.ts';
import type { World } from '../support/world.ts';

/**
 * A small 云溪市 for the journeys, as its offices keep it. Two people are called 陈甲: 望海区教育局 has one and 临江区教育局 another. 曹丙 and
 * 王丁 have no account. Monday is 2026-04-20; 2026-05-01 to 05 is holiday, Saturday 2026-05-09 a working day.
 */
const DIRECTORY = `云溪市单位通讯录
序号,单位名称,简称,类别,联络员,职务,手机
1,市教育局,教育局,成员单位,周丙,科长,13900000001
2,市教育局督导室,督导室,科室,吕壬,主任,13900000002
3,望海区人民政府,望海区,县区政府,钱壬,科长,13900000010
4,望海区教育局,望海教育局,县区教育局,陈甲,科员,13900000011
5,望海区财政局,望海财政局,成员单位,王丁,科员,13900000012
6,望海区第一中学,一中,中学,朱戊,主任,13900000013
7,望海区实验小学,实小,小学,何辛,主任,13900000014
8,临江区人民政府,临江区,县区政府,李己,科长,13900000020
9,临江区教育局,临江教育局,县区教育局,陈甲,科员,13900000021
10,临江区第一中学,一中,中学,许庚,主任,13900000023
11,临江区实验小学,实小,小学,沈乙,主任,13900000024
`;

/** The inspectors, with their numbers: 姓名, since they are nobody's liaisons. */
const ROSTER = `云溪市单位通讯录
序号,单位名称,姓名,手机
1,市教育局督导室,韩丙,13900000003
2,市教育局督导室,李庚,13900000004
`;

const SCHEDULE = `云溪市2026年督导日程表
编制单位：市教育局督导室
序号,督导日期,时段,督导类型,督导对象,督导内容,组长,成员,联络员,备注
1,2026-04-20,上午,综合督导,望海区第一中学,招生收费,韩丙,李庚、曹丙,朱戊,
2,2026-04-20,上午,随机督导,望海区实验小学,食堂食品安全,李庚,韩丙,何辛,带执法记录仪
3,2026-04-21,下午,专项督导,临江区第一中学,课后服务,李庚,曹丙,许庚,
4,2026-04-22,全天,复查,望海区第一中学,整改情况复查,韩丙,,朱戊,
5,2026-05-06,上午,专项督导,望海区第一中学,校园安全,韩丙,,朱戊,
6,2026-05-09,上午,经常性督导,望海区第一中学,作业管理,李庚,,朱戊,
7,2026-05-20,上午,专项督导,望海区第一中学,课后服务,韩丙,,朱戊,
8,2026-05-12,上午,专项督导,临江区第一中学,招生收费,李庚,,许庚,
`;

const WANGHAI_TASKS = `望海区迎接2026年“两项督导”任务分解表
序号,任务内容,牵头单位,配合单位,责任人,完成时限
1,报送自查报告,望海区教育局,望海区第一中学,陈甲,2026-04-23
2,化解大班额,望海区教育局,,陈甲,2026-04-15
3,核拨公用经费,望海区财政局,望海区教育局,王丁,2026-04-21
4,归集佐证材料,望海区教育局,各学校,陈甲,2026-06-15
5,落实校车安全,望海区教育局,,陈甲,长期坚持
`;

const LINJIANG_TASKS = `临江区迎接2026年“两项督导”任务分解表
序号,任务内容,牵头单位,配合单位,责任人,完成时限
1,报送校车台账,临江区教育局,,陈甲,2026-04-21
`;

/** Imports the five tables in the order in which an administrator would. */
export async function importDistrict(world: Pick<World, 'importTable'>): Promise<void> {
  await world.importTable('单位通讯录.csv', DIRECTORY);
  await world.importTable('督学名册.csv', ROSTER);
  await world.importTable('督导日程表.csv', SCHEDULE);
  await world.importTable('望海区任务分解表.csv', WANGHAI_TASKS);
  await world.importTable('临江区任务分解表.csv', LINJIANG_TASKS);
}

/** Who is on Lark; 曹丙 and 王丁 are not. */
export function people(world: World) {
  return {
    director: world.person('吕壬', '13900000002'),
    bureau: world.person('周丙', '13900000001'),
    leader: world.person('韩丙', '13900000003'),
    second: world.person('李庚', '13900000004'),
    wanghai: world.person('陈甲', '13900000011'),
    linjiang: world.person('陈甲', '13900000021'),
    school: world.person('朱戊', '13900000013'),
    stranger: world.person('过路人'),
  };
}
export type People = ReturnType<typeof people>;

/** Makes 吕壬 administrator by the claim code, in the direct chat. */
export async function claim(world: World, { director }: People): Promise<void> {
  await world.ask(world.lark.control.p2p(director), director, `认领 ${world.bot.claimCode}`);
}

/** A group with the bot in it, bound to a unit by the administrator. */
export async function boundGroup(
  world: World,
  name: string,
  unit: string,
  members: readonly string[],
  { director }: People,
): Promise<string> {
  const chatId = await world.group(name, [...members, director]);
  const answer = await world.ask(chatId, director, `@督导助手 绑定 ${unit}`);
  if (!answer.startsWith('绑定成功')) throw new Error(answer);
  world.fresh(chatId);
  return chatId;
}

/** Open ids that a message really mentions: what Lark would ring, not what the text shows. */
export const mentioned = (message: MessageView | undefined): readonly string[] =>
  [...(message?.content ?? '').matchAll(/<at id=\\?"?(\w+)/g)].flatMap(([, id]) => id ?? []);
