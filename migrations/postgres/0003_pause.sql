-- Everything may be paused: an occurrence that was missed says so. What arrived in a group, and what did not, is found by the group.

ALTER TABLE notification ADD COLUMN reason TEXT COLLATE "C" NOT NULL DEFAULT '';
CREATE INDEX outbox_by_chat ON outbox (chat_id, state, settled_at);

INSERT INTO schema_version (name) VALUES ('0003_pause');
