import { pauseDoc, resumeDoc } from '../src/features/settings/pause-card.ts';
import { type Context, defineCommand, type Outcome } from '../src/language/command.ts';
import { deed } from '../src/language/forms/form.ts';
import { inForms } from '../src/language/forms/forms.ts';

const LISTED = 200;

export default defineCommand({
  name: '全部暂停',
  aliases: ['pause', 'qbzt', '暂停全部', '全部停止', '暂停所有推送'],
  // 全部恢复 日程 is no visit that comes back.
  saysBefore: ['日程管理'],
  saysFirst: [/^(?:全部恢复|恢复全部|恢复所有)|^resume(?:all)?(?![a-z])/i],
  summary: '暂停所有群的推送，发送“全部恢复”恢复；答复不受影响',
  usage: '全部暂停 | 全部恢复',
  allow: 'administrator',
  where: ['group', 'p2p'],
  ...inForms(
    // It stops every group: a word more, a unit above all, means something else.
    deed({ verbs: [], examples: ['全部暂停'], parts: {}, run: pause }),
    deed({
      verbs: [
        '全部恢复',
        '全部恢复推送',
        '恢复',
        '恢复全部',
        '恢复全部推送',
        '恢复所有',
        '恢复所有推送',
        'resume',
        'resume all',
      ],
      examples: ['全部恢复'],
      parts: {},
      run: resume,
    }),
  ),
});

type Ask = Context<unknown>;

async function pause({ actor, now, zone, today, read }: Ask): Promise<Outcome> {
  const paused = await read.pause();
  const told = { zone, today };
  if (paused) return { reply: pauseDoc({ since: paused.at, already: true }, told) };
  return {
    reply: pauseDoc({ since: now, already: false }, told),
    changes: [{ kind: 'pushes.paused', by: actor.openId, at: now }],
    audit: [{ action: 'pushes.paused', subject: 'pushes' }],
  };
}

async function resume({ now, zone, today, read }: Ask): Promise<Outcome> {
  const paused = await read.pause();
  const told = { zone, today };
  if (!paused) return { reply: resumeDoc(undefined, told) };
  const missed = await read.missedByPause(paused.at, LISTED);
  return {
    reply: resumeDoc({ since: paused.at, ...missed }, told),
    changes: [{ kind: 'pushes.resumed', since: paused.at, at: now, reason: '全部暂停期间没有发出' }],
    audit: [{ action: 'pushes.resumed', subject: 'pushes', before: { since: paused.at } }],
  };
}
