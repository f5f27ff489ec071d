-- What administrators set from the chat, and what a reminder rule says besides its days.

-- One row a setting that was ever changed, for the district or for one group.
CREATE TABLE setting (
  key TEXT COLLATE "C" NOT NULL,
  -- '' for the district.
  chat_id TEXT COLLATE "C" NOT NULL,
  -- In the words in which it is typed and shown; NULL is the default.
  value TEXT COLLATE "C",
  -- What the last change replaced, as JSON text {"value": …}; NULL when there is nothing to take back.
  before TEXT COLLATE "C",
  changed_by TEXT COLLATE "C" NOT NULL,
  changed_at BIGINT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (key, chat_id)
);

-- Whom its push mentions, and the last day on which it comes.
ALTER TABLE reminder_rule ADD COLUMN mention TEXT COLLATE "C" NOT NULL DEFAULT 'responsible';
ALTER TABLE reminder_rule ADD COLUMN until_day TEXT COLLATE "C";

INSERT INTO schema_version (name) VALUES ('0007_settings');
