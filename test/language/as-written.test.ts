import { expect, test } from 'vitest';
import { asWritten } from '../../src/language/words/as-written.ts';
import { normalise } from '../../src/language/words/normalise.ts';

test.each([
  '台账已补齐，原因：没有专人管理',
  '一楼灭火器过期（3具），二楼正常；请尽快更换！其他没有',
  '4月排班，5月到岗：3人',
  '周四14:30开会，A,B两组的比例是3:1',
])('“%s” is kept as it was written', (text) => {
  expect(asWritten(normalise(text))).toBe(text);
});

test('what is written in half width between Chinese words becomes full width, once', () => {
  expect(asWritten('已清理, 已拍照:三张')).toBe('已清理，已拍照：三张');
  expect(asWritten(asWritten('已清理, 已拍照:三张'))).toBe('已清理，已拍照：三张');
});
