-- Who has read a notice or a push without having confirmed it, asked for now and then.

-- When the bot learnt that they have.
ALTER TABLE notice_receiver ADD COLUMN read_at INTEGER;
-- When Lark last said who has; NULL before the first time.
ALTER TABLE notice_target ADD COLUMN readers_at INTEGER;
-- When it is asked again, if it is.
ALTER TABLE notice_target ADD COLUMN ask_readers_at INTEGER;
CREATE INDEX notice_target_to_ask_readers ON notice_target (ask_readers_at) WHERE ask_readers_at IS NOT NULL;

INSERT INTO schema_version (name) VALUES ('0019_readers');
