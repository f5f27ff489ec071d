import { createDecipheriv, createHash } from 'node:crypto';
import { createServer } from 'node:http';

// The least that any bot does with an event: read the body, check the signature over its bytes, decrypt, parse, answer.

const encryptKey = process.env['LARK_ENCRYPT_KEY'] ?? '';
const key = createHash('sha256').update(encryptKey).digest();

const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const body = Buffer.concat(parts).toString('utf8');
    const { headers } = request;
    const said = `${headers['x-lark-request-timestamp']}${headers['x-lark-request-nonce']}${encryptKey}${body}`;
    const isSigned = createHash('sha256').update(said).digest('hex') === headers['x-lark-signature'];
    const sealed = Buffer.from(String(JSON.parse(body).encrypt ?? ''), 'base64');
    const opener = createDecipheriv('aes-256-cbc', key, sealed.subarray(0, 16));
    const event: unknown = JSON.parse(Buffer.concat([opener.update(sealed.subarray(16)), opener.final()]).toString());
    response.statusCode = isSigned && event ? 200 : 401;
    response.end('{}');
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}\n`);
});
