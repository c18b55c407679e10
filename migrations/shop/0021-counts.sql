-- Stock that is counted by scanning. What is to be found is fixed and kept when a count begins, so that a sample is the
-- same after a restart; and every scan is a row before anybody hears of it.
CREATE TABLE counts (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  area TEXT,
  category TEXT,
  sample INTEGER CHECK (sample > 0),
  blind INTEGER NOT NULL CHECK (blind IN (0, 1)),
  began_at TEXT NOT NULL,
  began_by TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('going', 'done', 'dropped'))
) STRICT, WITHOUT ROWID;
-- One count a till at a time: a scan never has to be asked which one it is for.
CREATE UNIQUE INDEX counts_going ON counts (status) WHERE status = 'going';

-- `expected` is 1 for what was to be found, 0 for what turned up besides; `why` says of the latter why it is none of these,
-- and `left_as` what became of the former when the count ended without it.
CREATE TABLE count_pieces (
  count_id TEXT NOT NULL REFERENCES counts (id),
  unit_id TEXT NOT NULL,
  expected INTEGER NOT NULL CHECK (expected IN (0, 1)),
  found_at TEXT,
  found_by TEXT,
  why TEXT,
  left_as TEXT CHECK (left_as IN ('missing', 'gone')),
  PRIMARY KEY (count_id, unit_id),
  CHECK ((found_at IS NULL) = (found_by IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE count_scans (
  n INTEGER PRIMARY KEY,
  count_id TEXT NOT NULL REFERENCES counts (id),
  staff_id TEXT NOT NULL,
  said TEXT NOT NULL
) STRICT;
CREATE INDEX scans_of_count ON count_scans (count_id, n);
CREATE TRIGGER count_scans_are_kept BEFORE UPDATE ON count_scans BEGIN SELECT RAISE(ABORT, 'a counted scan is never changed'); END;
CREATE TRIGGER count_scans_stay BEFORE DELETE ON count_scans BEGIN SELECT RAISE(ABORT, 'a counted scan is never deleted'); END;

CREATE TABLE count_ends (
  count_id TEXT PRIMARY KEY REFERENCES counts (id),
  ended_at TEXT NOT NULL,
  ended_by TEXT NOT NULL,
  expected INTEGER NOT NULL,
  found INTEGER NOT NULL,
  gone INTEGER NOT NULL,
  missing INTEGER NOT NULL,
  surplus INTEGER NOT NULL,
  document_id TEXT NOT NULL REFERENCES documents (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX count_ends_newest ON count_ends (ended_at);
CREATE TRIGGER count_ends_are_kept BEFORE UPDATE ON count_ends BEGIN SELECT RAISE(ABORT, 'the end of a count is never changed'); END;
CREATE TRIGGER count_ends_stay BEFORE DELETE ON count_ends BEGIN SELECT RAISE(ABORT, 'the end of a count is never deleted'); END;
