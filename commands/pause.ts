import { pauseDoc, resumeDoc } from '../src/cards/pause.ts';
import { defineCommand } from '../src/chat/command.ts';

const LISTED = 200;

export default defineCommand({
  name: '全部暂停',
  aliases: ['pause', 'qbzt', '暂停全部', '全部停止', '暂停所有推送'],
  says: [/^(?:全部恢复|恢复全部|恢复所有)(?:推送)?$|^resume(?:all)?$/i],
  summary: '暂停所有群的推送，发送“全部恢复”恢复；答复不受影响',
  usage: '全部暂停 | 全部恢复',
  examples: ['全部暂停', '全部恢复'],
  allow: 'administrator',
  where: ['group', 'p2p'],
  async run({ args, actor, now, zone, today, read }) {
    const pause = await read.pause();
    const told = { zone, today };
    if (!/恢复|resume/i.test(args.rest)) {
      if (pause) return { reply: pauseDoc({ since: pause.at, already: true }, told) };
      return {
        reply: pauseDoc({ since: now, already: false }, told),
        changes: [{ kind: 'pushes.paused', by: actor.openId, at: now }],
        audit: [{ action: 'pushes.paused', subject: 'pushes' }],
      };
    }
    if (!pause) return { reply: resumeDoc(undefined, told) };
    const missed = await read.missedByPause(pause.at, LISTED);
    return {
      reply: resumeDoc({ since: pause.at, ...missed }, told),
      changes: [{ kind: 'pushes.resumed', since: pause.at, at: now, reason: '全部暂停期间没有发出' }],
      audit: [{ action: 'pushes.resumed', subject: 'pushes', before: { since: pause.at } }],
    };
  },
});
