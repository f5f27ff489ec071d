import { describe, expect, test } from 'vitest';
import { date } from '../../../src/domain/calendar/local-date.ts';
import { decideMove, legalMoves, limitRefusal } from '../../../src/domain/findings/decide.ts';
import { moveRule, STATE_MOVES } from '../../../src/domain/findings/moves.ts';
import { amend } from '../../../src/domain/findings/side-moves.ts';
import { isOpen, STATES } from '../../../src/domain/findings/states.ts';
import { lastDayOf, PROFILES, waitsUntil } from '../../../src/domain/findings/time-limits.ts';
import { calendar, days, known, occasion, office, on, said, story, through, told, unit } from './findings.ts';

describe('the table', () => {
  test('every step of every path is a way that its state may be left by', () => {
    for (const move of STATE_MOVES)
      for (const [from, path] of Object.entries(moveRule(move).path)) {
        const steps = [from, ...path];
        for (const [index, to] of path.entries())
          expect(STATES[steps[index] as keyof typeof STATES].to, `${move} ${from}`).toContain(to);
      }
  });

  test('every state is reached by some move, and everything open is waited for by somebody and can be left', () => {
    const reached = new Set(STATE_MOVES.flatMap((move) => Object.values(moveRule(move).path).flat()));
    for (const state of Object.keys(STATES) as (keyof typeof STATES)[]) {
      if (state !== 'draft') expect(reached, state).toContain(state);
      expect(STATES[state].waitsFor === 'nobody').toBe(!isOpen(state));
      if (isOpen(state))
        expect(
          STATE_MOVES.filter((move) => moveRule(move).path[state]),
          state,
        ).not.toEqual([]);
    }
  });

  test('both parties are told of what the other does; 基本完成 and 长期坚持 are not closed', () => {
    expect(isOpen('longTerm')).toBe(true);
    expect(STATE_MOVES.filter((move) => moveRule(move).tells === 'nobody')).toEqual(['start']);
  });
});

const MONDAY = occasion('2026-04-20');

