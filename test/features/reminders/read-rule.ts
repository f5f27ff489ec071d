import type { LocalDate } from '../../../src/domain/calendar/local-date.ts';
import { readRuleWords, ruleOf, type SaidRule } from '../../../src/features/reminders/recurrence-phrase.ts';
import { UserError } from '../../../src/language/errors.ts';

/** The rule that a line says, or the sentence with which it is refused. */
export function readRule(
  line: string,
  { today, ...around }: Parameters<typeof ruleOf>[1] & { readonly today: LocalDate },
): { readonly rule: SaidRule } | { readonly refused: string } {
  try {
    return { rule: ruleOf(readRuleWords(line, today), around) };
  } catch (error) {
    if (error instanceof UserError) return { refused: error.message };
    throw error;
  }
}
