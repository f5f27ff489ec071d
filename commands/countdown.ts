import { countdown, nearness } from '../src/domain/programs/program.ts';
import { countdownDoc } from '../src/features/programs/countdown-card.ts';
import { programsHere } from '../src/features/programs/find-program.ts';
import { defineCommand } from '../src/language/command.ts';
import { UserError } from '../src/language/errors.ts';
import { refuseUnseen, resolveUnit } from '../src/language/who/resolve.ts';

export default defineCommand({
  name: '倒计时',
  aliases: ['countdown', 'djs', '倒排'],
  says: [
    /^(?!.*(?:截止|到期|交|报)).*(?:还|距离?|离).*(?:剩|有)?(?:几|多少)个?(?:天|工作日)/,
    /^(?!.*(?:每|推送|推|提醒)).+倒计时$/,
  ],
  line: {
    names: true,
    filler:
      '距离 距 离 到 还剩 还有 还差 剩 个工作日 工作日 自然日 几个工作日 多少个工作日 多少天 天 之前 以前 前 日期 时间 节点 专项 进场 大概',
  },
  saysBefore: ['日程'],
  summary: '查距专项的节点还有几天：工作日和自然日',
  usage: '倒计时 [节点|专项|单位]',
  examples: ['倒计时', '倒计时 市级核查', '距省级评估还有几天'],
  allow: 'anyone',
  where: ['group', 'p2p'],
  async run(context) {
    const { args, actor, chat, scope, today, calendar } = context;
    if (scope.unitIds.length === 0 && !actor.isAdministrator)
      throw new UserError(
        chat.type === 'group'
          ? '本群还没有绑定单位，请管理员发送：绑定 单位名称'
          : '还不知道您是谁，请先发送：我是 姓名',
      );
    const unit = await resolveUnit(args.units, context);
    const named = new Set(args.programs.map(({ programId }) => programId));
    const all = (await programsHere(context))
      .filter(({ id, archivedAt }) => archivedAt === undefined && (named.size === 0 || named.has(id)))
      .filter((program) => unit === undefined || program.unit.id === unit.id)
      .flatMap(({ name, steps }) =>
        steps.map((step) => ({ program: name, step, left: countdown(step, today, calendar) })),
      );
    const words = args.rest.trim();
    const meant = all.filter(({ step }) => step.name.includes(words) || words.includes(step.name));
    const ahead = (meant.length > 0 ? meant : all).filter(({ left }) => left.kind !== 'over');
    // Who asks for one by its name is told that it is over.
    const counted = ahead.length > 0 || words === '' ? ahead : meant;
    if (counted.length === 0) await refuseUnseen(unit, context);
    const about = [unit?.name, args.programs[0]?.name].filter(Boolean).join(' ');
    return {
      reply: countdownDoc({
        counted: counted.toSorted((a, b) => nearness(a.left) - nearness(b.left)),
        ...(about && { about }),
        missed: meant.length === 0 ? words : '',
        today,
        query: ['倒计时', about, words].filter(Boolean).join(' '),
      }),
    };
  },
});
