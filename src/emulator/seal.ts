import { createCipheriv, createHash, randomBytes } from 'node:crypto';

/** AES-256-CBC with SHA-256(Encrypt Key), PKCS#7, base64(IV || ciphertext): 配置 Encrypt Key. */
export function encrypt(encryptKey: string, plaintext: string, iv: Uint8Array = randomBytes(16)): string {
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(encryptKey).digest(), iv);
  return Buffer.concat([iv, cipher.update(plaintext, 'utf8'), cipher.final()]).toString('base64');
}

/** Plain SHA-256 over timestamp + nonce + Encrypt Key + the raw body as sent; not an HMAC. */
export const sign = (timestamp: string, nonce: string, encryptKey: string, body: string): string =>
  createHash('sha256')
    .update(timestamp + nonce + encryptKey + body)
    .digest('hex');
