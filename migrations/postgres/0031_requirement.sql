-- 要求: what is asked for besides the matter itself (尽快, 务必按时, 附件一式两份), as it was written; '' where nothing was.

ALTER TABLE task ADD COLUMN requirement TEXT COLLATE "C" NOT NULL DEFAULT '';

-- What is added to a report (evidence, a correction) is no report of its own: the day of the report stays.
DROP INDEX finding_event_reported;
CREATE INDEX finding_event_reported ON finding_event (finding_id, on_day)
  WHERE to_state = 'submitted' AND from_state <> 'submitted';

INSERT INTO schema_version (name) VALUES ('0031_requirement');
