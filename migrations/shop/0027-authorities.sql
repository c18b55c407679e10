-- What the police or another authority asked about a number, with what it was allowed to ask, and what it was told. No
-- name of a customer stands here: that one was told does.
CREATE TABLE authority_queries (
  number TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  text TEXT NOT NULL,
  authority TEXT NOT NULL,
  case_number TEXT NOT NULL,
  officer TEXT NOT NULL,
  order_reference TEXT NOT NULL,
  answer TEXT NOT NULL,
  named INTEGER NOT NULL CHECK (named IN (0, 1)),
  answered_by TEXT NOT NULL,
  document_id TEXT NOT NULL REFERENCES documents (id),
  CHECK (named = 0 OR order_reference <> '')
) STRICT, WITHOUT ROWID;
CREATE INDEX authority_queries_newest ON authority_queries (at);
CREATE TRIGGER authority_queries_are_kept BEFORE UPDATE ON authority_queries BEGIN SELECT RAISE(ABORT, 'what an authority asked is never changed'); END;
CREATE TRIGGER authority_queries_stay BEFORE DELETE ON authority_queries BEGIN SELECT RAISE(ABORT, 'what an authority asked is never deleted'); END;
