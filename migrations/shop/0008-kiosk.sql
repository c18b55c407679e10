-- The rules of this till where a person changed them here, and the work of the kiosk: its slots, and what it hands over.

-- Rules made here, each a whole document. What became of one is a step of its own, so that nobody can say later that
-- another rule had applied.
CREATE TABLE policy_versions (
  version TEXT PRIMARY KEY,
  based_on TEXT NOT NULL,
  document TEXT NOT NULL,
  why TEXT NOT NULL,
  staff_id TEXT NOT NULL,
  who TEXT NOT NULL,
  made_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER policy_versions_are_kept BEFORE UPDATE ON policy_versions BEGIN SELECT RAISE(ABORT, 'a version of the rules is never changed'); END;
CREATE TRIGGER policy_versions_stay BEFORE DELETE ON policy_versions BEGIN SELECT RAISE(ABORT, 'a version of the rules is never deleted'); END;

CREATE TABLE policy_steps (
  n INTEGER PRIMARY KEY,
  version TEXT NOT NULL REFERENCES policy_versions (version),
  step TEXT NOT NULL CHECK (step IN ('trial', 'in-force', 'withdrawn')),
  at TEXT NOT NULL,
  staff_id TEXT NOT NULL,
  who TEXT NOT NULL
) STRICT;
CREATE TRIGGER policy_steps_are_kept BEFORE UPDATE ON policy_steps BEGIN SELECT RAISE(ABORT, 'a step is never changed'); END;
CREATE TRIGGER policy_steps_stay BEFORE DELETE ON policy_steps BEGIN SELECT RAISE(ABORT, 'a step is never deleted'); END;

-- Every document of the centre that was once in force here and could be read: the last of them goes on when a newer
-- one is broken, and when the mirror is gone.
CREATE TABLE policies_kept (
  n INTEGER PRIMARY KEY,
  version TEXT NOT NULL UNIQUE,
  document TEXT NOT NULL,
  kept_at TEXT NOT NULL
) STRICT;
CREATE TRIGGER policies_kept_are_kept BEFORE UPDATE ON policies_kept BEGIN SELECT RAISE(ABORT, 'a kept document is never changed'); END;
CREATE TRIGGER policies_kept_stay BEFORE DELETE ON policies_kept BEGIN SELECT RAISE(ABORT, 'a kept document is never deleted'); END;

-- What went into the slots of a kiosk, and when somebody took it out.
CREATE TABLE slot_steps (
  n INTEGER PRIMARY KEY,
  slot TEXT NOT NULL,
  step TEXT NOT NULL CHECK (step IN ('put', 'emptied')),
  unit_id TEXT,
  return_number TEXT,
  at TEXT NOT NULL,
  who TEXT,
  CHECK ((step = 'put') = (unit_id IS NOT NULL))
) STRICT;
CREATE INDEX slot_steps_of_slot ON slot_steps (slot, n);
CREATE TRIGGER slot_steps_are_kept BEFORE UPDATE ON slot_steps BEGIN SELECT RAISE(ABORT, 'a step is never changed'); END;
CREATE TRIGGER slot_steps_stay BEFORE DELETE ON slot_steps BEGIN SELECT RAISE(ABORT, 'a step is never deleted'); END;

-- A customer whom a kiosk cannot help alone: what was scanned and answered there, for the colleague who goes on. Lies
-- at the kiosk that gave it and at the till that was told; nothing of the customer himself is in it.
CREATE TABLE hand_overs (
  id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  from_till TEXT NOT NULL,
  from_name TEXT NOT NULL,
  here INTEGER NOT NULL,
  quiet INTEGER NOT NULL,
  unit_id TEXT,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX hand_overs_by_time ON hand_overs (at);
CREATE TRIGGER hand_overs_are_kept BEFORE UPDATE ON hand_overs BEGIN SELECT RAISE(ABORT, 'a hand-over is never changed'); END;
CREATE TRIGGER hand_overs_stay BEFORE DELETE ON hand_overs BEGIN SELECT RAISE(ABORT, 'a hand-over is never deleted'); END;

CREATE TABLE hand_over_steps (
  n INTEGER PRIMARY KEY,
  hand_over_id TEXT NOT NULL REFERENCES hand_overs (id),
  step TEXT NOT NULL CHECK (step IN ('told', 'taken', 'left', 'closed')),
  at TEXT NOT NULL,
  who TEXT,
  till TEXT
) STRICT;
CREATE INDEX steps_of_hand_over ON hand_over_steps (hand_over_id, n);
CREATE TRIGGER hand_over_steps_are_kept BEFORE UPDATE ON hand_over_steps BEGIN SELECT RAISE(ABORT, 'a step is never changed'); END;
CREATE TRIGGER hand_over_steps_stay BEFORE DELETE ON hand_over_steps BEGIN SELECT RAISE(ABORT, 'a step is never deleted'); END;
-- Taken once: two colleagues at two screens do not both go on with the same customer.
CREATE UNIQUE INDEX hand_over_taken_once ON hand_over_steps (hand_over_id) WHERE step = 'taken';

-- Verdicts of a month are judged again when rules are tried; the kiosk counts its checks of the last hour.
CREATE INDEX verdicts_of_intent ON verdicts (intent, at);
CREATE INDEX verdicts_of_kiosk ON verdicts (at) WHERE seat = 'kiosk';