describe('the way of a problem', () => {
  test('a small matter fixed on the spot takes three lines: found, done, checked', () => {
    const spot = story({ term: 'immediate' }, on('2026-04-20'));
    const end = through(
      spot,
      ['issue', office(), MONDAY],
      ['submit', unit(), MONDAY, said('已清理', { files: 1 })],
      ['close', office(), MONDAY],
    );
    expect(known(end)).toMatchObject({
      state: 'closed',
      submittedBy: 'unit',
      checkedBy: 'office',
      closedOn: '2026-04-20',
    });
    expect(end.events.map(({ move, to }) => `${move} ${to}`)).toEqual([
      'enter registered',
      'issue issued',
      'sign acknowledged',
      'start fixing',
      'submit submitted',
      'recheck rechecking',
      'close closed',
    ]);
  });

  test('an illegal move says what is the case, and what can be done instead', () => {
    const decided = decideMove(known(story()), 'close', said(), office(), MONDAY);
    expect(decided).toEqual({
      refused: {
        kind: 'state',
        because: '现在是“已登记（初步意见）”，不能“销号”',
        legal: ['issue', 'drop'],
      },
    });
    expect(legalMoves(known(story()), unit())).toEqual(['dispute']);
  });

  test('the deadline of the notice counts from the notice, not from the day of the finding', () => {
    const issued = through(story({}, days(10)), ['issue', office(), occasion('2026-04-27')]);
    expect(known(issued)).toMatchObject({ state: 'issued', due: '2026-05-13', dayUnit: 'working' });
  });

  test('a heavier matter is issued with a 文号', () => {
    const grave = story({ severity: 'grave' }, days(10));
    expect(told(grave, 'issue', office(), MONDAY)).toContain('要写文号');
    const issued = through(grave, ['issue', office(), MONDAY, said('', { document: '云教督〔2026〕3号' })]);
    expect(known(issued).document).toBe('云教督〔2026〕3号');
  });

  test('a defence comes within the province’s days or not at all', () => {
    const late = occasion('2026-05-01', PROFILES.zhejiang);
    expect(told(story(), 'dispute', unit(), late, said('不属实'))).toContain('申辩期到 4月30日（周四）为止');
    const shanghai = occasion('2026-05-06', PROFILES.shanghai);
    expect(through(story(), ['dispute', unit(), shanghai, said('不属实')])).toBeDefined();
    expect(told(story(), 'dispute', unit(), MONDAY)).toBe('请写明理由');
  });

  const fixing = through(story({}, days(10)), ['issue', office(), MONDAY], ['start', unit(), MONDAY]);

  test('an extension is asked for before the deadline, once, for a later day, and moves it only when it is granted', () => {
    expect(known(fixing).due).toBe('2026-05-07');
    const ask = (day: string, when = MONDAY) =>
      told(fixing, 'askExtension', unit(), when, said('假期', { limit: on(day) }));
    expect(ask('2026-05-07')).toContain('延期要晚于原期限');
    expect(ask('2026-05-20', occasion('2026-05-08'))).toContain('原期限已过');
    const asked = through(fixing, ['askExtension', unit(), MONDAY, said('假期', { limit: days(5) })]);
    expect(known(asked)).toMatchObject({ state: 'extensionAsked', due: '2026-05-07', asked: '2026-05-13' });
    expect(known(through(asked, ['refuseExtension', office(), MONDAY, said('时间够')])).due).toBe('2026-05-07');
    const granted = through(asked, ['grantExtension', office(), MONDAY]);
    expect(known(granted)).toMatchObject({ state: 'fixing', due: '2026-05-13', extensions: 1 });
    expect(told(granted, 'askExtension', unit(), MONDAY, said('再延', { limit: on('2026-06-01') }))).toContain(
      '已经延期 1 次',
    );
  });

  test('a return gives its reason and a new deadline', () => {
    const submitted = through(fixing, ['submit', unit(), MONDAY, said('已补齐，原因是交接不清')]);
    expect(told(submitted, 'return', office(), MONDAY)).toBe('请写明理由');
    expect(told(submitted, 'return', office(), MONDAY, said('照片看不清'))).toBeDefined();
    const returned = through(submitted, ['return', office(), MONDAY, said('照片看不清', { limit: days(3) })]);
    expect(known(returned)).toMatchObject({ state: 'returned', due: '2026-04-23', returns: 1 });
  });

  test.each(['基本完成', '大部分已整改', '正在整改中'])('%s is not done', (report) => {
    expect(told(fixing, 'submit', unit(), MONDAY, said(report))).toContain('不算整改完成');
  });

  test('the gate of closing asks for evidence, the cause and another person', () => {
    const heavy = through(
      story({ severity: 'major' }, days(10)),
      ['issue', office(), MONDAY, said('', { document: '3号' })],
      ['submit', unit(), MONDAY, said('已补齐')],
    );
    expect(told(heavy, 'close', office(), MONDAY)).toContain('还没有佐证材料');
    const withFiles = through(heavy, ['recheck', office(), MONDAY, said('', { files: 2 })]);
    expect(told(withFiles, 'close', office(), MONDAY)).toContain('原因');
    expect(through(withFiles, ['close', office(), MONDAY, said('', { cause: '无人负责' })])).toBeDefined();
    const own = through(fixing, [
      'submit',
      { ...office(), whyNot: () => undefined },
      MONDAY,
      said('做了', { cause: '忘了', files: 1 }),
    ]);
    expect(told(own, 'close', office(), MONDAY)).toContain('请另一人核查');
  });

  test('a safety matter is rechecked by one and struck off by another', () => {
    const safety = through(
      story({ description: '消防通道堆放杂物' }, days(10)),
      ['issue', office(), MONDAY],
      ['submit', unit(), MONDAY, said('已清理', { files: 1, cause: '无人管' })],
    );
    expect(told(safety, 'close', office(), MONDAY)).toContain('先由一人“复查”');
    const checked = through(safety, ['recheck', office(), MONDAY]);
    expect(told(checked, 'close', office(), MONDAY)).toContain('两人把关');
    expect(known(through(checked, ['close', office('second'), MONDAY])).checkedBy).toBe('office');
  });

  test('长期坚持 is left by a recheck, or by a decision with its paper', () => {
    const kept = through(fixing, ['keep', office(), MONDAY, said('长期任务', { limit: on('2026-09-01') })]);
    expect(known(kept).state).toBe('longTerm');
    expect(told(kept, 'close', office(), MONDAY, said('', { cause: '机制' }))).toContain('凭决定销号');
  });

  test('a deadline moves by an edit with its reason, and otherwise not', () => {
    const edit = (text: string, limit = on('2026-05-20')) =>
      amend(known(fixing), said(text, { limit }), office(), MONDAY);
    expect(edit('')).toMatchObject({ refused: { because: '请写明改期的理由' } });
    expect(edit('错填', on('2026-04-01'))).toMatchObject({ refused: { because: expect.stringContaining('已经过去') } });
    expect(edit('错填')).toMatchObject({ events: [{ move: 'amend', due: '2026-05-20' }] });
  });
});

describe('time limits', () => {
  test('the first day is not counted; a last day of natural days on a rest day moves behind it, a fixed day stays', () => {
    const end = (limit: Parameters<typeof lastDayOf>[0], from: string) =>
      lastDayOf(limit, date(from), calendar, 'moves');
    expect(end(days(11, 'natural'), '2026-04-20')).toEqual({ date: '2026-05-06', written: '2026-05-01' });
    expect(end(days(10), '2026-04-01').date).toBe('2026-04-16');
    expect(end(on('2026-05-02'), '2026-04-20').date).toBe('2026-05-02');
    expect(lastDayOf(days(11, 'natural'), date('2026-04-20'), calendar, 'stays').date).toBe('2026-05-01');
  });

  test('a defence has 10 days in Zhejiang, 10 working days in Shanghai, 5 days in Chongqing, 15 in Shandong', () => {
    const end = (profile: keyof typeof PROFILES) => {
      const { defence } = PROFILES[profile];
      return lastDayOf({ kind: 'days', ...defence }, date('2026-04-13'), calendar, 'moves').date;
    };
    expect([end('zhejiang'), end('shanghai'), end('chongqing'), end('shandong')]).toEqual([
      '2026-04-23',
      '2026-04-27',
      '2026-04-20',
      '2026-04-28',
    ]);
    expect(waitsUntil('issued', date('2026-04-30'), PROFILES.national, calendar)).toBe('2026-05-06');
  });

  test.each([
    [days(0), '期限不能是 0'],
    [days(-5), '期限不能是 -5'],
    [days(1.5), '期限要写整数'],
    [days(10_000), '太长'],
    [days(367, 'natural'), '太长'],
    [on('2026-04-19'), '已经过去'],
    [on('2028-01-01'), '太远'],
  ])('%j is no deadline', (limit, reason) => {
    expect(limitRefusal(limit, date('2026-04-20'))).toContain(reason);
  });
});
