import type { SchoolPart } from '../../domain/calendar/school-year.ts';

/** The tables of migrations/0009_calendar.sql as Kysely sees them. */
export interface CalendarTables {
  calendar: { id: 'calendar'; version: number };
  calendar_day: { day: string; kind: 'rest' | 'work'; name: string };
  calendar_year: { year: number };
  school_period: {
    unit_id: string;
    school_year: number;
    part: SchoolPart;
    date_from: string;
    date_to: string;
  };
}
