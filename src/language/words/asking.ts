const END = '[\\s。.!！~～,，)）”"]*$';

/** 了没有 asks, 灭火器没有 tells; 淹没 is a word. */
const ASKS = new RegExp(
  '(?:[?？]|[吗嗎]|(?<![什怎这那多要])么|(?<![淹埋沉出吞覆隐])没|(?:[了过完好成到位结消期办报交改发停定]|取消)没有|' +
    `(?<=[了过完好成结])吧|(?:对|是|行|好|可以|能|可)不(?:对|是|行|好|可以|能|可)|与否|是否|可否|能否)[呢啊呀]?${END}`,
);

/** Whether a line, as it was typed, ends as a question: what it says is not to be done. */
export const isAsking = (line: string): boolean => ASKS.test(line);
