import { UserError } from '../../language/errors.ts';
import { officeOf, outsideOffice } from '../recipients/office.ts';
import type { FindingContext } from './finding-desk.ts';
import type { SaidFinding } from './finding-entry.ts';

/** So many fit on a card that asks for one. */
const OFFERED = 6;

/**
 * A restricted problem waits for somebody of the office who may see it. Where its writer is none and named nobody, they are asked who; the one
 * who is named is told of it, and reminded while it waits. Throws UserError; nobody is asked where the address book knows none of them.
 */
export async function askWhichOffice(context: FindingContext, said: SaidFinding, mentioned: boolean): Promise<void> {
  const { read, actor, administrators, command, line } = context;
  if (!said.restricted || said.viewers.length > 0 || mentioned) return;
  if ((await outsideOffice(context, said.unit, { named: [], isNew: true })).length === 0) return;
  const office = (await officeOf(read, [said.unit.id], administrators)).filter((openId) => openId !== actor.openId);
  const people = (await Promise.all(office.map((openId) => read.peopleByOpenId(openId)))).flatMap(
    ([first]) => first ?? [],
  );
  if (people.length === 0) return;
  const isOne = command !== undefined && line !== undefined && !line.includes('\n');
  throw new UserError(
    '限知的问题（举报、信访、涉密）只有指定的人看得到，还没有登记。请选督导室由谁看到并办理；也可以在后面加上“可见 姓名”再发。',
    isOne
      ? people
          .slice(0, OFFERED)
          .map(({ unit, name }) => ({ label: `${unit.name} ${name}`, line: `${command} ${line} 可见 ${name}` }))
      : [],
  );
}
