/** One file of a zip archive, as its central directory declares it. */
interface Entry {
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly packed: number;
  readonly unpacked: number;
  readonly offset: number;
}

/**
 * What the workbook reader may cost in memory, as measured with files that are nothing but cells, strings or text: nine bytes for each
 * byte of XML (its text is kept several times over), a hundred for each tag, two for each byte of a picture. 5,000 rows of 16 columns
 * cost about 85 MB; with this limit the worst file found stays within 100 MB above idle.
 */
const MAX_COST = 90_000_000;
const COST_OF_TAG = 100;
const MAX_ENTRIES = 1_000;

const costOfBytes = ({ name, unpacked }: Entry): number => unpacked * (/\.(xml|rels|vml)$/i.test(name) ? 9 : 2);

export type ZipVerdict = 'fits' | 'tooMuchInside' | 'damaged' | 'encrypted' | 'macro' | 'notWorkbook';

/**
 * Judges a zip before anything reads it. First by what its directory declares; then, because the directory can lie, by inflating each file
 * once, keeping nothing and stopping at the declared size.
 */
export async function judgeZip(bytes: Uint8Array): Promise<ZipVerdict> {
  const entries = readDirectory(bytes);
  if (!entries) return 'damaged';
  if (entries.length > MAX_ENTRIES) return 'tooMuchInside';
  if (entries.some((entry) => entry.encrypted)) return 'encrypted';
  let cost = entries.reduce((sum, entry) => sum + costOfBytes(entry), 0);
  if (cost > MAX_COST) return 'tooMuchInside';
  if (entries.some((entry) => /(^|\/)vbaProject\.bin$/i.test(entry.name))) return 'macro';
  if (!entries.some((entry) => /(^|\/)xl\/workbook\d*\.xml$/i.test(entry.name))) return 'notWorkbook';
  for (const entry of entries) {
    const tags = await countTags(bytes, entry);
    if (tags === undefined) return 'damaged';
    cost += tags * COST_OF_TAG;
    if (cost > MAX_COST) return 'tooMuchInside';
  }
  return 'fits';
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

function readDirectory(bytes: Uint8Array): readonly Entry[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== END) end -= 1;
  if (end < 0) return undefined;
  const count = view.getUint16(end + 10, true);
  const entries: Entry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL) return undefined;
    const nameLength = view.getUint16(at + 28, true);
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 0x2041) !== 0,
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** Tags (`<`) in the file; undefined when it is not what the directory declares. The local header must agree: the reader goes by that. */
async function countTags(bytes: Uint8Array, entry: Entry): Promise<number | undefined> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { offset } = entry;
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== LOCAL) return undefined;
  if (view.getUint16(offset + 8, true) !== entry.method) return undefined;
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  const packed = bytes.subarray(start, start + entry.packed);
  if (packed.length !== entry.packed) return undefined;
  if (entry.method === 0) return entry.packed === entry.unpacked ? tagsIn(packed) : undefined;
  if (entry.method !== 8) return undefined;
  return inflatedTags(packed, entry.unpacked);
}

async function inflatedTags(packed: Uint8Array, declared: number): Promise<number | undefined> {
  // The copy gives the stream an ArrayBuffer of its own, as its type asks; a packed file is 10 MB at most.
  const reader = new Blob([packed.slice()]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  let size = 0;
  let tags = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return size === declared ? tags : undefined;
      size += value.length;
      if (size > declared) return undefined;
      tags += tagsIn(value);
    }
  } catch {
    return undefined; // the only thing a decompressor throws: not a deflate stream, or cut off
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function tagsIn(part: Uint8Array): number {
  let tags = 0;
  for (const byte of part) if (byte === 0x3c) tags += 1;
  return tags;
}
