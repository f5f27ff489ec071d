import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { wallClock } from '../../../src/domain/calendar/local-date.ts';
import type { Saying } from '../../../src/emulator/control.ts';
import type { MessageView } from '../../../src/emulator/message-view.ts';
import { patientTurn } from '../virtual-time.ts';
import { shanghai, type World } from '../world.ts';
import type { Arrivals } from './arrivals.ts';
import { type Cast, chatOf, type Member, memberOf, membersOf, placeName, StepError } from './cast.ts';
import { buttonsOf, filledIn, type ShownButton } from './controls.ts';
import { anyFile, storedFile, tableFile } from './files.ts';
import { asPattern } from './judge.ts';
import type { Fill, Place, Press, Say, Send, Step } from './step.ts';

export interface Stage {
  readonly world: World;
  readonly cast: Cast;
  readonly arrivals: Arrivals;
}

const ZONE = 'Asia/Shanghai';
const MINUTE_MS = 60_000;
/** A beat takes 3 ms. */
const WALKED_MS = 120 * MINUTE_MS;
/** Real milliseconds after which a file that is not read yet is a fault, not slowness. */
const HUNG_MS = 20_000;
const UNDER_WAY = "SELECT id FROM pending_import WHERE state IN ('fetching', 'confirmed')";

/** Does the step, and waits until all that follows from it has arrived. Throws StepError when nobody could do it. */
export async function act(stage: Stage, step: Step): Promise<void> {
  await deed(stage, step);
  await quiet(stage.world);
}

function deed(stage: Stage, step: Step): Promise<void> {
  switch (step.kind) {
    case 'say':
      return say(stage, step);
    case 'press':
    case 'fill':
      return press(stage, step);
    case 'send':
      return send(stage, step);
    case 'clock':
      return turnClock(stage.world, step);
    case 'person':
      return addPerson(stage, step);
    case 'group':
      return addGroup(stage, step);
  }
}

/** Deliveries, and files that are being read, which is no part of settling. */
async function quiet(world: World): Promise<void> {
  for (
    const hungAt = performance.now() + HUNG_MS;
    ;
    await (world.home === 'SQLite' ? turnOfTheLoop() : patientTurn())
  ) {
    await world.settle();
    const [imports = []] = await world.bot.rows(UNDER_WAY);
    if (imports.length === 0) return world.settle();
    if (performance.now() > hungAt) throw new StepError(`文件一直没有读完：${world.bot.warnings.at(-1) ?? ''}`);
  }
}

interface Speaker {
  readonly chatId: string;
  readonly member: Member;
  readonly inside: ReadonlySet<string>;
}

function speaker({ world, cast }: Stage, { who, place }: { readonly who: string; readonly place: Place }): Speaker {
  const chatId = chatOf(world, cast, place);
  const inside = membersOf(world, chatId);
  const member = memberOf(cast, who, inside);
  if (!inside.has(member.openId)) throw new StepError(`${member.label}不在${placeName(world, cast, chatId)}里`);
  return { chatId, member, inside };
}

/** Names with @ as Lark wants them: the label of a namesake becomes the name, and the account is the one that was meant. */
function mentioned({ cast }: Stage, text: string, inside: ReadonlySet<string>): Saying & { readonly text: string } {
  const mentions: string[] = [];
  const told = text.replace(/@([\p{Script=Han}\w]+)/gu, (whole, words: string) => {
    const names = cast.people.flatMap(({ label, name }) => [label, name]).filter((name) => words.startsWith(name));
    const name = names.sort((a, b) => b.length - a.length)[0];
    if (name === undefined) return whole;
    const member = memberOf(cast, name, inside);
    mentions.push(member.openId);
    return `@${member.name}${words.slice(name.length)}`;
  });
  return { text: told, mentions };
}

