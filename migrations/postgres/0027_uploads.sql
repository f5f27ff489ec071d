-- Uploads have a lane of their own in the table pace, 'upload', since Lark counts that API by itself.

-- The queue of files that are not with Lark yet; from there a file goes on to the queue of its message.
UPDATE outbox SET queue = 5 WHERE file_name IS NOT NULL AND file_key IS NULL AND updates IS NULL AND state <> 'sent';
-- What is held is looked for by its state.
CREATE INDEX outbox_held ON outbox (code) WHERE state = 'held';

INSERT INTO schema_version (name) VALUES ('0027_uploads');
