-- The hour of a deadline, and deadlines that count working days from a milestone (进驻前5个工作日).

ALTER TABLE task ADD COLUMN due_time TEXT;
ALTER TABLE task ADD COLUMN due_offset_unit TEXT CHECK (due_offset_unit IN ('working'));

INSERT INTO schema_version (name) VALUES ('0030_due_times');
