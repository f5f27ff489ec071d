import { describe } from 'vitest';
import { answers, seats } from './seats.ts';

const { director, member, outsider, stranger } = seats();
const county = member.in('county');

describe('汇总 is not for', () => {
  answers(stranger, [['汇总', '还不知道您是谁，请先发送：我是 姓名']]);
  answers(stranger.in('unbound'), [['汇总', '本群还没有绑定单位']]);
  answers(county, [['汇总 临江区', '只能查看本单位及下属单位']]);
  answers(outsider, [['汇总 望海区', '只能查看本单位']]);
});

describe('汇总 where there is nothing', () => {
  answers(county, [
    ['汇总', '还没有登记的问题', '登记问题请发送：问题'],
    ['汇总 上个月', '3月1日—31日', '还没有登记的问题'],
    ['民生实事 汇总', '没有民生实事'],
    ['推送送达率', '还没有推送'],
  ]);
});

describe('汇总 with bad input', () => {
  answers(director, [
    ['汇总 天气', '没有看懂“天气”', '可以发送：汇总'],
    ['汇总 按月 按专项', '请只写一种分法'],
    ['汇总 推送 按学段', '没有看懂“按学段”'],
    ['汇总 2月30日', '没有“2月30日”这一天'],
    ['汇总 火星区', '没有找到单位“火星区”'],
    ['汇总 一中', '“一中”有 2 个单位'],
    ['汇总 新增 问题', '只用来查看'],
  ]);
});
