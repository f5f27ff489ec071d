import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { openSqlite } from '../../src/db/sqlite.ts';
import type { Instant } from '../../src/domain/calendar/local-date.ts';
import { openWorkbook } from '../../src/excel/open-workbook.ts';
import { isRefusal } from '../../src/excel/refusal.ts';
import { textOf } from '../../src/excel/workbook.ts';
import type { Store } from '../../src/ports/store.ts';
import { readerText } from '../cards/reader-text.ts';
import { scratchFolder } from '../support/scratch-folder.ts';
import { commit, decide, tracesOf } from './ask.ts';
import { accountOf, chatOf, district, type Group, MORNING, mentionsIn, type Person } from './district.ts';

// Lines said over a real store and without Lark: refusals, half-said lines and bad input, a millisecond or two each.

/** Somebody in a chat: the direct one, unless `in` says which group. */
export interface Seat {
  /** For the names of tests. */
  readonly who: string;
  /** The answer as it is read. The line must leave nothing behind: no row, no message to others, no file. */
  say(line: string): Promise<string>;
  /** The answer, whatever the line would leave behind. */
  look(line: string): Promise<string>;
  /** What the files hold that the line is answered with. */
  files(line: string): Promise<string>;
  /** The answer to a line that leaves something behind: it is written, and what is asked next knows of it. */
  order(line: string): Promise<string>;
  in(group: Group): Seat;
}

type Seated = Readonly<Record<Person, Seat>>;

interface Seats extends Seated {
  /** The clock goes there; it does not go by itself. */
  readonly to: (instant: Instant) => void;
  readonly store: () => Store;
}

/**
 * Seats for the tests of a file. Each test finds the same district on the same morning, whatever the one before it has written; `before` is
 * what was ordered earlier that morning.
 */
export function seats(before?: (seated: Seated) => Promise<void>): Seats {
  const desk = deskOfFile(before && (() => before(seated)));
  const sit = (person: Person, group?: Group): Seat => {
    const asked = { openId: accountOf(person), chatId: chatOf(person, group), type: group ? 'group' : 'p2p' } as const;
    const decided = async (line: string) => {
      const decision = await decide(desk.now(), { ...asked, line, mentions: mentionsIn(line) });
      return { decision, answer: readerText(decision.reply), traces: tracesOf(decision) };
    };
    return {
      who: group ? `${person} in ${group}` : person,
      in: (other) => sit(person, other),
      async say(line) {
        const { answer, traces } = await decided(line);
        expect(traces, `“${line}” leaves something behind\n${answer}`).toEqual([]);
        return answer;
      },
      look: async (line) => (await decided(line)).answer,
      files: async (line) =>
        (await Promise.all((await decided(line)).decision.files.map(({ name, bytes }) => wordsOf(name, bytes)))).join(
          '\n',
        ),
      async order(line) {
        const { answer, traces, decision } = await decided(line);
        expect(traces, `“${line}” leaves nothing behind\n${answer}`).not.toEqual([]);
        desk.isWritten();
        await commit(desk.now(), asked, decision);
        return answer;
      },
    };
  };
  const seated: Seated = {
    director: sit('director'),
    supervisor: sit('supervisor'),
    neighbour: sit('neighbour'),
    liaison: sit('liaison'),
    member: sit('member'),
    outsider: sit('outsider'),
    colleague: sit('colleague'),
    bureau: sit('bureau'),
    clerk: sit('clerk'),
    stranger: sit('stranger'),
  };
  return { ...seated, to: desk.to, store: () => desk.now().store };
}

async function wordsOf(name: string, bytes: Uint8Array): Promise<string> {
  const workbook = await openWorkbook(bytes, name);
  if (isRefusal(workbook)) throw new Error(workbook.message);
  const rows = workbook.sheets.flatMap((sheet) => sheet.rows.map((row) => row.map((cell) => textOf(cell)).join('|')));
  return [name, ...rows].join('\n');
}

/** The store of a file's tests: a copy of the district's, made anew after a test that has written to it. */
function deskOfFile(prepare: (() => Promise<void>) | undefined) {
  const folders: string[] = [];
  let database: Database | undefined;
  let image: string | undefined;
  let now = MORNING;
  let written = false;
  const open = (from: string): string => {
    const folder = scratchFolder('dudao-seats-');
    folders.push(folder);
    const file = join(folder, 'dudao.db');
    copyFileSync(from, file);
    database = openSqlite(file);
    written = false;
    return file;
  };
  const close = async () => {
    await database?.close();
    database = undefined;
  };
  const prepared = async (): Promise<string> => {
    const { file } = await district();
    if (!prepare) return file;
    const own = open(file);
    await prepare();
    // Only then all of it stands in the one file.
    await close();
    return own;
  };
  beforeEach(async () => {
    now = MORNING;
    image ??= await prepared();
    if (written) await close();
    if (!database) open(image);
  });
  afterAll(async () => {
    await close();
    for (const folder of folders) rmSync(folder, { recursive: true });
  });
  return {
    now: () => {
      if (!database) throw new Error('somebody sits down within a test');
      return { store: database.store, now };
    },
    to: (instant: Instant) => {
      now = instant;
    },
    isWritten: () => {
      written = true;
    },
  };
}

const SHOWN = 60;

/** A test a line: what is said, and what the answer must say. Nothing is written. */
export function answers(seat: Seat, lines: readonly (readonly [line: string, ...words: string[]])[]): void {
  const named = lines.map(([line, ...words]) => ({
    line,
    words,
    said: line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line,
    answer: words.join(' … '),
  }));
  test.each(named)(`“$said” of ${seat.who} is answered: $answer`, async ({ line, words }) => {
    const answer = await seat.say(line);
    for (const word of words) expect(answer).toContain(word);
  });
}
