import { expect, test } from 'vitest';
import { attachmentsIn } from '../../src/lark/attachments.ts';

const of = (type: string, content: unknown) => attachmentsIn(type, JSON.stringify(content));

test('an image, a file, a video and the pictures of a post are told by their keys', () => {
  const line = [
    { tag: 'text', text: '完成' },
    { tag: 'img', image_key: 'img_1', width: 3 },
  ];
  expect(of('image', { image_key: 'img_1' })).toEqual([{ kind: 'image', key: 'img_1', name: '' }]);
  expect(of('file', { file_key: 'file_1', file_name: '台账.pdf' })).toEqual([
    { kind: 'file', key: 'file_1', name: '台账.pdf' },
  ]);
  expect(of('media', { file_key: 'file_2', image_key: 'img_2', file_name: '现场.mp4', duration: 9 })).toEqual([
    { kind: 'file', key: 'file_2', name: '现场.mp4' },
  ]);
  const post = [{ kind: 'image', key: 'img_1', name: '' }];
  expect(of('post', { title: '', content: [line] })).toEqual(post);
  expect(of('post', { zh_cn: { title: '', content: [line] } })).toEqual(post);
});

test('text, damage and keys of another shape carry nothing', () => {
  expect(of('text', { text: 'a' })).toEqual([]);
  expect(attachmentsIn('image', '{')).toEqual([]);
  expect(of('image', { image_key: '../x' })).toEqual([]);
  expect(of('post', { content: 'x' })).toEqual([]);
});
