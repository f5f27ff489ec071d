-- Problems found by supervision (问题), from the finding to 销号.

CREATE TABLE finding (
  id TEXT PRIMARY KEY,
  -- What officials type: W12.
  number INTEGER NOT NULL UNIQUE CHECK (number > 0),
  unit_id TEXT NOT NULL REFERENCES unit (id),
  program_id TEXT REFERENCES program (id),
  indicator_id TEXT REFERENCES indicator (id),
  description TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('minor', 'major', 'grave', 'veto')),
  term TEXT NOT NULL CHECK (term IN ('immediate', 'timeLimited')),
  restricted INTEGER NOT NULL CHECK (restricted IN (0, 1)),
  found_on TEXT NOT NULL,
  responsible TEXT NOT NULL,
  responsible_id TEXT REFERENCES person (id),
  entered_by TEXT NOT NULL,
  -- From here on: what the steps in finding_event make of it.
  state TEXT NOT NULL CHECK (state IN (
    'draft', 'registered', 'disputed', 'issued', 'acknowledged', 'planFiled', 'planReturned', 'fixing', 'extensionAsked', 'submitted',
    'returned', 'rechecking', 'closed', 'reopened', 'longTerm', 'dropped'
  )),
  since TEXT NOT NULL,
  -- The domain's Limit as JSON text: {"kind":"days","days":10,"unit":"working"}.
  time_limit TEXT,
  due TEXT,
  day_unit TEXT NOT NULL CHECK (day_unit IN ('working', 'natural')),
  asked TEXT,
  extensions INTEGER NOT NULL,
  returns INTEGER NOT NULL,
  level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 6),
  drafted INTEGER NOT NULL CHECK (drafted BETWEEN 0 AND 6),
  cause TEXT NOT NULL,
  files INTEGER NOT NULL,
  statements INTEGER NOT NULL,
  submitted_by TEXT,
  checked_by TEXT,
  closed_on TEXT,
  document TEXT,
  -- When escalation has to look at it next; NULL when it has nothing to look for.
  watch_at INTEGER,
  -- Steps so far.
  seq INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  -- A closed problem has a checker and a day not before it was found.
  CHECK (state <> 'closed' OR (checked_by IS NOT NULL AND closed_on IS NOT NULL AND closed_on >= found_on))
) STRICT;
CREATE INDEX finding_by_unit ON finding (unit_id, state);
CREATE INDEX finding_watch ON finding (watch_at) WHERE watch_at IS NOT NULL;

-- Its life, never changed and never deleted.
CREATE TABLE finding_event (
  finding_id TEXT NOT NULL REFERENCES finding (id),
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  on_day TEXT NOT NULL,
  actor TEXT NOT NULL,
  chat_id TEXT,
  move TEXT NOT NULL,
  from_state TEXT,
  to_state TEXT NOT NULL,
  note TEXT NOT NULL,
  -- What else the step brought, as JSON text: deadline, 文号, level, cause, number of files.
  details TEXT NOT NULL,
  PRIMARY KEY (finding_id, seq)
) STRICT;

-- Photos and files, by Lark's keys; they stay with Lark.
CREATE TABLE finding_evidence (
  finding_id TEXT NOT NULL REFERENCES finding (id),
  seq INTEGER NOT NULL,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('image', 'file', 'message')),
  message_id TEXT NOT NULL,
  file_key TEXT,
  name TEXT NOT NULL,
  PRIMARY KEY (finding_id, seq, position)
) STRICT;

-- Who may see a restricted one.
CREATE TABLE finding_viewer (
  finding_id TEXT NOT NULL REFERENCES finding (id),
  open_id TEXT NOT NULL,
  PRIMARY KEY (finding_id, open_id)
) STRICT;

-- The same reminder for the same problem, level and day goes out once.
CREATE TABLE finding_reminder (
  finding_id TEXT NOT NULL REFERENCES finding (id),
  level INTEGER NOT NULL,
  day TEXT NOT NULL,
  PRIMARY KEY (finding_id, level, day)
) STRICT;

INSERT INTO schema_version (name) VALUES ('0012_findings');
