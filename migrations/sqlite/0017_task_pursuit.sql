-- Confidential tasks, tasks that are handed over, that fall behind and are pursued, their own milestones, and evidence of progress.

-- 保密: seen by those who answer for it, by who gave it and by the office, and in no group.
ALTER TABLE task ADD COLUMN restricted INTEGER NOT NULL DEFAULT 0 CHECK (restricted IN (0, 1));
-- How far a task that is behind has been pursued: 1 催办, 2 限期整改, 3 通报; what waits for somebody's word counts in `drafted`.
ALTER TABLE task ADD COLUMN level INTEGER NOT NULL DEFAULT 0 CHECK (level BETWEEN 0 AND 3);
ALTER TABLE task ADD COLUMN drafted INTEGER NOT NULL DEFAULT 0 CHECK (drafted BETWEEN 0 AND 3);
-- The day on which the level was reached.
ALTER TABLE task ADD COLUMN level_on TEXT;
-- Until when a task that is behind has to catch up.
ALTER TABLE task ADD COLUMN rectify_by TEXT;
-- When the heartbeat looks at it next: 0 is at once, which then says when.
ALTER TABLE task ADD COLUMN watch_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX task_watch ON task (watch_at) WHERE state = 'open';

-- More happens to a task than when it was first written down; the program knows the kinds.
CREATE TABLE task_history (
  id TEXT PRIMARY KEY,
  task_id TEXT NOT NULL REFERENCES task (id),
  at INTEGER NOT NULL,
  -- An open id, or 'heartbeat'.
  actor TEXT NOT NULL,
  kind TEXT NOT NULL,
  before TEXT NOT NULL DEFAULT '',
  after TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO task_history (id, task_id, at, actor, kind, before, after, reason)
SELECT id, task_id, at, actor, kind, before, after, reason FROM task_entry;
DROP TABLE task_entry;
ALTER TABLE task_history RENAME TO task_entry;
CREATE INDEX task_entry_by_task ON task_entry (task_id, at);

-- Photos and files beside a report, by Lark's keys; they stay with Lark.
CREATE TABLE progress_evidence (
  report_id TEXT NOT NULL REFERENCES progress_report (id),
  position INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('image', 'file', 'message')),
  message_id TEXT NOT NULL,
  file_key TEXT,
  name TEXT NOT NULL,
  PRIMARY KEY (report_id, position)
) STRICT;

-- Steps of one task, each with its day.
CREATE TABLE task_milestone (
  task_id TEXT NOT NULL REFERENCES task (id),
  name TEXT NOT NULL,
  due TEXT NOT NULL,
  done_on TEXT,
  PRIMARY KEY (task_id, name)
) STRICT;

INSERT INTO schema_version (name) VALUES ('0017_task_pursuit');
