/** A multiple of three, so that each part is base64 by itself; 800,000 characters of it, below D1's 2 MB a row and a parameter. */
const PART_BYTES = 600_000;
/** String.fromCharCode takes its arguments on the stack. */
const SLICE = 8_192;

/** A file as base64 texts of bounded length; base64 because all homes keep and return text in the same way. */
export function fileParts(bytes: Uint8Array): readonly string[] {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += PART_BYTES) parts.push(toBase64(bytes.subarray(at, at + PART_BYTES)));
  return parts;
}

export function fileOfParts(parts: readonly string[]): Uint8Array {
  const decoded = parts.map((part) => Uint8Array.from(atob(part), (char) => char.charCodeAt(0)));
  const bytes = new Uint8Array(decoded.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of decoded) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += SLICE) text += String.fromCharCode(...bytes.subarray(at, at + SLICE));
  return btoa(text);
}
