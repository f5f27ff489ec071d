-- Who was alerted to the deadline of a confidential task on which day: once, whoever else looks at the task that day.

CREATE TABLE task_alert (
  task_id TEXT NOT NULL,
  day TEXT NOT NULL,
  -- An open id, or the chat that the message went to.
  reader TEXT NOT NULL,
  alerted_at INTEGER NOT NULL,
  PRIMARY KEY (task_id, day, reader)
) STRICT;
CREATE INDEX task_alert_by_time ON task_alert (alerted_at);

INSERT INTO schema_version (name) VALUES ('0025_task_alerts');
