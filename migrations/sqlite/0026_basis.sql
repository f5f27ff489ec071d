-- What waited and was never tried is looked at again before it leaves.

-- What it was made of, a row a line: table, id and version, with tabs between. The chat's work_group is always among them, 0 when there is none.
ALTER TABLE outbox ADD COLUMN basis TEXT NOT NULL DEFAULT '';
-- The unit that the chat was bound to: what was made for it is not told to another.
ALTER TABLE outbox ADD COLUMN unit_id TEXT;
-- What makes it again, as JSON (src/ports/remake.ts); '' nothing does.
ALTER TABLE outbox ADD COLUMN remake TEXT NOT NULL DEFAULT '';
-- When its content was made.
ALTER TABLE outbox ADD COLUMN made_at INTEGER NOT NULL DEFAULT 0;
UPDATE outbox SET made_at = created_at;

INSERT INTO schema_version (name) VALUES ('0026_basis');
