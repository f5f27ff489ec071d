-- A form that somebody has opened in a sent card is not taken away by an update.

-- Grows with whatever a press puts into the card: an update that was called for before is not sent any more.
ALTER TABLE card_copy ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
-- While somebody may be filling in a form, updates wait.
ALTER TABLE card_copy ADD COLUMN form_until_at BIGINT NOT NULL DEFAULT 0;
-- Of an update: the card's revision when it was called for.
ALTER TABLE outbox ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;

INSERT INTO schema_version (name) VALUES ('0021_opened_forms');
