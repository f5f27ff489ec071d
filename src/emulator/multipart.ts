/**
 * multipart/form-data by hand: the official SDK sends a Buffer as a part without a filename, which `Request.formData()` would
 * read as text and so ruin.
 */
export function parseMultipart(contentType: string, body: Buffer): ReadonlyMap<string, Buffer> {
  const boundary = /boundary=(?:"([^"]+)"|([^;]+))/.exec(contentType)?.slice(1).find(Boolean);
  const parts = new Map<string, Buffer>();
  if (boundary === undefined) return parts;
  const mark = `\r\n--${boundary}`;
  const whole = Buffer.concat([Buffer.from('\r\n'), body]);
  for (let start = whole.indexOf(mark); start >= 0; ) {
    const end = whole.indexOf(mark, start + mark.length);
    const headerEnd = whole.indexOf('\r\n\r\n', start);
    if (end < 0 || headerEnd < 0 || headerEnd > end) break;
    const name = /\bname="([^"]*)"/.exec(whole.subarray(start, headerEnd).toString('utf8'))?.[1];
    if (name !== undefined) parts.set(name, whole.subarray(headerEnd + 4, end));
    start = end;
  }
  return parts;
}
