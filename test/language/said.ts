import { registry } from '../../commands/registry.ts';
import { date } from '../../src/domain/calendar/local-date.ts';
import { statutoryCalendar } from '../../src/domain/calendar/statutory.ts';
import { saidVisit } from '../../src/features/visits/visit-phrase.ts';
import type { VisitVerb } from '../../src/features/visits/visit-words.ts';
import { UserError } from '../../src/language/errors.ts';
import type { Form } from '../../src/language/forms/form.ts';
import { formOf } from '../../src/language/forms/forms.ts';
import { readForm } from '../../src/language/forms/read-form.ts';
import { type Understood, understandMessage } from '../../src/language/grammar.ts';
import type { UnitMention } from '../../src/language/words/slots.ts';
import { lookupIn } from './directory.ts';

const calendar = statutoryCalendar();

/** What a message means to the bot, written as test/fixtures/utterances.expected.json writes it. */
export type Meaning =
  | { class: 'command'; command: string; args: Record<string, unknown> }
  | { class: 'redirected'; about: string }
  | { class: 'refused'; reason: string }
  | { class: 'unread'; lines: number }
  | { class: 'unknown'; nearest: readonly string[] };

/** Each line of a message, said in the sample district on a day. */
export async function meanings(
  text: string,
  today = '2026-04-01',
  asked: (readonly string[])[] = [],
): Promise<Meaning[]> {
  const lines = await understandMessage(text, {
    commands: registry,
    today: date(today),
    calendar,
    lookup: lookupIn(asked),
  });
  return Promise.all(lines.map((line) => meaningOf(line, today)));
}

/** The one line's meaning. */
export async function meaning(text: string, today?: string): Promise<Meaning> {
  const [only, ...more] = await meanings(text, today);
  if (!only || more.length > 0) throw new Error(`not one line: ${text}`);
  return only;
}

/** Shorthand for the arguments of a line that must be a command: '日程 {"units":["一中"]}'. */
export async function read(text: string, today?: string): Promise<readonly [string, Record<string, unknown>]> {
  const found = await meaning(text, today);
  if (found.class !== 'command') throw new Error(`${text}: ${JSON.stringify(found)}`);
  return [found.command, found.args];
}

async function meaningOf(line: Understood, today: string): Promise<Meaning> {
  switch (line.kind) {
    case 'command':
      return {
        class: 'command',
        command: line.command.name,
        args: await argsOf(line, today),
      };
    case 'redirected':
      return { class: 'redirected', about: line.redirect.about };
    case 'refused':
      return { class: 'refused', reason: line.reason };
    case 'unread':
      return { class: 'unread', lines: line.lines };
    case 'unknown':
      return { class: 'unknown', nearest: line.nearest };
  }
}

/** Their units and people stand in their forms. */
const IN_FORMS: readonly string[] = ['绑定', '我是'];

async function argsOf(line: Extract<Understood, { kind: 'command' }>, today: string): Promise<Record<string, unknown>> {
  const { command, slots } = line;
  if (command.name === '日程管理') return visitOf(slots.rest, today);
  if (!IN_FORMS.includes(command.name) || !command.forms) return canonical(line);
  try {
    const { form, text } = formOf(command.forms as readonly Form[], slots.rest);
    const { args } = await readForm(form, text, { today: date(today), calendar, lookup: lookupIn() });
    const { unit, person, ...rest } = args as Readonly<Record<string, unknown>> & { readonly unit?: UnitMention };
    const all = { ...rest, units: unit && [unit.written], people: person && [person] };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => isThere(value)));
  } catch (error) {
    if (error instanceof UserError) return { refused: error.message };
    throw error;
  }
}

const VERBS: readonly (VisitVerb | undefined)[] = ['add', 'change', 'postpone', 'cancel', 'restore'];

/** By the forms of the command, one that is spoken in the form of its verb. */
export async function visitOf(line: string, today: string): Promise<Record<string, unknown>> {
  const forms = (registry.find(({ name }) => name === '日程管理')?.forms ?? []) as readonly Form[];
  try {
    const { form, text } = formOf(forms, line);
    const read = await readForm(form, text, { today: date(today), calendar, lookup: lookupIn() });
    const order = read.args['order'] as { readonly form: Form; readonly args: typeof read.args } | undefined;
    return meantVisit(VERBS[forms.indexOf(order?.form ?? form)], (order?.args ?? read.args) as VisitArgs);
  } catch (error) {
    if (error instanceof UserError) return { refused: error.message };
    throw error;
  }
}

type VisitArgs = Parameters<typeof saidVisit>[0] & {
  readonly numbers?: readonly number[];
  readonly justNow?: string;
};

function meantVisit(verb: VisitVerb | undefined, args: VisitArgs): Record<string, unknown> {
  const { on, when, unit, leader, members, confirmed, more, justNow: _justNow, ...rest } = saidVisit(args);
  const { numbers = [], justNow } = args;
  const all = {
    ...rest,
    verb,
    number: rest.number ?? numbers[0],
    ...(confirmed && { confirmed }),
    ...(numbers.length > 1 && { numbers }),
    on: on?.span.from,
    when: when && (when.span.from === when.span.to ? when.span.from : when.span),
    units: unit ? [unit.written] : [],
    leader: leader?.name,
    members: members?.map(({ name }) => name),
    rest: more ?? justNow,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => isThere(value)));
}

const isThere = (value: unknown) =>
  value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);

/** These read their own words, whatever spaces stand between them. */
const RAW: readonly string[] = ['任务', '进展', '通知', '收到'];

/** Arguments that are there, by their names; a limit is its last day, a unit the word that was written. */
function canonical({ command, slots }: Extract<Understood, { kind: 'command' }>): Record<string, unknown> {
  const { when, until, units, people, programs, checklists, rest, ...single } = slots;
  const all = {
    ...single,
    ...(until ? { until: when?.to } : { when }),
    units: units.map(({ written }) => written),
    people,
    programs: [...new Set(programs.map(({ programId }) => programId))],
    checklists: [...new Set(checklists.map(({ checklistId }) => checklistId))],
    // Commands without arguments do not look at what else was said: 你好 is a way to ask for help.
    // 整改 reads the whole line itself, in any order of its words: test/features/findings/finding-line.test.ts.
    // 问题 is told in free words; spaces are typed or not.
    rest: ['帮助', '状态', '我的', '整改'].includes(command.name)
      ? ''
      : [...RAW, '问题'].includes(command.name)
        ? rest.replaceAll(' ', '')
        : rest,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => isThere(value)));
}
