import { expect, test } from 'vitest';
import { draftDoc, findingCards, findingsDoc, urgeDoc, waitingDoc } from '../../src/cards/finding.ts';
import { renderCard } from '../../src/cards/render.ts';
import type { Doc } from '../../src/cards/views.ts';
import { readyMoves, spokenMoves } from '../../src/domain/loop/decide.ts';
import type { Finding } from '../../src/domain/loop/finding.ts';
import { DEFAULT_LADDER } from '../../src/domain/loop/ladder.ts';
import { moveRule } from '../../src/domain/loop/moves.ts';
import { type FindingState, STATES } from '../../src/domain/loop/states.ts';
import { PROFILES } from '../../src/domain/loop/time-limits.ts';
import { checkCard } from '../../src/emulator/card-check.ts';
import { calendar, days, known, occasion, office, said, story, through } from '../domain/loop/findings.ts';
import { NASTY } from './hostile.ts';

const rules = {
  ...{ today: occasion('2026-05-20').today, zone: 'Asia/Shanghai', calendar },
  ...{ profile: PROFILES.national, ladder: DEFAULT_LADDER },
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

test('lists, drafts and reminders are such cards too', () => {
  const finding = { ...known(issued), severity: 'veto' } as const;
  const docs = [
    findingsDoc({ about: '', findings: [finding], all: false, query: '整改' }, rules),
    ...DEFAULT_LADDER.map((rung) => draftDoc(finding, rung, rules)),
    urgeDoc(finding, rules),
    waitingDoc({ ...finding, state: 'submitted' }, 3, rules),
  ];
  for (const doc of docs) expect(checkCard(renderCard(doc).json)).toEqual({ ok: true });
});
