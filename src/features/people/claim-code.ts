/** The stored form of a claim code: SHA-256 in hex, letters in upper case and without spaces or dashes before. */
export async function hashOfCode(code: string): Promise<string> {
  const plain = code.toUpperCase().replace(/[\s-]/g, '');
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(plain));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
