-- The main job: units, people, groups, programs, checklists, inspections, tasks, reminders, delivery, audit.
-- Shared by better-sqlite3 and D1. migrations/postgres has the same file with four replacements (a test makes them and compares):
-- instants (`at`, `…_at`) are BIGINT; REAL is DOUBLE PRECISION; TEXT is TEXT COLLATE "C", so that every home sorts alike; no STRICT.
-- Instants are milliseconds UTC, dates 'YYYY-MM-DD' in the configured zone, flags 0 or 1. `version` moves with every change of a row.

-- The migrations that ran, each recorded by its own last statement: the one answer on all homes to "which schema is this?".
CREATE TABLE schema_version (
  name TEXT COLLATE "C" PRIMARY KEY
);

-- A statement that finds its precondition broken inserts 0 here; the CHECK then takes the whole unit down. It never keeps a row.
CREATE TABLE guard (
  ok INTEGER NOT NULL CONSTRAINT guard_stale CHECK (ok = 1)
);

CREATE TABLE meta (
  key TEXT COLLATE "C" PRIMARY KEY,
  value TEXT COLLATE "C" NOT NULL
);

CREATE TABLE unit (
  id TEXT COLLATE "C" PRIMARY KEY,
  name TEXT COLLATE "C" NOT NULL UNIQUE,
  kind TEXT COLLATE "C" NOT NULL,
  parent_id TEXT COLLATE "C" REFERENCES unit (id),
  version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX unit_by_parent ON unit (parent_id);

-- Every name that officials use for a unit, the full one included; several units may share a short one.
CREATE TABLE unit_name (
  name TEXT COLLATE "C" NOT NULL,
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES unit (id),
  PRIMARY KEY (name, unit_id)
);
CREATE INDEX unit_name_by_unit ON unit_name (unit_id);

CREATE TABLE unit_closure (
  ancestor_id TEXT COLLATE "C" NOT NULL REFERENCES unit (id),
  descendant_id TEXT COLLATE "C" NOT NULL REFERENCES unit (id),
  depth INTEGER NOT NULL CHECK (depth >= 0),
  PRIMARY KEY (ancestor_id, descendant_id)
);
CREATE INDEX unit_closure_by_descendant ON unit_closure (descendant_id, ancestor_id);

-- A person is a name within a unit; two units may each have a 陈甲. The open id is learned later, or never.
CREATE TABLE person (
  id TEXT COLLATE "C" PRIMARY KEY,
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES unit (id),
  name TEXT COLLATE "C" NOT NULL,
  position TEXT COLLATE "C" NOT NULL DEFAULT '',
  mobile TEXT COLLATE "C",
  office_phone TEXT COLLATE "C" NOT NULL DEFAULT '',
  email TEXT COLLATE "C" NOT NULL DEFAULT '',
  open_id TEXT COLLATE "C",
  linked_by TEXT COLLATE "C" CHECK (linked_by IN ('mobile', 'group', 'administrator')),
  asked_at BIGINT NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (unit_id, name),
  CHECK ((open_id IS NULL) = (linked_by IS NULL))
);
CREATE INDEX person_by_name ON person (name);
CREATE INDEX person_by_open_id ON person (open_id) WHERE open_id IS NOT NULL;
CREATE INDEX person_to_link ON person (asked_at) WHERE open_id IS NULL AND mobile IS NOT NULL;

CREATE TABLE link_request (
  id TEXT COLLATE "C" PRIMARY KEY,
  open_id TEXT COLLATE "C" NOT NULL UNIQUE,
  person_id TEXT COLLATE "C" NOT NULL REFERENCES person (id),
  chat_id TEXT COLLATE "C" NOT NULL,
  requested_at BIGINT NOT NULL
);
CREATE INDEX link_request_by_time ON link_request (requested_at);

CREATE TABLE role_grant (
  open_id TEXT COLLATE "C" NOT NULL,
  role TEXT COLLATE "C" NOT NULL CHECK (role IN ('administrator', 'supervisor', 'liaison', 'leader')),
  unit_id TEXT COLLATE "C" REFERENCES unit (id),
  granted_by TEXT COLLATE "C" NOT NULL,
  granted_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX role_grant_key ON role_grant (open_id, role, COALESCE(unit_id, ''));
CREATE INDEX role_grant_by_role ON role_grant (role);

CREATE TABLE work_group (
  chat_id TEXT COLLATE "C" PRIMARY KEY,
  name TEXT COLLATE "C" NOT NULL,
  unit_id TEXT COLLATE "C" REFERENCES unit (id),
  state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'left', 'disbanded')),
  -- When its members were last compared with the address book; 0 asks at the next tick.
  members_asked_at BIGINT NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX work_group_by_unit ON work_group (unit_id);
CREATE INDEX work_group_to_ask ON work_group (members_asked_at) WHERE state = 'active' AND unit_id IS NOT NULL;

CREATE TABLE checklist (
  id TEXT COLLATE "C" PRIMARY KEY,
  title TEXT COLLATE "C" NOT NULL,
  source TEXT COLLATE "C" NOT NULL,
  edition TEXT COLLATE "C" NOT NULL,
  scope TEXT COLLATE "C" NOT NULL,
  built_in INTEGER NOT NULL CHECK (built_in IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE checklist_name (
  name TEXT COLLATE "C" NOT NULL,
  checklist_id TEXT COLLATE "C" NOT NULL REFERENCES checklist (id),
  -- The first is what the bot calls it; the others are understood.
  position INTEGER NOT NULL,
  PRIMARY KEY (name, checklist_id)
);
CREATE INDEX checklist_name_by_checklist ON checklist_name (checklist_id);

CREATE TABLE indicator (
  id TEXT COLLATE "C" PRIMARY KEY,
  checklist_id TEXT COLLATE "C" NOT NULL REFERENCES checklist (id),
  code TEXT COLLATE "C" NOT NULL,
  -- The code without the letters of its checklist: 2.11 of YZ-2.11, as officials type it.
  short_code TEXT COLLATE "C" NOT NULL,
  position INTEGER NOT NULL,
  level1 TEXT COLLATE "C" NOT NULL,
  level2 TEXT COLLATE "C" NOT NULL,
  title TEXT COLLATE "C" NOT NULL,
  standard TEXT COLLATE "C" NOT NULL,
  points DOUBLE PRECISION,
  veto INTEGER NOT NULL CHECK (veto IN (0, 1)),
  unverified INTEGER NOT NULL CHECK (unverified IN (0, 1)),
  evidence TEXT COLLATE "C" NOT NULL,
  unit_hint TEXT COLLATE "C" NOT NULL DEFAULT '',
  formula TEXT COLLATE "C" NOT NULL DEFAULT '',
  note TEXT COLLATE "C" NOT NULL DEFAULT '',
  thresholds TEXT COLLATE "C" NOT NULL DEFAULT '{}',
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (checklist_id, code)
);
CREATE INDEX indicator_in_order ON indicator (checklist_id, veto DESC, position);
CREATE INDEX indicator_by_code ON indicator (code);
CREATE INDEX indicator_by_short_code ON indicator (short_code);

CREATE TABLE program (
  id TEXT COLLATE "C" PRIMARY KEY,
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES unit (id),
  name TEXT COLLATE "C" NOT NULL,
  checklist_id TEXT COLLATE "C" REFERENCES checklist (id),
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (unit_id, name)
);
CREATE INDEX program_by_name ON program (name);
CREATE INDEX program_by_checklist ON program (checklist_id);

-- A date of the program: 自评截止, 市级核查, 省督导组进驻. `due` is empty while only the text is known.
CREATE TABLE milestone (
  program_id TEXT COLLATE "C" NOT NULL REFERENCES program (id),
  name TEXT COLLATE "C" NOT NULL,
  due TEXT COLLATE "C",
  due_text TEXT COLLATE "C" NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (program_id, name)
);

CREATE TABLE assessment (
  program_id TEXT COLLATE "C" NOT NULL REFERENCES program (id),
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES unit (id),
  indicator_id TEXT COLLATE "C" NOT NULL REFERENCES indicator (id),
  state TEXT COLLATE "C" NOT NULL CHECK (state IN ('met', 'unmet', 'reported', 'missing')),
  results TEXT COLLATE "C" NOT NULL,
  points DOUBLE PRECISION,
  score DOUBLE PRECISION,
  evidence TEXT COLLATE "C" NOT NULL DEFAULT '',
  assessor TEXT COLLATE "C" NOT NULL DEFAULT '',
  remark TEXT COLLATE "C" NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (program_id, unit_id, indicator_id)
);
CREATE INDEX assessment_by_unit ON assessment (unit_id, state);
CREATE INDEX assessment_by_indicator ON assessment (indicator_id, unit_id);

CREATE TABLE inspection (
  id TEXT COLLATE "C" PRIMARY KEY,
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES unit (id),
  program_id TEXT COLLATE "C" REFERENCES program (id),
  checklist_id TEXT COLLATE "C" REFERENCES checklist (id),
  date_from TEXT COLLATE "C" NOT NULL,
  date_to TEXT COLLATE "C" NOT NULL,
  date_text TEXT COLLATE "C" NOT NULL DEFAULT '',
  period TEXT COLLATE "C" NOT NULL DEFAULT '',
  starts TEXT COLLATE "C",
  begins_at BIGINT NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  topic TEXT COLLATE "C" NOT NULL DEFAULT '',
  unannounced INTEGER NOT NULL CHECK (unannounced IN (0, 1)),
  contact TEXT COLLATE "C" NOT NULL DEFAULT '',
  contact_phone TEXT COLLATE "C" NOT NULL DEFAULT '',
  note TEXT COLLATE "C" NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (unit_id, date_from, period, kind),
  CHECK (date_to >= date_from)
);
CREATE INDEX inspection_by_date ON inspection (date_to, date_from);
CREATE INDEX inspection_by_unit ON inspection (unit_id, date_to);

CREATE TABLE inspection_member (
  inspection_id TEXT COLLATE "C" NOT NULL REFERENCES inspection (id),
  seat INTEGER NOT NULL,
  role TEXT COLLATE "C" NOT NULL CHECK (role IN ('leader', 'member')),
  name TEXT COLLATE "C" NOT NULL,
  person_id TEXT COLLATE "C" REFERENCES person (id),
  PRIMARY KEY (inspection_id, seat)
);
CREATE INDEX inspection_member_by_name ON inspection_member (name, inspection_id);
CREATE INDEX inspection_member_by_person ON inspection_member (person_id, inspection_id);

CREATE TABLE task (
  id TEXT COLLATE "C" PRIMARY KEY,
  program_id TEXT COLLATE "C" NOT NULL REFERENCES program (id),
  code TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('keyWork', 'decisionMatter', 'livelihoodProject')),
  title TEXT COLLATE "C" NOT NULL,
  level1 TEXT COLLATE "C" NOT NULL DEFAULT '',
  level2 TEXT COLLATE "C" NOT NULL DEFAULT '',
  indicator_id TEXT COLLATE "C" REFERENCES indicator (id),
  evidence TEXT COLLATE "C" NOT NULL DEFAULT '',
  note TEXT COLLATE "C" NOT NULL DEFAULT '',
  veto INTEGER NOT NULL CHECK (veto IN (0, 1)),
  due_kind TEXT COLLATE "C" NOT NULL CHECK (due_kind IN ('date', 'ongoing', 'monthly', 'quarterly', 'immediate', 'relative', 'none')),
  due TEXT COLLATE "C",
  due_text TEXT COLLATE "C" NOT NULL DEFAULT '',
  due_day INTEGER,
  due_event TEXT COLLATE "C",
  due_offset INTEGER,
  day_unit TEXT COLLATE "C" NOT NULL CHECK (day_unit IN ('working', 'natural')),
  state TEXT COLLATE "C" NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done')),
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (program_id, code),
  CHECK ((due_kind = 'date') = (due IS NOT NULL))
);
CREATE INDEX task_open_by_due ON task (due) WHERE state = 'open';
CREATE INDEX task_by_indicator ON task (indicator_id);

-- Who leads and who assists. A collective receiver (各学校) stays symbolic: `collective` then names the kind of unit that it means.
CREATE TABLE task_unit (
  task_id TEXT COLLATE "C" NOT NULL REFERENCES task (id),
  seat INTEGER NOT NULL,
  role TEXT COLLATE "C" NOT NULL CHECK (role IN ('lead', 'assist')),
  unit_id TEXT COLLATE "C" REFERENCES unit (id),
  collective TEXT COLLATE "C",
  written TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (task_id, seat),
  CHECK ((unit_id IS NULL) <> (collective IS NULL))
);
CREATE INDEX task_unit_by_unit ON task_unit (unit_id, task_id) WHERE unit_id IS NOT NULL;
CREATE INDEX task_unit_by_collective ON task_unit (collective, task_id) WHERE collective IS NOT NULL;

CREATE TABLE task_person (
  task_id TEXT COLLATE "C" NOT NULL REFERENCES task (id),
  seat INTEGER NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  person_id TEXT COLLATE "C" REFERENCES person (id),
  PRIMARY KEY (task_id, seat)
);
CREATE INDEX task_person_by_person ON task_person (person_id, task_id);
CREATE INDEX task_person_by_name ON task_person (name, task_id);

-- fire_at = nominal_at + the group's fixed jitter: the heartbeat reads what is due through this index and nothing else.
CREATE TABLE reminder_rule (
  id TEXT COLLATE "C" PRIMARY KEY,
  chat_id TEXT COLLATE "C" NOT NULL REFERENCES work_group (chat_id),
  content TEXT COLLATE "C" NOT NULL CHECK (content IN ('day', 'week', 'month', 'deadline')),
  recurrence TEXT COLLATE "C" NOT NULL CHECK (recurrence IN ('workdays', 'firstWorkdayOfWeek', 'firstWorkdayOfMonth')),
  at_time TEXT COLLATE "C" NOT NULL,
  nominal_at BIGINT NOT NULL,
  fire_at BIGINT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (chat_id, content)
);
CREATE INDEX reminder_rule_due ON reminder_rule (fire_at);

-- What became of each occurrence in each group; the key makes it happen once.
CREATE TABLE notification (
  chat_id TEXT COLLATE "C" NOT NULL REFERENCES work_group (chat_id),
  nominal_at BIGINT NOT NULL,
  outcome TEXT COLLATE "C" NOT NULL CHECK (outcome IN ('sent', 'late', 'missed', 'empty')),
  contents TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (chat_id, nominal_at)
);
CREATE INDEX notification_by_time ON notification (at);

CREATE TABLE inbox (
  event_id TEXT COLLATE "C" PRIMARY KEY,
  received_at BIGINT NOT NULL
);
CREATE INDEX inbox_by_time ON inbox (received_at);

-- Every message that leaves. lane 0 is a reply, lane 1 a push: replies go first.
CREATE TABLE outbox (
  key TEXT COLLATE "C" PRIMARY KEY,
  lane INTEGER NOT NULL CHECK (lane IN (0, 1)),
  chat_id TEXT COLLATE "C" NOT NULL,
  reply_to TEXT COLLATE "C",
  type TEXT COLLATE "C" NOT NULL CHECK (type IN ('interactive', 'text')),
  content TEXT COLLATE "C" NOT NULL,
  uuid TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(uuid) <= 50),
  state TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'held', 'failed', 'dropped')),
  due_at BIGINT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  first_sent_at BIGINT,
  message_id TEXT COLLATE "C",
  code INTEGER,
  reason TEXT COLLATE "C",
  created_at BIGINT NOT NULL,
  -- When it left the queue: sent, held, failed or dropped.
  settled_at BIGINT
);
-- due_at of a row being sent is the end of its lease.
CREATE INDEX outbox_to_send ON outbox (lane, due_at) WHERE state IN ('waiting', 'sending');
CREATE INDEX outbox_to_send_by_chat ON outbox (chat_id) WHERE state IN ('waiting', 'sending');
CREATE INDEX outbox_settled ON outbox (state, settled_at);

-- The next free sending slot: one row for the app ('app'), one per chat.
CREATE TABLE pace (
  key TEXT COLLATE "C" PRIMARY KEY,
  next_at BIGINT NOT NULL
);
CREATE INDEX pace_by_time ON pace (next_at);
INSERT INTO pace (key, next_at) VALUES ('app', 0);

CREATE TABLE audit (
  id TEXT COLLATE "C" PRIMARY KEY,
  at BIGINT NOT NULL,
  actor TEXT COLLATE "C" NOT NULL,
  chat_id TEXT COLLATE "C",
  action TEXT COLLATE "C" NOT NULL,
  subject TEXT COLLATE "C" NOT NULL,
  before TEXT COLLATE "C",
  after TEXT COLLATE "C"
);
CREATE INDEX audit_by_time ON audit (at);
CREATE INDEX audit_by_subject ON audit (subject, at);

INSERT INTO schema_version (name) VALUES ('0001_main_job');
