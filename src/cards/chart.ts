import { piece, shapeOf, type Unit } from './pieces.ts';
import { shorten } from './plain-text.ts';
import type { Block } from './views.ts';

type Chart = Extract<Block, { kind: 'chart' }>;

/** More is no picture on a phone; the table beside it has them all. */
const MAX_PARTS = 60;

/** The chart as one piece. Clients draw its texts on a canvas: nothing in them is markup. */
export function chartUnits({ title, parts }: Chart): Unit[] {
  const values = parts
    .filter(({ value }) => Number.isFinite(value))
    .slice(0, MAX_PARTS)
    .map(({ bar, part, value }) => ({ bar: shorten(bar, 20), part: shorten(part, 20), value }));
  if (values.length === 0) return [];
  const shape = shapeOf(
    {
      tag: 'chart',
      aspect_ratio: '16:9',
      color_theme: 'brand',
      chart_spec: {
        // Without variants of its own for phones, which would be other pictures than the tested one.
        type: 'bar',
        media: [],
        title: { text: shorten(title, 40) },
        legends: { visible: true, orient: 'bottom' },
        xField: 'bar',
        yField: 'value',
        seriesField: 'part',
        stack: true,
        // Last, and the values last in it: they are written into the hole of the shape.
        data: [{ id: 'd', values: [] }],
      },
    },
    { tags: 1, maxPieces: 1 },
  );
  return [[piece(shape, values.map((value) => JSON.stringify(value)).join(','), '')]];
}
