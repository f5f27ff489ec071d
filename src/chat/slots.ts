import * as z from 'zod';
import type { LocalDate } from '../domain/calendar/local-date.ts';
import type { Slots } from './command.ts';

const date = z.custom<LocalDate>((value) => typeof value === 'string');
const unit = z.object({ id: z.string(), name: z.string() });

/** What the grammar may find in a line. A command picks the parts that it takes; the rest of a line is then no concern of it. */
export const slots = z.object({
  when: z.object({ from: date, to: date }).optional(),
  until: z.boolean().optional(),
  impossibleDate: z.string().optional(),
  provisional: z.boolean().optional(),
  units: z.array(z.object({ written: z.string(), candidates: z.array(unit) })),
  people: z.array(z.string()),
  me: z.boolean().optional(),
  programs: z.array(z.object({ name: z.string(), programId: z.string(), checklistId: z.string().optional() })),
  checklists: z.array(z.object({ name: z.string(), checklistId: z.string() })),
  code: z.string().optional(),
  filter: z.enum(['veto', 'unmet', 'missing', 'overdue']).optional(),
  asks: z.string().optional(),
  mentions: z.array(z.object({ openId: z.string(), name: z.string() })).optional(),
  rest: z.string(),
}) satisfies z.ZodType<Slots>;
