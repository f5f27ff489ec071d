import { note, run, when } from '../../cards/kit.ts';
import type { Button, Doc } from '../../cards/views.ts';

export const settleButtons = (id: string): readonly Button[] => [
  { label: '确认', style: 'primary', press: run(`我是 确认 ${id}`) },
  { label: '不是本人', press: run(`我是 拒绝 ${id}`) },
];

/** To an administrator, in the direct chat: only the account's own name, which Lark shows for a mention, says who is asking. */
export function identityDoc(view: {
  readonly id: string;
  readonly openId: string;
  readonly who: string;
  readonly linkedBefore: boolean;
  /** Whom the account is already. */
  readonly others: readonly string[];
}): Doc {
  const { id, openId, who, linkedBefore, others } = view;
  return {
    title: '请确认身份',
    tone: 'soon',
    summary: `有人登记为${who}，请核实`,
    blocks: [
      { kind: 'text', text: [{ mention: { name: '这个账号', openId } }, ` 登记为：${who}。请核实是不是本人。`] },
      ...when(linkedBefore, note('通讯录里的这个人已登记过另一个账号，请注意核实。')),
      ...when(others.length > 0, note(`这个账号已经登记为 ${others.join('、')}；确认以后两边都是。`)),
      { kind: 'buttons', buttons: settleButtons(id) },
      note(`也可以发送：我是 确认 ${id}；不是本人：我是 拒绝 ${id}`),
    ],
  };
}
