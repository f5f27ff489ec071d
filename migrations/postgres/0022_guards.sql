-- A unit that fails says which guard broke: a CHECK for each kind, since its name is all that SQLite and D1 tell of it.

DROP TABLE guard;
-- A statement that finds its precondition broken inserts 0 here; the CHECK then takes the whole unit down. It never keeps a row.
CREATE TABLE guard (
  -- A row that the decision relied on is not what it was.
  moved INTEGER CONSTRAINT guard_moved CHECK (moved = 1),
  -- What the decision found free is taken.
  taken INTEGER CONSTRAINT guard_taken CHECK (taken = 1),
  -- Nobody would be administrator of everything any more.
  last_administrator INTEGER CONSTRAINT guard_last_administrator CHECK (last_administrator = 1)
);

INSERT INTO schema_version (name) VALUES ('0022_guards');
