-- A name of a group that must not become an account by itself waits for an administrator as a request does; nobody has said so of themselves.

ALTER TABLE link_request ADD COLUMN by_name INTEGER NOT NULL DEFAULT 0 CHECK (by_name IN (0, 1));
-- Whether somebody answers for a problem is asked of each who is looked for.
CREATE INDEX finding_by_responsible ON finding (responsible_id) WHERE responsible_id IS NOT NULL;

INSERT INTO schema_version (name) VALUES ('0035_names_that_wait');
