import { type CompiledQuery, sql } from 'kysely';
import type { Change } from '../ports/changes.ts';
import { calendarMoved, calendarStatements } from './apply-calendar.ts';
import { cardStatements } from './apply-cards.ts';
import { messageAgain, pushesPaused, pushesResumed } from './apply-delivery.ts';
import { findingStatements } from './apply-findings.ts';
import {
  groupAsked,
  groupBound,
  groupGone,
  groupJoined,
  groupRenamed,
  ruleAdded,
  ruleAdvanced,
  ruleChanged,
  ruleEnded,
  ruleRemoved,
} from './apply-groups.ts';
import { importStatements } from './apply-imports.ts';
import { noticeStatements } from './apply-notices.ts';
import { peopleStatements } from './apply-people.ts';
import { programStatements } from './apply-programs.ts';
import { appliedImportStatements } from './apply-removals.ts';
import { roleGranted, roleRevoked } from './apply-roles.ts';
import { taskStatements } from './apply-tasks.ts';
import { visitStatements } from './apply-visits.ts';
import type { Engine } from './engine.ts';
import { BOT_OPEN_ID, CLAIM_HASH } from './meta-keys.ts';
import { putAssessments, putChecklists, putIndicators } from './put-checklists.ts';
import { putMilestones, putPeople, putPrograms, putUnits } from './put-directory.ts';
import { putInspections, putTasks } from './put-work.ts';
import { seenStatement } from './seen.ts';
import { settingStatements } from './settings.ts';

type Of<Kind extends Change['kind']> = Extract<Change, { readonly kind: Kind }>;

/** What a change does. Every change that replaces a row fails the unit when the row has moved: an UPDATE that hits nothing would claim success. */
export function changeStatements(engine: Engine, change: Change): readonly CompiledQuery[] {
  switch (change.kind) {
    case 'group.joined':
      return groupJoined(engine, change);
    case 'group.renamed':
      return groupRenamed(engine, change);
    case 'group.gone':
      return groupGone(engine, change);
    case 'group.bound':
      return groupBound(engine, change);
    case 'rule.added':
      return ruleAdded(engine, change);
    case 'rule.changed':
      return ruleChanged(engine, change);
    case 'rule.removed':
      return ruleRemoved(engine, change);
    case 'rule.ended':
      return ruleEnded(engine, change);
    case 'rule.advanced':
      return ruleAdvanced(engine, change);
    case 'pushes.paused':
      return pushesPaused(engine, change);
    case 'pushes.resumed':
      return pushesResumed(engine, change);
    case 'message.again':
      return messageAgain(engine, change);
    case 'role.granted':
      return roleGranted(engine, change);
    case 'role.revoked':
      return roleRevoked(engine, change);
    case 'claim.issued':
      return [setMeta(engine, CLAIM_HASH, change.hash)];
    case 'claim.used':
      return claimUsed(engine, change);
    case 'bot.known':
      return [setMeta(engine, BOT_OPEN_ID, change.openId)];
    case 'group.asked':
      return groupAsked(engine, change);
    case 'people.asked':
      return peopleAsked(engine, change);
    case 'person.linked':
      return personLinked(engine, change);
    case 'link.requested':
      return linkRequested(engine, change);
    case 'link.settled':
      return linkSettled(engine, change);
    case 'import.requested':
    case 'import.leased':
    case 'import.previewed':
    case 'import.confirmed':
    case 'import.settled':
      return importStatements(engine, change);
    case 'import.applied':
    case 'import.undone':
    case 'rows.removed':
      return appliedImportStatements(engine, change);
    case 'card.shown':
    case 'cards.refreshed':
      return cardStatements(engine, change);
    case 'calendar.changed':
    case 'schoolPeriod.entered':
    case 'schoolPeriod.withdrawn':
    case 'rules.followed':
      return calendarStatements(engine, change);
    case 'setting.changed':
    case 'quiet.lifted':
      return settingStatements(engine, change);
    case 'inspection.added':
    case 'inspection.changed':
    case 'inspection.cancelled':
    case 'inspection.restored':
      return visitStatements(engine, change);
    case 'person.unlinked':
    case 'people.merged':
    case 'duties.handed':
    case 'person.left':
    case 'person.returned':
      return peopleStatements(engine, change);
    case 'finding.entered':
    case 'finding.moved':
    case 'finding.reminded':
    case 'findings.watched':
      return findingStatements(engine, change);
    case 'task.added':
    case 'task.moved':
    case 'task.measured':
    case 'task.settled':
    case 'task.handed':
    case 'task.step':
    case 'task.pursued':
    case 'task.watched':
    case 'task.restricted':
    case 'progress.reported':
      return taskStatements(engine, change);
    case 'program.archived':
    case 'program.restored':
    case 'program.participants':
    case 'milestone.removed':
      return programStatements(engine, change);
    case 'notice.sent':
    case 'notice.rostered':
    case 'notice.read':
    case 'notice.readers-unknown':
    case 'notice.departed':
    case 'notice.unrostered':
    case 'notice.confirmed':
    case 'notice.reminded':
      return noticeStatements(engine, change);
    case 'units.put':
      // A unit that came or moved may have other terms and vacations above it.
      return [...putUnits(engine, change), calendarMoved(engine)];
    case 'people.put':
      return putPeople(engine, change.rows);
    case 'programs.put':
      return putPrograms(engine, change.rows);
    case 'milestones.put':
      return putMilestones(engine, change.rows);
    case 'checklists.put':
      return putChecklists(engine, change.rows);
    case 'indicators.put':
      return putIndicators(engine, change.rows);
    case 'inspections.put':
      return putInspections(engine, change.rows);
    case 'tasks.put':
      return putTasks(engine, change.rows);
    case 'assessments.put':
      return putAssessments(engine, change.rows);
  }
}

