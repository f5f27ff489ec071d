-- The main job: units, people, groups, programs, checklists, inspections, tasks, reminders, delivery, audit.
-- Shared by better-sqlite3 and D1. migrations/postgres has the same file with four replacements (a test makes them and compares):
-- instants (`at`, `…_at`) are BIGINT; REAL is DOUBLE PRECISION; TEXT is TEXT COLLATE "C", so that every home sorts alike; no STRICT.
-- Instants are milliseconds UTC, dates 'YYYY-MM-DD' in the configured zone, flags 0 or 1. `version` moves with every change of a row.

-- The migrations that ran, each recorded by its own last statement: the one answer on all homes to "which schema is this?".
CREATE TABLE schema_version (
  name TEXT PRIMARY KEY
) STRICT;

-- A statement that finds its precondition broken inserts 0 here; the CHECK then takes the whole unit down. It never keeps a row.
CREATE TABLE guard (
  ok INTEGER NOT NULL CONSTRAINT guard_stale CHECK (ok = 1)
) STRICT;

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE unit (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  parent_id TEXT REFERENCES unit (id),
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX unit_by_parent ON unit (parent_id);

-- Every name that officials use for a unit, the full one included; several units may share a short one.
CREATE TABLE unit_name (
  name TEXT NOT NULL,
  unit_id TEXT NOT NULL REFERENCES unit (id),
  PRIMARY KEY (name, unit_id)
) STRICT;
CREATE INDEX unit_name_by_unit ON unit_name (unit_id);

CREATE TABLE unit_closure (
  ancestor_id TEXT NOT NULL REFERENCES unit (id),
  descendant_id TEXT NOT NULL REFERENCES unit (id),
  depth INTEGER NOT NULL CHECK (depth >= 0),
  PRIMARY KEY (ancestor_id, descendant_id)
) STRICT;
CREATE INDEX unit_closure_by_descendant ON unit_closure (descendant_id, ancestor_id);

-- A person is a name within a unit; two units may each have a 陈甲. The open id is learned later, or never.
CREATE TABLE person (
  id TEXT PRIMARY KEY,
  unit_id TEXT NOT NULL REFERENCES unit (id),
  name TEXT NOT NULL,
  position TEXT NOT NULL DEFAULT '',
  mobile TEXT,
  office_phone TEXT NOT NULL DEFAULT '',
  email TEXT NOT NULL DEFAULT '',
  open_id TEXT,
  linked_by TEXT CHECK (linked_by IN ('mobile', 'group', 'administrator')),
  asked_at INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (unit_id, name),
  CHECK ((open_id IS NULL) = (linked_by IS NULL))
) STRICT;
CREATE INDEX person_by_name ON person (name);
CREATE INDEX person_by_open_id ON person (open_id) WHERE open_id IS NOT NULL;
CREATE INDEX person_to_link ON person (asked_at) WHERE open_id IS NULL AND mobile IS NOT NULL;

CREATE TABLE link_request (
  id TEXT PRIMARY KEY,
  open_id TEXT NOT NULL UNIQUE,
  person_id TEXT NOT NULL REFERENCES person (id),
  chat_id TEXT NOT NULL,
  requested_at INTEGER NOT NULL
) STRICT;
CREATE INDEX link_request_by_time ON link_request (requested_at);

CREATE TABLE role_grant (
  open_id TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('administrator', 'supervisor', 'liaison', 'leader')),
  unit_id TEXT REFERENCES unit (id),
  granted_by TEXT NOT NULL,
  granted_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX role_grant_key ON role_grant (open_id, role, COALESCE(unit_id, ''));
CREATE INDEX role_grant_by_role ON role_grant (role);

CREATE TABLE work_group (
  chat_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  unit_id TEXT REFERENCES unit (id),
  state TEXT NOT NULL CHECK (state IN ('active', 'left', 'disbanded')),
  -- When its members were last compared with the address book; 0 asks at the next tick.
  members_asked_at INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX work_group_by_unit ON work_group (unit_id);
CREATE INDEX work_group_to_ask ON work_group (members_asked_at) WHERE state = 'active' AND unit_id IS NOT NULL;

CREATE TABLE checklist (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  source TEXT NOT NULL,
  edition TEXT NOT NULL,
  scope TEXT NOT NULL,
  built_in INTEGER NOT NULL CHECK (built_in IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE checklist_name (
  name TEXT NOT NULL,
  checklist_id TEXT NOT NULL REFERENCES checklist (id),
  -- The first is what the bot calls it; the others are understood.
  position INTEGER NOT NULL,
  PRIMARY KEY (name, checklist_id)
) STRICT;
CREATE INDEX checklist_name_by_checklist ON checklist_name (checklist_id);

CREATE TABLE indicator (
  id TEXT PRIMARY KEY,
  checklist_id TEXT NOT NULL REFERENCES checklist (id),
  code TEXT NOT NULL,
  -- The code without the letters of its checklist: 2.11 of YZ-2.11, as officials type it.
  short_code TEXT NOT NULL,
  position INTEGER NOT NULL,
  level1 TEXT NOT NULL,
  level2 TEXT NOT NULL,
  title TEXT NOT NULL,
  standard TEXT NOT NULL,
  points REAL,
  veto INTEGER NOT NULL CHECK (veto IN (0, 1)),
  unverified INTEGER NOT NULL CHECK (unverified IN (0, 1)),
  evidence TEXT NOT NULL,
  unit_hint TEXT NOT NULL DEFAULT '',
  formula TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  thresholds TEXT NOT NULL DEFAULT '{}',
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (checklist_id, code)
) STRICT;
CREATE INDEX indicator_in_order ON indicator (checklist_id, veto DESC, position);
CREATE INDEX indicator_by_code ON indicator (code);
CREATE INDEX indicator_by_short_code ON indicator (short_code);

CREATE TABLE program (
  id TEXT PRIMARY KEY,
  unit_id TEXT NOT NULL REFERENCES unit (id),
  name TEXT NOT NULL,
  checklist_id TEXT REFERENCES checklist (id),
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (unit_id, name)
) STRICT;
CREATE INDEX program_by_name ON program (name);
CREATE INDEX program_by_checklist ON program (checklist_id);

-- A date of the program: 自评截止, 市级核查, 省督导组进驻. `due` is empty while only the text is known.
CREATE TABLE milestone (
  program_id TEXT NOT NULL REFERENCES program (id),
  name TEXT NOT NULL,
  due TEXT,
  due_text TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (program_id, name)
) STRICT;

CREATE TABLE assessment (
  program_id TEXT NOT NULL REFERENCES program (id),
  unit_id TEXT NOT NULL REFERENCES unit (id),
  indicator_id TEXT NOT NULL REFERENCES indicator (id),
  state TEXT NOT NULL CHECK (state IN ('met', 'unmet', 'reported', 'missing')),
  results TEXT NOT NULL,
  points REAL,
  score REAL,
  evidence TEXT NOT NULL DEFAULT '',
  assessor TEXT NOT NULL DEFAULT '',
  remark TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (program_id, unit_id, indicator_id)
) STRICT;
CREATE INDEX assessment_by_unit ON assessment (unit_id, state);
CREATE INDEX assessment_by_indicator ON assessment (indicator_id, unit_id);

CREATE TABLE inspection (
  id TEXT PRIMARY KEY,
  unit_id TEXT NOT NULL REFERENCES unit (id),
  program_id TEXT REFERENCES program (id),
  checklist_id TEXT REFERENCES checklist (id),
  date_from TEXT NOT NULL,
  date_to TEXT NOT NULL,
  date_text TEXT NOT NULL DEFAULT '',
  period TEXT NOT NULL DEFAULT '',
  starts TEXT,
  begins_at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  topic TEXT NOT NULL DEFAULT '',
  unannounced INTEGER NOT NULL CHECK (unannounced IN (0, 1)),
  contact TEXT NOT NULL DEFAULT '',
  contact_phone TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (unit_id, date_from, period, kind),
  CHECK (date_to >= date_from)
) STRICT;
CREATE INDEX inspection_by_date ON inspection (date_to, date_from);
CREATE INDEX inspection_by_unit ON inspection (unit_id, date_to);

CREATE TABLE inspection_member (
  inspection_id TEXT NOT NULL REFERENCES inspection (id),
  seat INTEGER NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('leader', 'member')),
  name TEXT NOT NULL,
  person_id TEXT REFERENCES person (id),
  PRIMARY KEY (inspection_id, seat)
) STRICT;
CREATE INDEX inspection_member_by_name ON inspection_member (name, inspection_id);
CREATE INDEX inspection_member_by_person ON inspection_member (person_id, inspection_id);

CREATE TABLE task (
  id TEXT PRIMARY KEY,
  program_id TEXT NOT NULL REFERENCES program (id),
  code TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('keyWork', 'decisionMatter', 'livelihoodProject')),
  title TEXT NOT NULL,
  level1 TEXT NOT NULL DEFAULT '',
  level2 TEXT NOT NULL DEFAULT '',
  indicator_id TEXT REFERENCES indicator (id),
  evidence TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  veto INTEGER NOT NULL CHECK (veto IN (0, 1)),
  due_kind TEXT NOT NULL CHECK (due_kind IN ('date', 'ongoing', 'monthly', 'quarterly', 'immediate', 'relative', 'none')),
  due TEXT,
  due_text TEXT NOT NULL DEFAULT '',
  due_day INTEGER,
  due_event TEXT,
  due_offset INTEGER,
  day_unit TEXT NOT NULL CHECK (day_unit IN ('working', 'natural')),
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done')),
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (program_id, code),
  CHECK ((due_kind = 'date') = (due IS NOT NULL))
) STRICT;
CREATE INDEX task_open_by_due ON task (due) WHERE state = 'open';
CREATE INDEX task_by_indicator ON task (indicator_id);

-- Who leads and who assists. A collective receiver (各学校) stays symbolic: `collective` then names the kind of unit that it means.
CREATE TABLE task_unit (
  task_id TEXT NOT NULL REFERENCES task (id),
  seat INTEGER NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('lead', 'assist')),
  unit_id TEXT REFERENCES unit (id),
  collective TEXT,
  written TEXT NOT NULL,
  PRIMARY KEY (task_id, seat),
  CHECK ((unit_id IS NULL) <> (collective IS NULL))
) STRICT;
CREATE INDEX task_unit_by_unit ON task_unit (unit_id, task_id) WHERE unit_id IS NOT NULL;
CREATE INDEX task_unit_by_collective ON task_unit (collective, task_id) WHERE collective IS NOT NULL;

CREATE TABLE task_person (
  task_id TEXT NOT NULL REFERENCES task (id),
  seat INTEGER NOT NULL,
  name TEXT NOT NULL,
  person_id TEXT REFERENCES person (id),
  PRIMARY KEY (task_id, seat)
) STRICT;
CREATE INDEX task_person_by_person ON task_person (person_id, task_id);
CREATE INDEX task_person_by_name ON task_person (name, task_id);

-- fire_at = nominal_at + the group's fixed jitter: the heartbeat reads what is due through this index and nothing else.
CREATE TABLE reminder_rule (
  id TEXT PRIMARY KEY,
  chat_id TEXT NOT NULL REFERENCES work_group (chat_id),
  content TEXT NOT NULL CHECK (content IN ('day', 'week', 'month', 'deadline')),
  recurrence TEXT NOT NULL CHECK (recurrence IN ('workdays', 'firstWorkdayOfWeek', 'firstWorkdayOfMonth')),
  at_time TEXT NOT NULL,
  nominal_at INTEGER NOT NULL,
  fire_at INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (chat_id, content)
) STRICT;
CREATE INDEX reminder_rule_due ON reminder_rule (fire_at);

-- What became of each occurrence in each group; the key makes it happen once.
CREATE TABLE notification (
  chat_id TEXT NOT NULL REFERENCES work_group (chat_id),
  nominal_at INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('sent', 'late', 'missed', 'empty')),
  contents TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (chat_id, nominal_at)
) STRICT;
CREATE INDEX notification_by_time ON notification (at);

