import { addDays, date, instantAt, type LocalDate, type LocalTime } from '../domain/calendar/local-date.ts';
import type { Emulator } from '../emulator/server.ts';
import { type DemoClock, ZONE } from './demo-clock.ts';
import { type DemoGroup, type District, importDistrict } from './demo-district.ts';
import type { Screen } from './demo-screen.ts';
import type { Talk } from './demo-talk.ts';
import type { Running } from './node.ts';

/** The Monday of the sample district's workbooks. */
const MONDAY = date('2026-04-20');

const at = (time: LocalTime, day: LocalDate = MONDAY) => instantAt(day, time, ZONE);
export const STORY_BEGINS = at('08:20');

interface Stage {
  readonly emulator: Emulator;
  readonly bot: Running;
  readonly clock: DemoClock;
  readonly district: District;
  readonly talk: Talk;
  readonly screen: Screen;
}

/** A Monday morning in 云溪市: the tables go in, the bot is put into its groups, reminders arrive, officials ask. */
export async function mondayMorning(stage: Stage): Promise<void> {
  await prepare(stage);
  await reminders(stage);
  await questions(stage);
  await receipts(stage);
  await rectification(stage);
}

/** The rest of the week for those who watch: a push each morning, and what is asked then. Monday has been told. */
export async function restOfWeek({ clock, district, talk, screen }: Stage): Promise<void> {
  const { people, groups } = district;
  const [bureau, county] = groups;
  const ask = (group: DemoGroup, who: string, text: string) => talk.say(group.chatId, who, `@督导助手 ${text}`);
  const morning = async (name: string, days: number) => {
    screen.heading(`${name}早上，推送照常到达`);
    await clock.advanceTo(at('08:38', addDays(MONDAY, days)));
  };
  await morning('周二', 1);
  await ask(county, people.county, '截止 逾期');
  await morning('周四', 3);
  await ask(bureau, people.leader, '日程 我');
  await morning('周五', 4);
  await ask(bureau, people.bureau, '日程 下周');
}

async function prepare({ emulator, bot, clock, district, talk, screen }: Stage): Promise<void> {
  const { people, groups } = district;
  screen.lines([
    '',
    '督导助手演示：虚构的云溪市，2026年4月20日（周一）8:20。机器人是真的，飞书由模拟器代替，不需要账号。',
  ]);
  screen.heading('一、导入样例数据：四张 .xlsx 表，照办公室平时的样子（新增、变更含随表而来的单位和人员）');
  await importDistrict(bot.core, screen.lines);

  screen.heading('二、把督导助手拉进三个工作群');
  for (const { chatId, speaker } of groups) {
    await emulator.control.addBot(chatId, { by: speaker });
    await emulator.control.when(() => talk.newest(chatId) !== '');
  }

  screen.heading('三、管理员认领，绑定单位');
  await talk.say(emulator.control.p2p(people.director), people.director, `认领 ${bot.claimCode}`);
  for (const { chatId, unit } of groups) await talk.say(chatId, people.director, `@督导助手 绑定 ${unit}`);
  // Two heartbeats: the first looks people up by mobile number, the second by the names of their groups' members. Inspectors wait for a word.
  await clock.advanceTo(at('08:23'));
  await talk.press(emulator.control.p2p(people.director), people.director, '全部确认');
}

async function reminders({ emulator, clock, district, screen }: Stage): Promise<void> {
  screen.heading('四、8:30 以后，各群收到推送（错开几分钟）');
  const counts = () => district.groups.map(({ chatId }) => emulator.control.messages(chatId).length);
  const before = counts();
  await clock.advanceTo(at('08:38'));
  await emulator.control.when(() => counts().every((count, group) => count > (before[group] ?? 0)));
}

async function questions({ emulator, clock, district, talk, screen }: Stage): Promise<void> {
  const { people, groups } = district;
  const [bureau, county, school] = groups;
  const ask = (group: DemoGroup, who: string, text: string) => talk.say(group.chatId, who, `@督导助手 ${text}`);

  screen.heading('五、大家来问');
  await ask(bureau, people.bureau, '日程 明天');
  await ask(bureau, people.bureau, '一中什么时候督导');
  await ask(school, people.school, '一中什么时候督导');
  await ask(county, people.county, '截止 本周');
  await ask(county, people.county, '清单 YZ-1.4');
  await ask(county, people.county, '清单 优质均衡');
  await talk.press(county.chatId, people.government, '下一页');

  screen.heading('六、我是谁，我的事');
  await ask(county, people.primary, '我是 望海区实验小学 吕壬');
  const code = /我是 确认 (\w+)/.exec(talk.newest(county.chatId))?.[1] ?? '';
  await ask(county, people.director, `我是 确认 ${code}`);
  await ask(bureau, people.leader, '我的');
  await talk.say(emulator.control.p2p(people.county), people.county, '我的');

  screen.heading('七、9:00 随机督导开始，督导对象公开');
  await clock.advanceTo(at('09:01'));
  await ask(bureau, people.bureau, '日程 今天');
  await talk.say(emulator.control.p2p(people.director), people.director, '状态');
}

async function receipts({ clock, district, talk, screen }: Stage): Promise<void> {
  const { people, groups } = district;
  const [, county] = groups;
  screen.heading('八、发通知，谁收到了');
  await talk.say(county.chatId, people.director, '@督导助手 通知 周四下午在区教育局三楼召开整改调度会 截止 明天 17:00');
  await talk.press(county.chatId, people.county, '收到');
  // The next heartbeats learn who the group's members are.
  await clock.advanceTo(at('09:04'));
  await talk.say(county.chatId, people.director, '@督导助手 谁没收到');
}

/** The short way: a small matter, from the finding to 销号. */
async function rectification({ clock, district, talk, screen }: Stage): Promise<void> {
  const { people, groups } = district;
  const [bureau, , school] = groups;
  const ask = (group: DemoGroup, who: string, text: string) => talk.say(group.chatId, who, `@督导助手 ${text}`);
  screen.heading('九、发现问题，整改，销号');
  await ask(bureau, people.director, '问题 望海一中 学生社团活动台账不全 5个工作日 责任人朱戊');
  await talk.press(bureau.chatId, people.director, '下达');
  await clock.advanceTo(at('09:06'));
  await talk.sayWithPicture(school.chatId, people.school, '@督导助手 整改 W1 完成 台账已补齐，原因：没有专人管理');
  await clock.advanceTo(at('09:08'));
  await ask(bureau, people.director, '整改 W1 销号 已查看补齐的台账');
  await ask(bureau, people.bureau, '汇总');
}
