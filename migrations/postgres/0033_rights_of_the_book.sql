-- Rights follow the address book: who is its liaison, which roles there are, and what an education bureau sees.

-- named: the address book's liaison of the unit; from the moment when an account is linked that is a right. withdrawn: an administrator took it
-- away, and no later table gives it back.
ALTER TABLE person ADD COLUMN liaison TEXT COLLATE "C" CHECK (liaison IN ('named', 'withdrawn'));
CREATE INDEX person_by_liaison ON person (unit_id) WHERE liaison = 'named';
-- Until now nothing said who is. A table of visits or tasks brings names alone; of two people of one unit nobody knows which.
UPDATE person SET liaison = 'named'
WHERE gone IS NULL AND (mobile IS NOT NULL OR office_phone <> '' OR position <> '') AND NOT EXISTS (
  SELECT 1 FROM person AS other
  WHERE other.unit_id = person.unit_id AND other.id <> person.id AND other.gone IS NULL
    AND (other.mobile IS NOT NULL OR other.office_phone <> '' OR other.position <> ''));

-- inspector (督学) and observer (观察员) are roles of their own. SQLite changes no CHECK: the table is made anew.
CREATE TABLE role_grant_anew (
  open_id TEXT COLLATE "C" NOT NULL,
  role TEXT COLLATE "C" NOT NULL CHECK (role IN ('administrator', 'supervisor', 'inspector', 'liaison', 'leader', 'observer')),
  unit_id TEXT COLLATE "C" REFERENCES unit (id),
  granted_by TEXT COLLATE "C" NOT NULL,
  granted_at BIGINT NOT NULL
);
INSERT INTO role_grant_anew (open_id, role, unit_id, granted_by, granted_at)
SELECT open_id, role, unit_id, granted_by, granted_at FROM role_grant;
DROP TABLE role_grant;
ALTER TABLE role_grant_anew RENAME TO role_grant;
CREATE UNIQUE INDEX role_grant_key ON role_grant (open_id, role, COALESCE(unit_id, ''));
CREATE INDEX role_grant_by_role ON role_grant (role);

-- What the people and groups of a unit see: its own subtree; of an education bureau (教育局, 教体局, 督导室) that of the government which it is
-- of. Its name says which one: 望海区教育局 is 望海区人民政府's, 市教育局督导室 is 云溪市's, and 青山县教育局 below 云溪市 is not. A view, so that it is
-- right whatever moves a unit.
CREATE VIEW unit_sight AS
SELECT u.id AS unit_id, CASE
  WHEN u.kind = '县区教育局' OR u.name LIKE '%教%局' OR u.name LIKE '%教委' OR u.name LIKE '%教育委员会'
    OR u.name LIKE '%督导室' OR u.name LIKE '%督导办' OR u.name LIKE '%督导办公室'
  THEN COALESCE((
    SELECT g.id FROM (
      SELECT a.id, a.name, a.parent_id, c.depth,
        REPLACE(REPLACE(REPLACE(a.name, '人民政府', ''), '管理委员会', ''), '管委会', '') AS place
      FROM unit_closure AS c JOIN unit AS a ON a.id = c.ancestor_id
      WHERE c.descendant_id = u.id AND c.depth BETWEEN 1 AND 2
    ) AS g
    WHERE (g.parent_id IS NULL OR g.name <> g.place
        OR SUBSTR(g.place, LENGTH(g.place), 1) IN ('省', '市', '县', '区', '旗', '州', '盟'))
      AND (u.name LIKE g.place || '教%' OR u.name LIKE g.place || '督导%'
        OR u.name LIKE g.place || '%政府教%' OR u.name LIKE g.place || '%政府督导%'
        OR u.name LIKE '教%' OR u.name LIKE '督导%'
        OR u.name LIKE SUBSTR(g.place, LENGTH(g.place), 1) || '教%'
        OR u.name LIKE SUBSTR(g.place, LENGTH(g.place), 1) || '督导%'
        OR u.name LIKE SUBSTR(g.place, LENGTH(g.place), 1) || '%政府教%'
        OR u.name LIKE SUBSTR(g.place, LENGTH(g.place), 1) || '%政府督导%'
        OR (g.parent_id IS NULL AND SUBSTR(u.name, 1, 1) IN ('省', '市', '县', '区', '旗', '州', '盟')
          AND (u.name LIKE '_教%' OR u.name LIKE '_督导%' OR u.name LIKE '_人民政府%'))
        OR (u.kind = '县区教育局' AND g.parent_id IS NOT NULL AND u.name LIKE g.place || '%'))
    ORDER BY g.depth LIMIT 1), u.id)
  ELSE u.id END AS sees_id
FROM unit AS u;

INSERT INTO schema_version (name) VALUES ('0033_rights_of_the_book');
