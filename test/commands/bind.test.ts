import { describe } from 'vitest';
import { answers, seats } from './seats.ts';

const { director, supervisor, neighbour, liaison, stranger } = seats();

describe('a group is not bound by', () => {
  for (const seat of [stranger.in('unbound'), liaison.in('school'), supervisor.in('county')])
    answers(seat, [['绑定 望海区', '只有管理员可以用', '请联系管理员']]);
  answers(neighbour.in('unbound'), [['绑定 望海区', '您的角色只管所授单位及下属单位，这里不能绑定工作群']]);
  answers(neighbour.in('county'), [['绑定 临江区', '您的角色只管所授单位及下属单位，这里不能绑定工作群']]);
});

describe('绑定 with bad input', () => {
  answers(director, [['绑定 望海区', '要在工作群里用']]);
  answers(director.in('unbound'), [
    ['绑定', '请写上单位名称'],
    ['绑定 星海区', '没有找到单位“星海区”'],
    ['绑定岱山县', '没有找到单位“岱山县”'],
    ['绑定 望海区 临江区', '写了 2 个单位（望海区、临江区）'],
    ['绑定 望海区 两项督导', '没看懂“两项督导”'],
    ['绑定 一中', '“一中”有 2 个单位', '望海区第一中学', '临江区第一中学'],
    // A word that is not understood may be half of another name.
    ['绑定 临江区 三楼', '没看懂“三楼”'],
    ['绑定 望海一种', '没有找到单位', '望海区第一中学'],
    [`绑定 ${'长'.repeat(2_000)}`, '没有找到单位'],
  ]);
  answers(director.in('county'), [['绑定 望海区', '本群已经绑定“望海区人民政府”']]);
});
