-- Numbers that this till put on pieces, numbers that it may still give out, and what tags and signed labels proved.

-- A label made here, such as one of the shop's own numbers on a piece whose own is gone; lies over the mirror's.
-- A retired label stays, because somebody will scan it.
CREATE TABLE unit_labels (
  value TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  -- Only where it differs from the value, as in the mirror.
  match_key TEXT,
  retired_why TEXT,
  at TEXT NOT NULL,
  PRIMARY KEY (value, unit_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX labels_of_unit ON unit_labels (unit_id);
CREATE INDEX labels_by_match_key ON unit_labels (match_key) WHERE match_key IS NOT NULL;

-- Runs of numbers that the centre gave to this till alone. `next` only ever rises: a number is lost rather than doubled.
CREATE TABLE number_blocks (
  id TEXT PRIMARY KEY,
  mask TEXT NOT NULL,
  counter TEXT NOT NULL,
  fixed TEXT NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  next INTEGER NOT NULL,
  received_at TEXT NOT NULL,
  CHECK (first <= last AND next >= first AND next <= last + 1)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER number_blocks_only_rise BEFORE UPDATE ON number_blocks WHEN new.next < old.next
BEGIN SELECT RAISE(ABORT, 'a number is never given out twice'); END;
CREATE TRIGGER number_blocks_stay BEFORE DELETE ON number_blocks BEGIN SELECT RAISE(ABORT, 'a block of numbers is never deleted'); END;

CREATE TABLE issued_numbers (
  number TEXT PRIMARY KEY,
  block_id TEXT NOT NULL REFERENCES number_blocks (id),
  unit_id TEXT,
  staff_id TEXT,
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER issued_numbers_are_kept BEFORE UPDATE ON issued_numbers BEGIN SELECT RAISE(ABORT, 'an issued number is never changed'); END;
CREATE TRIGGER issued_numbers_stay BEFORE DELETE ON issued_numbers BEGIN SELECT RAISE(ABORT, 'an issued number is never deleted'); END;

-- Chips that write a new address at every tap. `counter` is the highest that was accepted; an older one is a copy.
CREATE TABLE sun_tags (
  uid TEXT PRIMARY KEY,
  unit_id TEXT NOT NULL,
  file_key TEXT NOT NULL,
  -- Opens the encrypted uid; null for chips that show it in the plain.
  meta_key TEXT,
  counter INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER sun_counters_only_rise BEFORE UPDATE ON sun_tags WHEN new.counter < old.counter
BEGIN SELECT RAISE(ABORT, 'the counter of a tag only rises'); END;

-- Which chip carried which identity when the piece was commissioned.
CREATE TABLE tag_bindings (
  unit_id TEXT PRIMARY KEY,
  stid TEXT NOT NULL,
  elements TEXT NOT NULL,
  bound_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX bindings_by_stid ON tag_bindings (stid);

CREATE TABLE label_keys (key_id TEXT PRIMARY KEY, public_key TEXT NOT NULL, trusted_at TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- What a tag or a signed label said for or against a piece, each time that one was read.
CREATE TABLE proof_readings (
  n INTEGER PRIMARY KEY,
  unit_id TEXT NOT NULL,
  at TEXT NOT NULL,
  says TEXT NOT NULL CHECK (says IN ('proven', 'agrees', 'suspect')),
  how TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX readings_of_unit ON proof_readings (unit_id, n);
CREATE TRIGGER proof_readings_are_kept BEFORE UPDATE ON proof_readings BEGIN SELECT RAISE(ABORT, 'a reading is never changed'); END;
CREATE TRIGGER proof_readings_stay BEFORE DELETE ON proof_readings BEGIN SELECT RAISE(ABORT, 'a reading is never deleted'); END;