function setMeta({ db }: Engine, key: string, value: string): CompiledQuery {
  return db
    .insertInto('meta')
    .values({ key, value })
    .onConflict((on) => on.column('key').doUpdateSet({ value }))
    .compile();
}

function claimUsed({ db }: Engine, { hash }: Of<'claim.used'>): CompiledQuery[] {
  return [
    sql`INSERT INTO guard (ok) SELECT 0 WHERE NOT EXISTS
      (SELECT 1 FROM meta WHERE key = ${CLAIM_HASH} AND value = ${hash})`.compile(db),
    db.deleteFrom('meta').where('key', '=', CLAIM_HASH).compile(),
  ];
}

/** Bookkeeping, not a fact about the person: the version stays. */
function peopleAsked({ db, dialect }: Engine, { personIds, at }: Of<'people.asked'>): CompiledQuery[] {
  if (personIds.length === 0) return [];
  return [db.updateTable('person').set({ asked_at: at }).where('id', 'in', dialect.texts(personIds)).compile()];
}

function personLinked(engine: Engine, { personId, openId, by, seen }: Of<'person.linked'>): CompiledQuery[] {
  return [
    seenStatement(engine, { table: 'person', id: personId, version: seen }),
    engine.db
      .updateTable('person')
      .set({ open_id: openId, linked_by: by, version: seen + 1 })
      .where('id', '=', personId)
      .compile(),
  ];
}

function linkRequested({ db }: Engine, { id, openId, personId, chatId, at }: Of<'link.requested'>): CompiledQuery[] {
  return [
    db.deleteFrom('link_request').where('open_id', '=', openId).compile(),
    db
      .insertInto('link_request')
      .values({ id, open_id: openId, person_id: personId, chat_id: chatId, requested_at: at })
      .compile(),
  ];
}

function linkSettled({ db }: Engine, { id }: Of<'link.settled'>): CompiledQuery[] {
  return [
    sql`INSERT INTO guard (ok) SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM link_request WHERE id = ${id})`.compile(db),
    db.deleteFrom('link_request').where('id', '=', id).compile(),
  ];
}
