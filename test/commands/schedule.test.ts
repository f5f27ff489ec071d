import { describe } from 'vitest';
import { answers, seats } from './seats.ts';

const { director, member, outsider, stranger } = seats();
const county = member.in('county');

describe('日程 is not for', () => {
  answers(stranger, [['日程', '还不知道您是谁，请先发送：我是 姓名']]);
  answers(stranger.in('unbound'), [['日程', '本群还没有绑定单位，请管理员发送：绑定 单位名称']]);
  answers(county, [
    ['日程 临江区', '这里不能查看“临江区人民政府”'],
    ['日程 临江区第一中学', '这里不能查看“临江区第一中学”'],
    ['日程 本周 临江区教育局', '这里不能查看'],
  ]);
  // An administrator's right does not widen what the group sees.
  answers(director.in('county'), [['日程 临江区', '这里不能查看“临江区人民政府”']]);
  answers(outsider, [['日程 望海区', '这里不能查看“望海区人民政府”']]);
});

describe('日程 with bad input', () => {
  answers(director.in('city'), [
    ['日程 2月30日', '没有“2月30日”这一天'],
    ['日程 2026-02-29', '没有“2026-02-29”这一天'],
    ['日程 4月31日 望海区', '没有“4月31日”这一天'],
    ['日程 火星区', '没有找到单位“火星区”'],
    ['日程 一中', '“一中”有 2 个单位', '望海区第一中学', '临江区第一中学'],
    ['日程 望海一种', '没有理解“望海一种”'],
    ['日程 今天 三楼', '没有理解“三楼”'],
    ['今天谁值班', '值班没有登记'],
  ]);
});
