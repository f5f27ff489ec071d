-- Programs that are run from the chat: archived ones, milestones that are still vague, who takes part, and a countdown to remind of them.

ALTER TABLE program ADD COLUMN
  archived_at BIGINT;

-- How a vague milestone is understood (4月初: 1 to 10 April); both are empty once it has a day, or when its words name none.
ALTER TABLE milestone ADD COLUMN period_from TEXT COLLATE "C";
ALTER TABLE milestone ADD COLUMN period_to TEXT COLLATE "C";

-- Who takes part. A program without such a row is for everybody below the unit that runs it.
CREATE TABLE program_unit (
  program_id TEXT COLLATE "C" NOT NULL REFERENCES program (id),
  seat INTEGER NOT NULL,
  unit_id TEXT COLLATE "C" REFERENCES unit (id),
  collective TEXT COLLATE "C",
  written TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (program_id, seat),
  CHECK ((unit_id IS NULL) <> (collective IS NULL))
);
CREATE INDEX program_unit_by_collective ON program_unit (program_id, collective) WHERE collective IS NOT NULL;
CREATE INDEX program_unit_by_unit ON program_unit (unit_id, program_id) WHERE unit_id IS NOT NULL;
CREATE INDEX inspection_by_program ON inspection (program_id, date_to) WHERE program_id IS NOT NULL;

-- What a reminder brings is the program's to know: a CHECK would have to be made anew with each kind. Dropping the column drops it.
ALTER TABLE reminder_rule ADD COLUMN brings TEXT COLLATE "C" NOT NULL DEFAULT '';
UPDATE reminder_rule SET brings = content;
ALTER TABLE reminder_rule DROP COLUMN content;
ALTER TABLE reminder_rule RENAME COLUMN brings TO content;

INSERT INTO schema_version (name) VALUES ('0010_programs');
