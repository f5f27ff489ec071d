-- Files that the bot sends, and what an import needs to be taken back.

-- A message with a file's name is a file: its bytes stand in the parts until it is sent. The CHECK on its type cannot be altered, and
-- making the queue anew would stop a running deliverer, so that such a row says 'text' there and nobody reads it.
ALTER TABLE outbox ADD COLUMN file_name TEXT;
-- Lark's key once the bytes were uploaded: a second attempt does not upload them again.
ALTER TABLE outbox ADD COLUMN file_key TEXT;

-- Base64 in parts, as those of pending_import.
CREATE TABLE outbox_part (
  message_key TEXT NOT NULL REFERENCES outbox (key) ON DELETE CASCADE,
  part INTEGER NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (message_key, part)
) STRICT;

-- Imports that were written, so that the last one can be taken back.
CREATE TABLE applied_import (
  -- The code that its button carries.
  id TEXT PRIMARY KEY,
  file_name TEXT NOT NULL,
  kind TEXT NOT NULL,
  -- An open id, or 'operator'.
  actor TEXT NOT NULL,
  applied_at INTEGER NOT NULL,
  undone_at INTEGER
) STRICT;
CREATE INDEX applied_import_by_time ON applied_import (applied_at);

-- JSON text of the rows before and after, cut into pieces: D1 takes 2 MB a row and a parameter.
CREATE TABLE applied_import_part (
  import_id TEXT NOT NULL REFERENCES applied_import (id) ON DELETE CASCADE,
  part INTEGER NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (import_id, part)
) STRICT;

INSERT INTO schema_version (name) VALUES ('0006_files');
