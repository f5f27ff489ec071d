import { note, run } from '../../cards/kit.ts';
import type { Block, Doc } from '../../cards/views.ts';

/** What taking an import back would do, with the button that does it; or what stands in the way. */
export function undoDoc(view: {
  readonly fileName: string;
  readonly code: string;
  readonly when: string;
  readonly who: string;
  readonly restored: number;
  readonly removed: number;
  readonly obstacles: readonly string[];
}): Doc {
  const { fileName, code, when, who, restored, removed, obstacles } = view;
  const about = `${when}由${who}导入的“${fileName}”`;
  if (obstacles.length > 0)
    return {
      title: '不能撤销',
      subtitle: fileName,
      tone: 'soon',
      summary: `不能撤销${about}：有 ${obstacles.length} 处在导入后改动过，或要用到它。`,
      blocks: [
        sentence(`${about}不能撤销，下面这些内容在导入后改动过，或要用到它。什么也没有改：`),
        { kind: 'entries', entries: obstacles.map((line) => ({ head: [line] })) },
        note('写明“先…”的，办完后再发送：导入 撤销。其余的去不掉，请导入改好的表格代替。'),
      ],
      query: `导入 撤销 ${code}`,
    };
  const effect = `恢复 ${restored} 行到导入前，去掉新增的 ${removed} 行`;
  return {
    title: '撤销导入',
    subtitle: fileName,
    tone: 'normal',
    summary: `撤销${about}：${effect}`,
    blocks: [
      sentence(`将撤销${about}：${effect}。还没有改动任何内容。`),
      {
        kind: 'buttons',
        buttons: [{ label: '确认撤销', style: 'danger', press: run(`导入 撤销 ${code} 确认`) }],
      },
      note(`也可以发送：导入 撤销 ${code} 确认`),
    ],
  };
}

const sentence = (line: string): Block => ({ kind: 'text', text: [line] });
