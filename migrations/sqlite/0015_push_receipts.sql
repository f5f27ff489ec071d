-- Pushes that are to be confirmed stand beside the notices: they have no number, and are known by their group and nominal time.
-- SQLite cannot take a NOT NULL away, so the three tables are written anew; the old ones go children first.

CREATE TABLE receipt_notice (
  id TEXT PRIMARY KEY,
  -- Of a 通知; NULL for a push.
  number INTEGER UNIQUE,
  words TEXT NOT NULL,
  -- An open id; 'heartbeat' for a push.
  sender TEXT NOT NULL,
  sent_at INTEGER NOT NULL,
  -- Until when it is to be confirmed, as the sender chose.
  confirm_by_at INTEGER,
  -- When those who have not are reminded; NULL when nobody is, or when they were.
  remind_at INTEGER,
  -- Of a push: the time that its rules name; with the group's id it finds the occurrence.
  nominal_at INTEGER,
  -- Of a push: when what it announces is over.
  closes_at INTEGER,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO receipt_notice (id, number, words, sender, sent_at, confirm_by_at, remind_at, version)
SELECT id, number, words, sender, sent_at, confirm_by_at, remind_at, version FROM notice;

CREATE TABLE receipt_target (
  notice_id TEXT NOT NULL REFERENCES receipt_notice (id),
  chat_id TEXT NOT NULL,
  -- NULL until the members of the group were asked for.
  asked_at INTEGER,
  -- When they are to be asked for, if they are.
  ask_at INTEGER,
  PRIMARY KEY (notice_id, chat_id)
) STRICT;
INSERT INTO receipt_target (notice_id, chat_id, asked_at, ask_at)
SELECT notice_id, chat_id, asked_at, ask_at FROM notice_target;

CREATE TABLE receipt_receiver (
  notice_id TEXT NOT NULL REFERENCES receipt_notice (id),
  open_id TEXT NOT NULL,
  chat_id TEXT NOT NULL,
  -- As the group shows it; the address book's name is shown for who is linked.
  name TEXT NOT NULL,
  confirmed_at INTEGER,
  PRIMARY KEY (notice_id, open_id)
) STRICT;
INSERT INTO receipt_receiver (notice_id, open_id, chat_id, name, confirmed_at)
SELECT notice_id, open_id, chat_id, name, confirmed_at FROM notice_receiver;

DROP TABLE notice_receiver;
DROP TABLE notice_target;
DROP TABLE notice;
ALTER TABLE receipt_notice RENAME TO notice;
ALTER TABLE receipt_target RENAME TO notice_target;
ALTER TABLE receipt_receiver RENAME TO notice_receiver;

CREATE INDEX notice_to_remind ON notice (remind_at) WHERE remind_at IS NOT NULL;
CREATE INDEX notice_target_by_chat ON notice_target (chat_id, notice_id);
CREATE INDEX notice_target_to_ask ON notice_target (ask_at) WHERE ask_at IS NOT NULL;
-- Whole: what somebody has confirmed is asked for as well.
CREATE INDEX notice_receiver_by_person ON notice_receiver (open_id, notice_id);
CREATE INDEX notice_by_time ON notice (sent_at);
CREATE INDEX notice_by_nominal_time ON notice (nominal_at) WHERE nominal_at IS NOT NULL;

INSERT INTO schema_version (name) VALUES ('0015_push_receipts');
