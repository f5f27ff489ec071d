-- Workbooks that administrators send to the bot, from the message to the tables.

CREATE TABLE pending_import (
  -- The code that its buttons carry.
  id TEXT PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('fetching', 'ready', 'confirmed', 'done', 'dropped', 'expired', 'failed')),
  message_id TEXT NOT NULL,
  reply_to TEXT,
  file_key TEXT,
  file_name TEXT NOT NULL,
  chat_id TEXT NOT NULL,
  sender TEXT NOT NULL,
  requested_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  -- JSON text of what was previewed.
  preview TEXT,
  digest TEXT,
  expires_at INTEGER NOT NULL,
  -- When somebody has to look at it: at once, at the end of a lease, at its expiry. NULL once it is settled.
  due_at INTEGER,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX pending_import_due ON pending_import (due_at) WHERE due_at IS NOT NULL;

-- The file in base64, in parts: D1 takes 2 MB a row and a parameter. They go when the import is settled.
CREATE TABLE pending_import_part (
  import_id TEXT NOT NULL REFERENCES pending_import (id),
  part INTEGER NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (import_id, part)
) STRICT;

INSERT INTO schema_version (name) VALUES ('0005_workbooks');
