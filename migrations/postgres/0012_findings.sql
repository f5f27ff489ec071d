-- Problems found by supervision (问题), from the finding to 销号.

CREATE TABLE finding (
  id TEXT COLLATE "C" PRIMARY KEY,
  -- What officials type: W12.
  number INTEGER NOT NULL UNIQUE CHECK (number > 0),
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES unit (id),
  program_id TEXT COLLATE "C" REFERENCES program (id),
  indicator_id TEXT COLLATE "C" REFERENCES indicator (id),
  description TEXT COLLATE "C" NOT NULL,
  severity TEXT COLLATE "C" NOT NULL CHECK (severity IN ('minor', 'major', 'grave', 'veto')),
  term TEXT COLLATE "C" NOT NULL CHECK (term IN ('immediate', 'timeLimited')),
  restricted INTEGER NOT NULL CHECK (restricted IN (0, 1)),
  found_on TEXT COLLATE "C" NOT NULL,
  responsible TEXT COLLATE "C" NOT NULL,
  responsible_id TEXT COLLATE "C" REFERENCES person (id),
  entered_by TEXT COLLATE "C" NOT NULL,
  -- From here on: what the steps in finding_event make of it.
  state TEXT COLLATE "C" NOT NULL CHECK (state IN (
    'draft', 'registered', 'disputed', 'issued', 'acknowledged', 'planFiled', 'planReturned', 'fixing', 'extensionAsked', 'submitted',
    'returned', 'rechecking', 'closed', 'reopened', 'longTerm', 'dropped'
  )),
  since TEXT COLLATE "C" NOT NULL,
  -- The domain's Limit as JSON text: {"kind":"days","days":10,"unit":"working"}.
  time_limit TEXT COLLATE "C",
  due TEXT COLLATE "C",
  day_unit TEXT COLLATE "C" NOT NULL CHECK (day_unit IN ('working', 'natural')),
  asked TEXT COLLATE "C",
  extensions INTEGER NOT NULL,
  returns INTEGER NOT NULL,
  level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 6),
  drafted INTEGER NOT NULL CHECK (drafted BETWEEN 0 AND 6),
  cause TEXT COLLATE "C" NOT NULL,
  files INTEGER NOT NULL,
  statements INTEGER NOT NULL,
  submitted_by TEXT COLLATE "C",
  checked_by TEXT COLLATE "C",
  closed_on TEXT COLLATE "C",
  document TEXT COLLATE "C",
  -- When escalation has to look at it next; NULL when it has nothing to look for.
  watch_at BIGINT,
  -- Steps so far.
  seq INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  -- A closed problem has a checker and a day not before it was found.
  CHECK (state <> 'closed' OR (checked_by IS NOT NULL AND closed_on IS NOT NULL AND closed_on >= found_on))
);
CREATE INDEX finding_by_unit ON finding (unit_id, state);
CREATE INDEX finding_watch ON finding (watch_at) WHERE watch_at IS NOT NULL;

-- Its life, never changed and never deleted.
CREATE TABLE finding_event (
  finding_id TEXT COLLATE "C" NOT NULL REFERENCES finding (id),
  seq INTEGER NOT NULL,
  at BIGINT NOT NULL,
  on_day TEXT COLLATE "C" NOT NULL,
  actor TEXT COLLATE "C" NOT NULL,
  chat_id TEXT COLLATE "C",
  move TEXT COLLATE "C" NOT NULL,
  from_state TEXT COLLATE "C",
  to_state TEXT COLLATE "C" NOT NULL,
  note TEXT COLLATE "C" NOT NULL,
  -- What else the step brought, as JSON text: deadline, 文号, level, cause, number of files.
  details TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (finding_id, seq)
);

-- Photos and files, by Lark's keys; they stay with Lark.
CREATE TABLE finding_evidence (
  finding_id TEXT COLLATE "C" NOT NULL REFERENCES finding (id),
  seq INTEGER NOT NULL,
  position INTEGER NOT NULL,
  kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('image', 'file', 'message')),
  message_id TEXT COLLATE "C" NOT NULL,
  file_key TEXT COLLATE "C",
  name TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (finding_id, seq, position)
);

-- Who may see a restricted one.
CREATE TABLE finding_viewer (
  finding_id TEXT COLLATE "C" NOT NULL REFERENCES finding (id),
  open_id TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (finding_id, open_id)
);

-- The same reminder for the same problem, level and day goes out once.
CREATE TABLE finding_reminder (
  finding_id TEXT COLLATE "C" NOT NULL REFERENCES finding (id),
  level INTEGER NOT NULL,
  day TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (finding_id, level, day)
);

INSERT INTO schema_version (name) VALUES ('0012_findings');
