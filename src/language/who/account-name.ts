import type { Reads } from '../../ports/store.ts';

/** 市教育局督导室 吕壬; an account that nobody is linked to has no name of ours. */
export async function nameOf(read: Pick<Reads, 'peopleByOpenId'>, openId: string): Promise<string> {
  const [person] = await read.peopleByOpenId(openId);
  return person ? `${person.unit.name} ${person.name}` : '管理员';
}
