-- Leaving: one lane for each of Lark's APIs, whose calls Lark counts by itself, and leases that name who holds them.

-- Beside the chats' rows stand those of the APIs, 'reply', 'send' and 'patch' (no row is a fresh lane). A lane's state
-- (src/domain/schedule/lane.ts) is JSON: it is read, computed and written only over the version that was read.
ALTER TABLE pace ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE pace ADD COLUMN state TEXT COLLATE "C" NOT NULL DEFAULT '';
-- No call of this API begins before.
ALTER TABLE pace ADD COLUMN shut_at BIGINT NOT NULL DEFAULT 0;

-- Which API it leaves by, and how soon: 0 a reply; sends: 1 to somebody who waits, 2 an alert, 3 a push; 4 the update of a sent card.
ALTER TABLE outbox ADD COLUMN queue INTEGER NOT NULL DEFAULT 3;
UPDATE outbox SET queue = CASE WHEN updates IS NOT NULL THEN 4 WHEN reply_to IS NOT NULL THEN 0 WHEN lane = 0 THEN 1 ELSE 3 END;

-- Under which key its chat is paced in the table pace: a direct chat's is its person's open id, whichever id names the chat.
ALTER TABLE outbox ADD COLUMN chat_key TEXT COLLATE "C" NOT NULL DEFAULT '';
UPDATE outbox SET chat_key = chat_id;

-- Its place among the messages that were decided in the same millisecond.
ALTER TABLE outbox ADD COLUMN place INTEGER NOT NULL DEFAULT 0;

-- Who holds the lease of a row being sent.
ALTER TABLE outbox ADD COLUMN taker TEXT COLLATE "C";

-- What is due in a queue, and what else waits for a chat.
DROP INDEX outbox_to_send;
DROP INDEX outbox_to_send_by_chat;
CREATE INDEX outbox_to_leave ON outbox (queue, due_at) WHERE state IN ('waiting', 'sending');
CREATE INDEX outbox_to_leave_in_chat ON outbox (chat_key) WHERE state IN ('waiting', 'sending');

INSERT INTO schema_version (name) VALUES ('0020_lanes');
