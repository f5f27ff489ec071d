-- A problem knows the visit on which it was found and the letter under which it was issued; what is restricted can be made known by a decision.

-- The program is the visit's at that time; a visit that changes its program later does not move its problems.
ALTER TABLE finding ADD COLUMN inspection_id TEXT REFERENCES inspection (id);
-- 文号 of the 督导意见书 or 整改通知书; "document" is the last paper, whichever it was.
ALTER TABLE finding ADD COLUMN letter TEXT;
UPDATE finding SET letter = document;
CREATE INDEX finding_by_inspection ON finding (inspection_id) WHERE inspection_id IS NOT NULL;
CREATE INDEX finding_by_program ON finding (program_id) WHERE program_id IS NOT NULL;
CREATE INDEX finding_by_letter ON finding (letter) WHERE letter IS NOT NULL;

-- From now on a step says whether the problem is restricted, so that the record replays to it.
UPDATE finding_event SET details = CASE details WHEN '{}' THEN '{"restricted":true}'
  ELSE '{"restricted":true,' || substr(details, 2) END
WHERE seq = 1 AND finding_id IN (SELECT id FROM finding WHERE restricted = 1);

INSERT INTO schema_version (name) VALUES ('0016_findings_of_visits');
