-- A notice that was taken back or corrected is confirmed by nobody any more; what somebody says with 收到 is kept.

ALTER TABLE notice ADD COLUMN withdrawn_at BIGINT;
-- The number of the notice that corrects it.
ALTER TABLE notice ADD COLUMN replaced_by INTEGER;
ALTER TABLE notice_receiver ADD COLUMN words TEXT COLLATE "C" NOT NULL DEFAULT '';

INSERT INTO schema_version (name) VALUES ('0032_notices_taken_back');
