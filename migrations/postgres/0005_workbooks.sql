-- Workbooks that administrators send to the bot, from the message to the tables.

CREATE TABLE pending_import (
  -- The code that its buttons carry.
  id TEXT COLLATE "C" PRIMARY KEY,
  state TEXT COLLATE "C" NOT NULL CHECK (state IN ('fetching', 'ready', 'confirmed', 'done', 'dropped', 'expired', 'failed')),
  message_id TEXT COLLATE "C" NOT NULL,
  reply_to TEXT COLLATE "C",
  file_key TEXT COLLATE "C",
  file_name TEXT COLLATE "C" NOT NULL,
  chat_id TEXT COLLATE "C" NOT NULL,
  sender TEXT COLLATE "C" NOT NULL,
  requested_at BIGINT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  -- JSON text of what was previewed.
  preview TEXT COLLATE "C",
  digest TEXT COLLATE "C",
  expires_at BIGINT NOT NULL,
  -- When somebody has to look at it: at once, at the end of a lease, at its expiry. NULL once it is settled.
  due_at BIGINT,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX pending_import_due ON pending_import (due_at) WHERE due_at IS NOT NULL;

-- The file in base64, in parts: D1 takes 2 MB a row and a parameter. They go when the import is settled.
CREATE TABLE pending_import_part (
  import_id TEXT COLLATE "C" NOT NULL REFERENCES pending_import (id),
  part INTEGER NOT NULL,
  content TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (import_id, part)
);

INSERT INTO schema_version (name) VALUES ('0005_workbooks');
