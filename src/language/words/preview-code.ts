/** Stands for what a preview showed: whoever confirms with it confirms just that. Six characters are enough, since it guards against change, not against guessing. */
export async function previewCode(shown: unknown): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(shown)));
  return [...new Uint8Array(digest)]
    .slice(0, 3)
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
}

/** 确认 3F9A2C at the end of a line. */
export const confirmed = (rest: string): string | undefined => /确认 *([0-9A-F]{6})$/i.exec(rest)?.[1]?.toUpperCase();
