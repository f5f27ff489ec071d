-- 要求: what is asked for besides the matter itself (尽快, 务必按时, 附件一式两份), as it was written; '' where nothing was.

ALTER TABLE task ADD COLUMN requirement TEXT NOT NULL DEFAULT '';

INSERT INTO schema_version (name) VALUES ('0031_requirement');
