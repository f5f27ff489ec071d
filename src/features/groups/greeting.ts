import { plainDoc } from '../../cards/plain.ts';
import type { Doc } from '../../cards/views.ts';

/** What the bot says on entering a group: what it does, and how the group gets it; in one that it was in and is bound, that it goes on. */
export function greeting(hasAdministrator: boolean, boundTo?: string): Doc {
  if (boundTo !== undefined) {
    const sentence = `督导助手回来了。本群仍绑定${boundTo}，提醒规则照旧，从下一次起照常推送；不在群里时的推送不补发。`;
    return plainDoc('督导助手回来了', sentence, { note: '发送“提醒”看什么时候推送什么，发送“帮助”看能查什么。' });
  }
  return {
    title: '督导助手来了',
    tone: 'normal',
    summary: '请管理员绑定单位：@督导助手 绑定 单位名称',
    blocks: [
      { kind: 'text', text: ['我负责推送督导日程、提醒截止事项、回答评估细则。'] },
      {
        kind: 'text',
        text: hasAdministrator
          ? ['请管理员在群里发送：', { strong: '@督导助手 绑定 单位名称' }, '，例如：绑定 望海区']
          : [
              '还没有管理员。请拿到认领码的同志先单聊我，发送：',
              { strong: '认领 认领码' },
              '，再在群里发送：',
              { strong: '@督导助手 绑定 单位名称' },
            ],
      },
      { kind: 'note', text: '绑定以后，发送“@督导助手 帮助”看能查什么。' },
    ],
  };
}
