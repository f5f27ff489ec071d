-- Telling many: what one change says to more than a few is written down with the change, and becomes messages in steps right after it.

-- What is said, once for all who are told it.
CREATE TABLE telling (
  id TEXT COLLATE "C" PRIMARY KEY,
  lane INTEGER NOT NULL,
  type TEXT COLLATE "C" NOT NULL,
  content TEXT COLLATE "C" NOT NULL,
  -- What its card shows and how it is made again, as in card_copy; the subjects are a list in JSON.
  subjects TEXT COLLATE "C" NOT NULL,
  query TEXT COLLATE "C" NOT NULL,
  -- What makes it again, as in the outbox.
  remake TEXT COLLATE "C" NOT NULL,
  created_at BIGINT NOT NULL,
  -- 1 once what it shows has changed: each card of it that is made from then on is brought up to date behind it.
  changed INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX telling_by_time ON telling (created_at);

-- To whom. The columns are those of the message that it becomes.
CREATE TABLE to_tell (
  key TEXT COLLATE "C" PRIMARY KEY,
  telling_id TEXT COLLATE "C" NOT NULL REFERENCES telling (id),
  chat_id TEXT COLLATE "C" NOT NULL,
  chat_key TEXT COLLATE "C" NOT NULL,
  open_id TEXT COLLATE "C",
  uuid TEXT COLLATE "C" NOT NULL,
  due_at BIGINT NOT NULL,
  place INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  -- Of a group, the unit that it was bound to: one that is another unit's by then is not told.
  unit_id TEXT COLLATE "C",
  -- When it became a message, or was withdrawn.
  told_at BIGINT
);
CREATE INDEX to_tell_next ON to_tell (created_at, place) WHERE told_at IS NULL;
-- A later message into the chat waits for it.
CREATE INDEX to_tell_by_chat ON to_tell (chat_key, created_at) WHERE told_at IS NULL;
CREATE INDEX to_tell_by_telling ON to_tell (telling_id);
-- Of what is told only: for what is untold it would be chosen before the one above, and thousands sorted for each step.
CREATE INDEX to_tell_told ON to_tell (told_at) WHERE told_at IS NOT NULL;

INSERT INTO schema_version (name) VALUES ('0028_telling');
