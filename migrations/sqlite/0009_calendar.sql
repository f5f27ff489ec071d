-- What administrators enter into the working-day calendar, and the school terms and vacations of units.

CREATE TABLE calendar (
  id TEXT PRIMARY KEY CHECK (id = 'calendar'),
  -- Counts the changes of the tables below, and of the tree of units that terms and vacations are inherited along.
  version INTEGER NOT NULL
) STRICT;
INSERT INTO calendar (id, version) VALUES ('calendar', 1);

CREATE TABLE calendar_day (
  day TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('rest', 'work')),
  -- The holiday that a rest day belongs to, or empty.
  name TEXT NOT NULL
) STRICT;

-- Years whose whole arrangement was entered.
CREATE TABLE calendar_year (year INTEGER PRIMARY KEY) STRICT;

CREATE TABLE school_period (
  unit_id TEXT NOT NULL REFERENCES unit (id),
  -- 2026 is the school year that begins in the autumn of 2026.
  school_year INTEGER NOT NULL,
  part TEXT NOT NULL CHECK (part IN ('autumn', 'winter', 'spring', 'summer')),
  date_from TEXT NOT NULL,
  date_to TEXT NOT NULL CHECK (date_to >= date_from),
  PRIMARY KEY (unit_id, school_year, part)
) STRICT;

-- The calendar with which the rule's next time was computed: 0 is none, and the next beat computes it.
ALTER TABLE reminder_rule ADD COLUMN calendar_version INTEGER NOT NULL DEFAULT 0;
CREATE INDEX reminder_rule_calendar ON reminder_rule (calendar_version) WHERE enabled = 1;

INSERT INTO schema_version (name) VALUES ('0009_calendar');
