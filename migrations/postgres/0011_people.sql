-- People leave, are replaced, or were two rows of one person. Nobody is deleted: visits of before, and the record, name them.

-- left: serves no more; successor_id says who took over, if anybody did. merged: is the same person as successor_id, whose row holds everything.
ALTER TABLE person ADD COLUMN gone TEXT COLLATE "C" CHECK (gone IN ('left', 'merged'));
ALTER TABLE person ADD COLUMN gone_at BIGINT;
ALTER TABLE person ADD COLUMN successor_id TEXT COLLATE "C" REFERENCES person (id);
-- The account of before. Who is gone has no open_id, so that no text can mention them; and an account that an administrator took away is not
-- given back by a mobile number or a name.
ALTER TABLE person ADD COLUMN former_open_id TEXT COLLATE "C";
CREATE INDEX person_by_former_open_id ON person (former_open_id) WHERE former_open_id IS NOT NULL;
CREATE INDEX person_by_successor ON person (successor_id) WHERE successor_id IS NOT NULL;

INSERT INTO schema_version (name) VALUES ('0011_people');
