/** The code without the letters of its checklist: 2.11 of YZ-2.11. */
export function shortCode(code: string): string {
  return code.slice(code.indexOf('-') + 1);
}
