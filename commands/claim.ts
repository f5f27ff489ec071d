import { plainDoc } from '../src/cards/plain.ts';
import { hashOfCode } from '../src/features/people/claim-code.ts';
import { defineCommand } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';

export default defineCommand({
  name: '认领',
  aliases: ['claim', 'rl'],
  edits: true,
  summary: '用一次性认领码成为第一位管理员',
  usage: '认领 认领码',
  examples: ['认领 K7QM-3XPA'],
  allow: 'anyone',
  where: ['group', 'p2p'],
  async run({ args, actor, now, read }) {
    const code = args.rest;
    if (code === '') throw new UserError('请写上认领码，例如：认领 K7QM-3XPA。认领码由部署人员提供。');
    const hash = await hashOfCode(code);
    if (hash !== (await read.claimHash())) {
      throw new UserError('认领码不对，或已经用过。请向部署人员要新的认领码。');
    }
    return {
      reply: plainDoc('认领成功', '您已成为管理员。', {
        tone: 'done',
        lines: ['下一步：在工作群里发送“绑定 单位名称”，本群就能收到该单位的日程和截止提醒。'],
      }),
      changes: [
        { kind: 'claim.used', hash },
        { kind: 'role.granted', openId: actor.openId, role: 'administrator', by: 'claim', at: now },
      ],
      audit: [{ action: 'role.granted', subject: actor.openId, after: { role: 'administrator', by: 'claim' } }],
    };
  },
});
