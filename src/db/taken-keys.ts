/**
 * Keys that two who decide at the same time may both find free, or whose number both compute: the second is told that it is taken, and decides
 * again. Any other key that exists already is a bug of ours. By the columns, as SQLite and D1 name them, and by PostgreSQL's constraint,
 * which keeps the name under which its table was made.
 */
export const TAKEN_KEYS: Readonly<Record<string, string>> = {
  'unit.name': 'unit_name_key',
  'unit_name.name, unit_name.unit_id': 'unit_name_pkey',
  'unit_closure.ancestor_id, unit_closure.descendant_id': 'unit_closure_pkey',
  'person.unit_id, person.name': 'person_unit_id_name_key',
  'link_request.open_id': 'link_request_open_id_key',
  // An office's own checklist is known by its program, an indicator by its checklist and code.
  'checklist.id': 'checklist_pkey',
  'checklist_name.name, checklist_name.checklist_id': 'checklist_name_pkey',
  'indicator.id': 'indicator_pkey',
  'indicator.checklist_id, indicator.code': 'indicator_checklist_id_code_key',
  'program.unit_id, program.name': 'program_unit_id_name_key',
  'milestone.program_id, milestone.name': 'milestone_pkey',
  'assessment.program_id, assessment.unit_id, assessment.indicator_id': 'assessment_pkey',
  'inspection.unit_id, inspection.date_from, inspection.period, inspection.kind':
    'inspection_unit_id_date_from_period_kind_key',
  'task.program_id, task.code': 'task_program_id_code_key',
  'reminder_rule.chat_id, reminder_rule.number': 'reminder_rule_by_words_chat_id_number_key',
  'setting.key, setting.chat_id': 'setting_pkey',
  'meta.key': 'meta_pkey',
  'finding_reminder.finding_id, finding_reminder.level, finding_reminder.day': 'finding_reminder_pkey',
  'finding_viewer.finding_id, finding_viewer.open_id': 'finding_viewer_pkey',
  'card_copy.subject, card_copy.message_key': 'card_copy_pkey',
  // A push that is to be confirmed is known by its group and nominal time.
  'notice.id': 'receipt_notice_pkey',
};
