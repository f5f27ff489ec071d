-- Numbers are counted, not looked for: of many who enter something at the same moment each gets one of its own.

CREATE TABLE counter (
  -- task, inspection, finding, notice.
  name TEXT PRIMARY KEY,
  -- The last number that was given; a gap is one that was given and not used.
  value INTEGER NOT NULL
) STRICT;
INSERT INTO counter (name, value) SELECT 'task', COALESCE(MAX(number), 0) FROM task;
INSERT INTO counter (name, value) SELECT 'inspection', COALESCE(MAX(number), 0) FROM inspection;
INSERT INTO counter (name, value) SELECT 'finding', COALESCE(MAX(number), 0) FROM finding;
INSERT INTO counter (name, value) SELECT 'notice', COALESCE(MAX(number), 0) FROM notice;

INSERT INTO schema_version (name) VALUES ('0023_counters');
