import type { OwnReader } from '../../language/forms/form.ts';

/** What is said to a problem that looks like one that is known. */
export const ANOTHER = '另一个问题';
const SAID = new RegExp(`(?:^|[\\s,，;；。])${ANOTHER}$`);

/** Said to what was asked back. */
export const readAnother: OwnReader<true> = (text) =>
  SAID.test(text) ? { value: true, rest: text.replace(SAID, '') } : undefined;
