-- Reminder rules by words: any recurrence, several rules of one content in a group, rules that are switched off.
-- A CHECK cannot be altered, so the table is made anew; the rules of before keep their id, their time and their version.

CREATE TABLE reminder_rule_by_words (
  id TEXT PRIMARY KEY,
  chat_id TEXT NOT NULL REFERENCES work_group (chat_id),
  -- What the group's administrators call it: 提醒 停用 2.
  number INTEGER NOT NULL CHECK (number > 0),
  content TEXT NOT NULL CHECK (content IN ('day', 'week', 'month', 'deadline')),
  -- The domain's Recurrence as JSON text: {"kind":"weekdays","days":[1,3],"restDays":"forward"}.
  recurrence TEXT NOT NULL,
  at_time TEXT NOT NULL,
  enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
  nominal_at INTEGER NOT NULL,
  fire_at INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (chat_id, number)
) STRICT;

INSERT INTO reminder_rule_by_words (id, chat_id, number, content, recurrence, at_time, nominal_at, fire_at, version)
SELECT id, chat_id,
  ROW_NUMBER() OVER (
    PARTITION BY chat_id
    ORDER BY CASE content WHEN 'day' THEN 0 WHEN 'week' THEN 1 WHEN 'month' THEN 2 ELSE 3 END
  ),
  content, '{"kind":"' || recurrence || '"}', at_time, nominal_at, fire_at, version
FROM reminder_rule;
DROP TABLE reminder_rule;
ALTER TABLE reminder_rule_by_words RENAME TO reminder_rule;
CREATE INDEX reminder_rule_due ON reminder_rule (fire_at) WHERE enabled = 1;

INSERT INTO schema_version (name) VALUES ('0004_reminder_rules');
