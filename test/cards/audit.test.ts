import { expect, test } from 'vitest';
import { renderCard } from '../../src/cards/render.ts';
import { date } from '../../src/domain/calendar/local-date.ts';
import { type AuditLine, auditDoc } from '../../src/features/overview/audit-card.ts';

const shown = (line: Partial<AuditLine>) =>
  renderCard(
    auditDoc({
      about: '',
      lines: [
        {
          at: 0,
          actor: 'ou_a',
          actorPeople: [],
          inChat: false,
          action: 'x',
          subject: 'y',
          subjectPeople: [],
          ...line,
        },
      ],
      cut: false,
      zone: 'Asia/Shanghai',
      today: date('1970-01-01'),
      query: '审计',
    }),
  ).json;

test('an import says which workbook it was and how many rows it brought', () => {
  const after = { added: 3, unchanged: 2, changed: [{}, {}] };
  const card = shown({ actor: 'import', action: 'import.directory', subject: '通讯录.xlsx', after });
  for (const words of ['导入通讯录', '　通讯录', '部署人员（导入）', '新增 3 条，修改 2 条'])
    expect(card).toContain(words);
});

test('a binding shows the unit of before and of now, and no id is shown', () => {
  const card = shown({
    action: 'group.bound',
    subject: 'oc_1234567',
    subjectGroup: '甲群',
    before: '甲局',
    after: '乙局',
  });
  expect(card).toContain('绑定单位');
  expect(card).toContain('甲局 → 乙局');
  const linked = shown({ action: 'person.linked', subject: 'person_1234567', after: 'ou_7654321' });
  expect(linked).not.toMatch(/person_1234567|ou_7654321/);
});

test('a role is named in the words of the office', () => {
  expect(shown({ action: 'role.granted', after: { role: 'liaison', unit: '甲局' } })).toContain('联络员　甲局');
});