CREATE TABLE inbox (
  event_id TEXT PRIMARY KEY,
  received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX inbox_by_time ON inbox (received_at);

-- Every message that leaves. lane 0 is a reply, lane 1 a push: replies go first.
CREATE TABLE outbox (
  key TEXT PRIMARY KEY,
  lane INTEGER NOT NULL CHECK (lane IN (0, 1)),
  chat_id TEXT NOT NULL,
  reply_to TEXT,
  type TEXT NOT NULL CHECK (type IN ('interactive', 'text')),
  content TEXT NOT NULL,
  uuid TEXT NOT NULL UNIQUE CHECK (length(uuid) <= 50),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'held', 'failed', 'dropped')),
  due_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  first_sent_at INTEGER,
  message_id TEXT,
  code INTEGER,
  reason TEXT,
  created_at INTEGER NOT NULL,
  -- When it left the queue: sent, held, failed or dropped.
  settled_at INTEGER
) STRICT;
-- due_at of a row being sent is the end of its lease.
CREATE INDEX outbox_to_send ON outbox (lane, due_at) WHERE state IN ('waiting', 'sending');
CREATE INDEX outbox_to_send_by_chat ON outbox (chat_id) WHERE state IN ('waiting', 'sending');
CREATE INDEX outbox_settled ON outbox (state, settled_at);

-- The next free sending slot: one row for the app ('app'), one per chat.
CREATE TABLE pace (
  key TEXT PRIMARY KEY,
  next_at INTEGER NOT NULL
) STRICT;
CREATE INDEX pace_by_time ON pace (next_at);
INSERT INTO pace (key, next_at) VALUES ('app', 0);

CREATE TABLE audit (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  chat_id TEXT,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  before TEXT,
  after TEXT
) STRICT;
CREATE INDEX audit_by_time ON audit (at);
CREATE INDEX audit_by_subject ON audit (subject, at);

INSERT INTO schema_version (name) VALUES ('0001_main_job');
