import { expect, test } from 'vitest';
import { renderCard } from '../../src/cards/render.ts';
import type { Doc } from '../../src/cards/views.ts';
import { readyMoves, spokenMoves } from '../../src/domain/findings/decide.ts';
import type { Finding } from '../../src/domain/findings/finding.ts';
import { LADDER_DAYS, ladderOf } from '../../src/domain/findings/ladder.ts';
import { moveRule } from '../../src/domain/findings/moves.ts';
import { type FindingState, STATES } from '../../src/domain/findings/states.ts';
import { PROFILES } from '../../src/domain/findings/time-limits.ts';
import { checkCard } from '../../src/emulator/card-check.ts';
import { draftDoc, findingCards, findingsDoc, urgeDoc, waitingDoc } from '../../src/features/findings/finding-card.ts';
import { calendar, days, known, occasion, office, said, story, through } from '../domain/findings/findings.ts';
import { NASTY } from './hostile.ts';

const DEFAULT = ladderOf('bulletinFirst', LADDER_DAYS);

const rules = {
  today: occasion('2026-05-20').today,
  zone: 'Asia/Shanghai',
  calendar,
  profile: PROFILES.national,
  ladder: DEFAULT,
};
const issued = through(story({ description: NASTY.join('') }, days(8)), [
  'issue',
  office(),
  occasion('2026-04-20'),
  said(NASTY.join('')),
]);
const history = issued.events.map((event) => ({ ...event, actors: [] }));
const card = (finding: Finding): Doc => findingCards.card(finding, history, rules, { once: 'form_1' });
const isState = (name: string): name is FindingState => Object.hasOwn(STATES, name);
const states = Object.keys(STATES).filter(isState);

test.each(states)('the card of a problem that is %s is one that Lark takes, and holds what can be done', (state) => {
  const finding = { ...known(issued), state };
  const { json } = renderCard(card(finding));
  expect(checkCard(json)).toEqual({ ok: true });
  for (const move of readyMoves(finding)) expect(json).toContain(`整改 W12 ${moveRule(move).word}`);
  for (const move of spokenMoves(finding)) expect(json).toContain(`整改 W12 ${moveRule(move).word}`);
});

test.each(states)('the forms of steps that need words, of a problem that is %s, are such cards', (state) => {
  const finding = { ...known(issued), state };
  for (const move of spokenMoves(finding)) {
    const form = findingCards.form(finding, move, findingCards.howTo(finding, move), 'form_1');
    if (form) expect(checkCard(renderCard(form).json)).toEqual({ ok: true });
  }
});

test('a small matter whose deadline is proposed is issued by a button; nothing known is asked again', () => {
  const labels = (finding: Finding) =>
    JSON.stringify(findingCards.form(finding, 'issue', '', 'form_1')).match(/"label":"[^"]+"/g);
  expect(labels(known(story({}, days(8))))).toEqual(['"label":"文号"']);
  expect(labels(known(story({})))).toEqual(['"label":"文号"', '"label":"整改期限"']);
});

test('each side reads the lines that it may type; a closed problem takes no evidence', () => {
  const text = (finding: Finding) => JSON.stringify(card(finding).blocks);
  const open = known(issued);
  expect(text(open)).toMatch(
    /责任单位打字办理：整改 W12 签收；.*整改 W12 延期 6月30日 理由。.*照片和文件：.*群里请回复那张照片，@督导助手 发送：整改 W12 佐证。/,
  );
  expect(text({ ...open, state: 'extensionAsked' })).toMatch(/督导室打字办理：整改 W12 同意；整改 W12 不同意 理由。/);
  expect(text({ ...open, state: 'closed' })).not.toContain('照片和文件');
});

test('an extension is offered while it can be asked for', () => {
  const buttons = (today: string) =>
    JSON.stringify(findingCards.card(known(issued), history, { ...rules, today: occasion(today).today }).blocks);
  expect(buttons('2026-04-21')).toContain('申请延期');
  expect(buttons('2026-05-20')).not.toContain('申请延期');
});

test('what happened last comes first', () => {
  const heads = card(known(issued)).blocks.flatMap((block) => (block.kind === 'entries' ? block.entries : []));
  expect(JSON.stringify(heads[0])).toContain('下达');
  expect(JSON.stringify(heads.at(-1))).toContain('发现问题');
});

test('lists, drafts and reminders are such cards too', () => {
  const finding = { ...known(issued), severity: 'veto' } as const;
  const docs = [
    findingsDoc({ about: '', findings: [finding], all: false, cut: true, query: '整改' }, rules),
    ...DEFAULT.map((rung) => draftDoc(finding, rung, rules)),
    urgeDoc(finding, rules),
    waitingDoc({ ...finding, state: 'submitted' }, 3, rules),
  ];
  for (const doc of docs) expect(checkCard(renderCard(doc).json)).toEqual({ ok: true });
});
