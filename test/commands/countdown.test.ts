import { describe } from 'vitest';
import { answers, seats } from './seats.ts';

const { director, member, stranger } = seats();

describe('倒计时 is not for', () => {
  answers(stranger, [['倒计时', '还不知道您是谁，请先发送：我是 姓名']]);
  answers(stranger.in('unbound'), [['倒计时', '本群还没有绑定单位，请管理员发送：绑定 单位名称']]);
  answers(member.in('county'), [['倒计时 临江区', '这里不能查看“临江区人民政府”']]);
});

describe('倒计时 of what is not there', () => {
  answers(director, [
    ['倒计时', '没有要倒计时的节点', '专项 节点 专项名称'],
    ['距离国检还有多少天', '没有'],
    ['距离省级评估还有多少天', '没有要倒计时的节点'],
    ['倒计时 火星区', '没有找到单位“火星区”'],
    ['倒计时 新增 市级核查', '只用来查看'],
  ]);
});
