-- What administrators enter into the working-day calendar, and the school terms and vacations of units.

CREATE TABLE calendar (
  id TEXT COLLATE "C" PRIMARY KEY CHECK (id = 'calendar'),
  -- Counts the changes of the tables below, and of the tree of units that terms and vacations are inherited along.
  version INTEGER NOT NULL
);
INSERT INTO calendar (id, version) VALUES ('calendar', 1);

CREATE TABLE calendar_day (
  day TEXT COLLATE "C" PRIMARY KEY,
  kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('rest', 'work')),
  -- The holiday that a rest day belongs to, or empty.
  name TEXT COLLATE "C" NOT NULL
);

-- Years whose whole arrangement was entered.
CREATE TABLE calendar_year (year INTEGER PRIMARY KEY);

CREATE TABLE school_period (
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES unit (id),
  -- 2026 is the school year that begins in the autumn of 2026.
  school_year INTEGER NOT NULL,
  part TEXT COLLATE "C" NOT NULL CHECK (part IN ('autumn', 'winter', 'spring', 'summer')),
  date_from TEXT COLLATE "C" NOT NULL,
  date_to TEXT COLLATE "C" NOT NULL CHECK (date_to >= date_from),
  PRIMARY KEY (unit_id, school_year, part)
);

-- The calendar with which the rule's next time was computed: 0 is none, and the next beat computes it.
ALTER TABLE reminder_rule ADD COLUMN calendar_version INTEGER NOT NULL DEFAULT 0;
CREATE INDEX reminder_rule_calendar ON reminder_rule (calendar_version) WHERE enabled = 1;

INSERT INTO schema_version (name) VALUES ('0009_calendar');
