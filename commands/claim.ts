import { plainDoc } from '../src/cards/plain.ts';
import { hashOfCode } from '../src/features/people/claim-code.ts';
import { type Context, defineCommand, type Outcome } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { deed, must } from '../src/language/forms/form.ts';
import { inForms } from '../src/language/forms/forms.ts';

const CODE = /(?<![0-9A-Za-z])[0-9A-Za-z]{4}[- ]?[0-9A-Za-z]{4}(?![0-9A-Za-z])/;

export default defineCommand({
  name: '认领',
  aliases: ['claim', 'rl'],
  summary: '用一次性认领码成为第一位管理员',
  usage: '认领 认领码',
  allow: 'anyone',
  where: ['group', 'p2p'],
  ...inForms(
    deed({
      verbs: ['认领码', '码'],
      when: /^/,
      examples: ['认领 K7QM-3XPA'],
      parts: { code: must('word', { pattern: CODE, asks: '请写上认领码，认领码由部署人员提供。' }) },
      run: claim,
    }),
  ),
});

async function claim({ args, actor, now, read }: Context<{ readonly code: string }>): Promise<Outcome> {
  const hash = await hashOfCode(args.code);
  if (hash !== (await read.claimHash())) throw new UserError('认领码不对，或已经用过。请向部署人员要新的认领码。');
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
}
