import { describe } from 'vitest';
import { answers, seats } from './seats.ts';

const { director, stranger } = seats();

describe('模板', () => {
  answers(stranger, [['模板 任务', '请先发送：我是 姓名']]);
  answers(stranger.in('unbound'), [['模板 任务', '绑定 单位名称']]);
  answers(director, [
    ['模板', '请写明哪一种', '模板 督导日程'],
    ['模板 自评', '请写明按哪一份自评'],
    ['模板 火星', '请写明哪一种'],
    ['模板 新增 任务', '只用来查看'],
  ]);
});
