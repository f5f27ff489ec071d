import { section, when } from '../../cards/kit.ts';
import type { Block, Doc, Inline } from '../../cards/views.ts';
import { describeDate, describeSpan } from '../../domain/calendar/describe.ts';
import { type Instant, type LocalDate, wallClock } from '../../domain/calendar/local-date.ts';
import type { Span } from '../../domain/calendar/span.ts';
import type { Clash } from '../../domain/visits/clashes.ts';
import { clashBlocks } from '../visits/clashes-card.ts';

interface PushView {
  readonly group: { readonly name: string; readonly unit?: { readonly name: string } | undefined };
  readonly sendAt: Instant;
  readonly doc: Doc;
}

interface RehearsalView {
  readonly pushes: readonly PushView[];
  /** What to look at before these days come. */
  readonly clashes: readonly Clash[];
  readonly span: Span;
  readonly today: LocalDate;
  readonly zone: string;
  /** Whose pushes: this group's, or all groups'. */
  readonly about: string;
  readonly paused: boolean;
}

/** 预演: each message that would be sent, with its minute, its group, whom it calls, and its text. Nobody is called by reading it. */
export function rehearsalDoc({ pushes, clashes, span, today, zone, about, paused }: RehearsalView): Doc {
  const summary = `${describeSpan(span, today)}：${pushes.length > 0 ? `将发 ${pushes.length} 条消息` : '没有要发的消息'}`;
  return {
    title: '推送预演',
    subtitle: about,
    tone: paused ? 'soon' : 'normal',
    summary,
    blocks: [
      { kind: 'text', text: [`${summary}。`] },
      ...(paused ? [{ kind: 'text', text: ['现在是全部暂停，恢复之前一条也不会发。'] } as const] : []),
      ...clashBlocks(clashes, today),
      ...when(clashes.length > 0 && pushes.length > 0, section('要发的消息')),
      {
        kind: 'entries',
        entries: pushes.map((push) => {
          const [head = '', ...lines] = rehearsedLines(push, today, zone);
          return { head: [{ strong: head }], lines: lines.map((line) => [line]) };
        }),
      },
    ],
    footer: '按现有数据和规则推算，没有发送任何消息。',
    query: `预演 ${span.from}至${span.to}`,
  };
}

/** One message as plain lines: when and where, its title, whom it calls, and what it says. */
export function rehearsedLines({ group, sendAt, doc }: PushView, today: LocalDate, zone: string): readonly string[] {
  const { date, time } = wallClock(sendAt, zone);
  const called = [...new Set(doc.blocks.flatMap(calledBy))];
  return [
    `${describeDate(date, today)} ${time}　${group.name || (group.unit?.name ?? '')}`,
    doc.title,
    called.length > 0 ? `会@：${called.join('、')}` : '不@任何人',
    ...doc.blocks.flatMap(linesOf),
    ...(doc.footer ? [doc.footer] : []),
  ];
}

function inlinesOf(block: Block): readonly Inline[] {
  switch (block.kind) {
    case 'text':
      return block.text;
    case 'entries':
      return block.entries.flatMap(({ head, lines = [] }) => [...head, ...lines.flat()]);
    case 'fields':
      return block.fields.flatMap(({ value }) => value);
    default:
      return [];
  }
}

const calledBy = (block: Block): readonly string[] =>
  inlinesOf(block).flatMap((inline) =>
    typeof inline !== 'string' && 'mention' in inline && (inline.mention.openId || inline.mention.everyone)
      ? [inline.mention.name]
      : [],
  );

const said = (inlines: readonly Inline[]): string =>
  inlines
    .map((inline) => {
      if (typeof inline === 'string') return inline;
      if ('mention' in inline) return inline.mention.name;
      return 'strong' in inline ? inline.strong : inline.text;
    })
    .join('');

function linesOf(block: Block): readonly string[] {
  switch (block.kind) {
    case 'text':
      return [said(block.text)];
    case 'section':
    case 'heading':
      return [`【${block.text}】`];
    case 'note':
      return [block.text];
    case 'fields':
      return block.fields.map(({ label, value }) => `${label}：${said(value)}`);
    case 'entries':
      return block.entries.flatMap(({ head, lines = [] }, index) => [
        `${index + 1}. ${said(head)}`,
        ...lines.map(said),
      ]);
    case 'table':
      return block.rows.map((row) => block.columns.map(({ key }) => row[key] ?? '').join('　'));
    case 'buttons':
    case 'form':
    case 'chart':
      return [];
  }
}
