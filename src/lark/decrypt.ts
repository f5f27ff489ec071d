import { Buffer } from 'node:buffer';
import { createDecipheriv, createHash } from 'node:crypto';

const BLOCK_BYTES = 16;

/**
 * Plaintext of Lark's `encrypt` field: base64(IV || AES-256-CBC), PKCS#7, key = SHA-256(Encrypt Key). Undefined when the text is cut
 * short, does not unpad or is not UTF-8. CBC proves nothing about the sender: only the signature does.
 */
export function decrypt(encrypted: string, encryptKey: string): string | undefined {
  const blob = Buffer.from(encrypted, 'base64');
  if (blob.length < 2 * BLOCK_BYTES || blob.length % BLOCK_BYTES !== 0) return undefined;
  const key = createHash('sha256').update(encryptKey, 'utf8').digest();
  try {
    const decipher = createDecipheriv('aes-256-cbc', key, blob.subarray(0, BLOCK_BYTES));
    const plain = Buffer.concat([decipher.update(blob.subarray(BLOCK_BYTES)), decipher.final()]);
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch {
    return undefined;
  }
}
