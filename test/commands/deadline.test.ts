import { describe } from 'vitest';
import { answers, seats } from './seats.ts';

const { director, member, outsider, stranger } = seats();

describe('截止 is not for', () => {
  answers(stranger, [['截止', '还不知道您是谁，请先发送：我是 姓名']]);
  answers(stranger.in('unbound'), [['截止', '本群还没有绑定单位']]);
  answers(director.in('neighbours'), [['截止 5月 望海区', '这里不能查看“望海区人民政府”']]);
  answers(member.in('county'), [['截止 本周 临江区', '这里不能查看“临江区人民政府”']]);
  answers(outsider, [['截止 逾期 望海区教育局', '这里不能查看“望海区教育局”']]);
});

describe('截止 with bad input', () => {
  answers(director, [
    ['截止 2月30日', '没有“2月30日”这一天'],
    ['截止 2月30日前', '2月30日', '这一天'],
    ['截止 火星区', '没有找到单位“火星区”'],
    ['截止 一中', '“一中”有 2 个单位'],
    ['截止 本周 三楼', '没有理解“三楼”'],
    ['截止 新增', '只用来查看'],
  ]);
});