async function say(stage: Stage, step: Say): Promise<void> {
  const { world, cast } = stage;
  const { chatId, member, inside } = speaker(stage, step);
  const words = step.text.replace(/[［[]认领码[］\]]/g, world.bot.claimCode ?? '');
  const { text, mentions = [] } = mentioned(stage, words, inside);
  const { control } = world.lark;
  const answered = step.how === 'reply' ? cardIn(stage, chatId, step.card)[0]?.messageId : undefined;
  if (step.how === 'reply' && answered === undefined)
    throw new StepError(`${placeName(world, cast, chatId)}里没有可以回复的消息`);
  let replyTo = answered;
  if (step.attached) {
    const { kind: type, name } = step.attached;
    const file = { type, file: anyFile(name), ...(replyTo !== undefined && { replyTo }) };
    const sent = control.say(chatId, member.openId, '', file);
    await sent.delivered;
    replyTo = sent.messageId;
    if (step.text === '') return;
    await world.settle();
  }
  const mentionBot = 'group' in step.place && step.how !== 'aside';
  if (step.how === 'edit') {
    const own = control.messages(chatId).findLast(({ from }) => from === member.openId);
    if (!own) throw new StepError(`${member.label}在${placeName(world, cast, chatId)}里还没有发过消息`);
    await control.edit(own.messageId, member.openId, text, { mentionBot, mentions }).delivered;
    return;
  }
  const how = { mentionBot, mentions, ...(replyTo !== undefined && { replyTo }) };
  await control.say(chatId, member.openId, text, how).delivered;
}

async function send(stage: Stage, step: Send): Promise<void> {
  const { chatId, member } = speaker(stage, step);
  const { what: type, name, table } = step;
  const file = type === 'image' ? anyFile(name) : table ? tableFile(name, table) : storedFile(name);
  await stage.world.lark.control.say(chatId, member.openId, '', { type, file }).delivered;
}

/** What the bot said in a chat, the newest first; with `saying`, what says this. */
function cardIn({ world }: Stage, chatId: string, saying?: string): readonly MessageView[] {
  const pattern = saying === undefined ? undefined : asPattern(saying);
  return world.lark.control
    .messages(chatId)
    .filter(({ from, recalled, text }) => from === 'bot' && !recalled && (pattern?.test(text) ?? true))
    .toReversed();
}

async function press(stage: Stage, step: Press | Fill): Promise<void> {
  const { world, cast, arrivals } = stage;
  const { chatId, member } = speaker(stage, step);
  const isFill = step.kind === 'fill';
  const label = isFill ? step.submit : step.label;
  const fits = (button: ShownButton) => button.label === label && (!isFill || button.form !== undefined);
  const cards = cardIn(stage, chatId, step.card).map((card) => ({ card, buttons: buttonsOf(card) }));
  const found = cards.find(({ buttons }) => buttons.some(fits));
  const button = found?.buttons.filter(fits)[isFill ? 0 : step.nth - 1];
  if (!found || !button) {
    const shown = cards[0]?.buttons.map((one) => `【${one.label}】`).join('') || '没有按钮';
    const wanted = isFill ? `提交按钮是【${label}】的表单` : `【${label}】`;
    throw new StepError(`${placeName(world, cast, chatId)}里没有${wanted}；最近一张卡片：${shown}`);
  }
  if (button.disabled) throw new StepError(`【${label}】是灰的，按不了`);
  const formValue = isFill ? filledIn(button.form ?? [], step.fields, cast.people) : {};
  const result = await world.lark.control.press(found.card.messageId, member.openId, { path: button.path, formValue });
  const shown = {
    done: result.toast?.content,
    opened: `打开链接：${result.url}`,
    failed: `出错了，请稍后重试（200340）${result.reason ?? ''}`,
    expired: '这张卡片已超过14天，不能再操作',
    incomplete: '没有提交：还有必填项没有填',
  }[result.status];
  if (shown !== undefined) arrivals.toast(chatId, shown);
}

/** Minute by minute; on a long way only at the end, and before that when a reminder is due and four times a day. */
async function turnClock(world: World, { day, time }: Extract<Step, { kind: 'clock' }>): Promise<void> {
  const now = wallClock(world.time.now(), ZONE);
  const instant = shanghai(day ?? now.date, time);
  if (instant < world.time.now()) throw new StepError(`时间不能往回拨，现在是 ${now.date} ${now.time}`);
  if (instant - world.time.now() > WALKED_MS) await world.leap(instant - 15 * MINUTE_MS);
  await world.to(instant);
}

async function addPerson({ world, cast }: Stage, { name, mobile }: Extract<Step, { kind: 'person' }>): Promise<void> {
  if (cast.people.some(({ label }) => label === name)) throw new StepError(`已经有${name}了`);
  const { openId } = world.lark.control.addPerson({ name, mobile });
  cast.people.push({ label: name, name, openId });
}

async function addGroup({ world, cast }: Stage, { name, members }: Extract<Step, { kind: 'group' }>): Promise<void> {
  if (cast.groups.has(name)) throw new StepError(`已经有${name}了`);
  const openIds = members.map((member) => memberOf(cast, member).openId);
  cast.groups.set(name, await world.group(name, openIds));
}
