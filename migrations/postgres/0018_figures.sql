-- What 汇总 counts is read from indexes alone: a district's problems of ten years are a hundred thousand rows.

CREATE INDEX finding_figures ON finding (
  unit_id, restricted, state, found_on, due, closed_on, program_id, indicator_id, severity, id
);
-- The report that was accepted is the last one.
CREATE INDEX finding_event_reported ON finding_event (finding_id, on_day) WHERE to_state = 'submitted';

INSERT INTO schema_version (name) VALUES ('0018_figures');
