-- Tasks with a number of their own, a target and a history; progress; notices and who has confirmed them.

-- What officials call it: T12. Unique in the district.
ALTER TABLE task ADD COLUMN number INTEGER;
ALTER TABLE task ADD COLUMN target DOUBLE PRECISION;
-- The unit of measure of the target: 所, 万元.
ALTER TABLE task ADD COLUMN measure TEXT COLLATE "C" NOT NULL DEFAULT '';
-- The day from which the expected share is counted, where it is known.
ALTER TABLE task ADD COLUMN starts TEXT COLLATE "C";
UPDATE task SET number = r.n
FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY program_id, length(code), code, id) AS n FROM task) AS r
WHERE task.id = r.id;
CREATE UNIQUE INDEX task_by_number ON task (number);

CREATE TABLE task_entry (
  id TEXT COLLATE "C" PRIMARY KEY,
  task_id TEXT COLLATE "C" NOT NULL REFERENCES task (id),
  at BIGINT NOT NULL,
  -- An open id.
  actor TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('added', 'due', 'target', 'done', 'reopened')),
  before TEXT COLLATE "C" NOT NULL DEFAULT '',
  after TEXT COLLATE "C" NOT NULL DEFAULT '',
  reason TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE INDEX task_entry_by_task ON task_entry (task_id, at);

-- The history of what was reported; the latest is how the task stands.
CREATE TABLE progress_report (
  id TEXT COLLATE "C" PRIMARY KEY,
  task_id TEXT COLLATE "C" NOT NULL REFERENCES task (id),
  at BIGINT NOT NULL,
  actor TEXT COLLATE "C" NOT NULL,
  percent DOUBLE PRECISION,
  amount DOUBLE PRECISION,
  words TEXT COLLATE "C" NOT NULL DEFAULT '',
  -- A figure that went down, with the reason in its words.
  correction INTEGER NOT NULL CHECK (correction IN (0, 1))
);
CREATE INDEX progress_report_by_task ON progress_report (task_id, at);

CREATE TABLE notice (
  id TEXT COLLATE "C" PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE,
  words TEXT COLLATE "C" NOT NULL,
  -- An open id.
  sender TEXT COLLATE "C" NOT NULL,
  sent_at BIGINT NOT NULL,
  -- Until when it is to be confirmed, as the sender chose.
  confirm_by_at BIGINT,
  -- When those who have not are reminded; NULL when nobody is, or when they were.
  remind_at BIGINT,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX notice_to_remind ON notice (remind_at) WHERE remind_at IS NOT NULL;

-- Where it was sent: groups, and people in their direct chat (an open id).
CREATE TABLE notice_target (
  notice_id TEXT COLLATE "C" NOT NULL REFERENCES notice (id),
  chat_id TEXT COLLATE "C" NOT NULL,
  -- NULL until the members of the group were asked for.
  asked_at BIGINT,
  -- When they are to be asked for, if they are.
  ask_at BIGINT,
  PRIMARY KEY (notice_id, chat_id)
);
CREATE INDEX notice_target_by_chat ON notice_target (chat_id, notice_id);
CREATE INDEX notice_target_to_ask ON notice_target (ask_at) WHERE ask_at IS NOT NULL;

-- Whom it concerns: the members of the group when it was sent, and whoever confirmed it there later.
CREATE TABLE notice_receiver (
  notice_id TEXT COLLATE "C" NOT NULL REFERENCES notice (id),
  open_id TEXT COLLATE "C" NOT NULL,
  chat_id TEXT COLLATE "C" NOT NULL,
  -- As the group shows it; the address book's name is shown for who is linked.
  name TEXT COLLATE "C" NOT NULL,
  confirmed_at BIGINT,
  PRIMARY KEY (notice_id, open_id)
);
CREATE INDEX notice_receiver_by_person ON notice_receiver (open_id, notice_id) WHERE confirmed_at IS NULL;

INSERT INTO schema_version (name) VALUES ('0014_tasks_and_notices');
