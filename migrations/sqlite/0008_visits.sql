-- Visits that are entered, changed, put off and cancelled by hand: a number to type (D12), a state, and who changed them last.
-- A cancelled visit keeps its row. The number is given by the statement that adds the row, so that imports get numbers too.

ALTER TABLE inspection ADD COLUMN number INTEGER CHECK (number > 0);
ALTER TABLE inspection ADD COLUMN state TEXT NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'cancelled'));
-- Why it was cancelled or put off, in the words of whoever did it.
ALTER TABLE inspection ADD COLUMN reason TEXT NOT NULL DEFAULT '';
-- The account that changed it last from a chat, and when; the next one within minutes is told of it first.
ALTER TABLE inspection ADD COLUMN changed_by TEXT;
ALTER TABLE inspection ADD COLUMN
  changed_at INTEGER;

UPDATE inspection SET number = numbered.place
FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY date_from, begins_at, id) AS place FROM inspection) AS numbered
WHERE inspection.id = numbered.id;
CREATE UNIQUE INDEX inspection_by_number ON inspection (number);
CREATE INDEX inspection_by_hand ON inspection (changed_by, changed_at) WHERE changed_by IS NOT NULL;

INSERT INTO schema_version (name) VALUES ('0008_visits');
