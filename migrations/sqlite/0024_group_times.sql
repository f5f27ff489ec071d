-- Events about a group may arrive hours late and out of order: an older one changes nothing. The times are Lark's.

-- When the bot came or went.
ALTER TABLE work_group ADD COLUMN state_at INTEGER NOT NULL DEFAULT 0;
-- When the group was called what it is called.
ALTER TABLE work_group ADD COLUMN name_at INTEGER NOT NULL DEFAULT 0;

INSERT INTO schema_version (name) VALUES ('0024_group_times');
