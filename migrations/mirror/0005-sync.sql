-- Where this copy stands beside the centre. It lies in the mirror itself, so a row and the number it came under are one
-- fact, and a new mirror brings its own numbers.

CREATE TABLE sync_cursors (scope TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- Versions of rows that are no units: an older row that arrives later by another scope must not win.
CREATE TABLE sync_rows (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  ver INTEGER NOT NULL,
  PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

-- Units that moved to a store this till does not follow, with the version at which they went: an older row of another
-- scope must not bring them back.
CREATE TABLE unit_tombstones (id TEXT PRIMARY KEY, ver INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- Two facts that do not fit: both sides, and how a person settled it.
CREATE TABLE conflicts (
  case_id TEXT PRIMARY KEY,
  unit_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  store_id TEXT NOT NULL,
  state TEXT NOT NULL,
  opened_at TEXT NOT NULL,
  a TEXT NOT NULL,
  b TEXT NOT NULL,
  closed_at TEXT,
  closed_by TEXT,
  how TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX conflicts_open ON conflicts (state, opened_at);
CREATE INDEX conflicts_of_unit ON conflicts (unit_id);
