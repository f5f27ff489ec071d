-- Live cards: which message shows which subject (task:…, notice:…), and the updates of sent cards that wait in the outbox.

-- The outbox key of the message that this row updates; its content is made when it is sent.
ALTER TABLE outbox ADD COLUMN updates TEXT;
CREATE INDEX outbox_by_message ON outbox (message_id) WHERE message_id IS NOT NULL;

CREATE TABLE card_copy (
  subject TEXT NOT NULL,
  -- The message's key in the outbox.
  message_key TEXT NOT NULL,
  -- The command line that makes the card again, for the chat that it is in.
  query TEXT NOT NULL,
  -- Who asked for it, or whose direct chat it is in; NULL for what nobody asked for in a group.
  open_id TEXT,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (subject, message_key)
) STRICT;
CREATE INDEX card_copy_by_message ON card_copy (message_key);
CREATE INDEX card_copy_by_age ON card_copy (created_at);

INSERT INTO schema_version (name) VALUES ('0013_live_cards');
