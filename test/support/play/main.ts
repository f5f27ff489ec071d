import { existsSync, readFileSync } from 'node:fs';
import { converse } from './converse.ts';
import { playThrough } from './perform.ts';
import { PlayError, readPlay } from './read-play.ts';

const [file] = process.argv.slice(2);

try {
  if (file === undefined || (file !== '-' && !existsSync(file))) {
    if (file !== undefined) console.log(`没有文件“${file}”。`);
    console.log('用法：npm run play 文件　　演一个剧本，例如 npm run play test/plays/notice-confirmed.play');
    console.log('　　　npm run play -　　　从键盘逐行试用');
    process.exitCode = 2;
  } else if (file === '-') await converse(process.stdin, process.stdout);
  else await whole(file);
} catch (error) {
  if (!(error instanceof PlayError)) throw error;
  console.log(error.message);
  process.exitCode = 1;
} finally {
  for (const end of globalThis.endings ?? []) await end();
}

async function whole(path: string): Promise<void> {
  const wrong = await playThrough(readPlay(readFileSync(path, 'utf8')), 'SQLite', 'play', (line) => console.log(line));
  console.log(wrong.length === 0 ? '\n全部符合。' : `\n不符合 ${wrong.length} 处：\n${wrong.join('\n')}`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}
