// A process of its own, so that its memory can be measured: opens one file, prints the answer and how much memory that took at most.
import { readFileSync } from 'node:fs';
import { openWorkbook } from '../../src/excel/open-workbook.ts';
import { isRefusal } from '../../src/excel/refusal.ts';

const [path = ''] = process.argv.slice(2);
const peakKb = () => process.resourceUsage().maxRSS;
const idle = peakKb();
const opened = await openWorkbook(readFileSync(path), path);
console.log(
  JSON.stringify({ answer: isRefusal(opened) ? opened.refused : 'opened', megabytes: (peakKb() - idle) / 1024 }),
);
