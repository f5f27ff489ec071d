/** 1. 1、 (1) -: how the problems of a letter are told apart, each on a line of its own. */
export const ITEM = /^(?:\(?\d{1,2}(?:[).、:．]| (?=\S))|[-·*•])\s*/;

/** Whether these lines below 问题 … are its problems and not further commands. */
export const areItems = (lines: readonly string[]): boolean =>
  lines.length > 0 && lines.every((line) => ITEM.test(line));
