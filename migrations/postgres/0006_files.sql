-- Files that the bot sends, and what an import needs to be taken back.

-- A message with a file's name is a file: its bytes stand in the parts until it is sent. The CHECK on its type cannot be altered, and
-- making the queue anew would stop a running deliverer, so that such a row says 'text' there and nobody reads it.
ALTER TABLE outbox ADD COLUMN file_name TEXT COLLATE "C";
-- Lark's key once the bytes were uploaded: a second attempt does not upload them again.
ALTER TABLE outbox ADD COLUMN file_key TEXT COLLATE "C";

-- Base64 in parts, as those of pending_import.
CREATE TABLE outbox_part (
  message_key TEXT COLLATE "C" NOT NULL REFERENCES outbox (key) ON DELETE CASCADE,
  part INTEGER NOT NULL,
  content TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (message_key, part)
);

-- Imports that were written, so that the last one can be taken back.
CREATE TABLE applied_import (
  -- The code that its button carries.
  id TEXT COLLATE "C" PRIMARY KEY,
  file_name TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  -- An open id, or 'operator'.
  actor TEXT COLLATE "C" NOT NULL,
  applied_at BIGINT NOT NULL,
  undone_at BIGINT
);
CREATE INDEX applied_import_by_time ON applied_import (applied_at);

-- JSON text of the rows before and after, cut into pieces: D1 takes 2 MB a row and a parameter.
CREATE TABLE applied_import_part (
  import_id TEXT COLLATE "C" NOT NULL REFERENCES applied_import (id) ON DELETE CASCADE,
  part INTEGER NOT NULL,
  content TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (import_id, part)
);

INSERT INTO schema_version (name) VALUES ('0006_files');
