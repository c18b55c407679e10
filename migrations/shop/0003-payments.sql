-- Card payments. The attempt is a row before the terminal hears of it; what became of it is added, step by step, and
-- never changed. Of a card only its brand and its last digits are kept.

CREATE TABLE payment_attempts (
  id TEXT PRIMARY KEY,
  flow_id TEXT NOT NULL REFERENCES flows (id),
  amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
  currency TEXT NOT NULL,
  terminal TEXT NOT NULL,
  by_hand INTEGER NOT NULL,
  -- The terminal's last receipt that was known then: a last result with this number is not ours.
  receipt_before INTEGER,
  staff_id TEXT NOT NULL,
  staff_name TEXT NOT NULL,
  asked_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX payment_attempts_of_flow ON payment_attempts (flow_id);
CREATE TRIGGER payment_attempts_are_kept BEFORE UPDATE ON payment_attempts BEGIN SELECT RAISE(ABORT, 'an attempt is never changed'); END;
CREATE TRIGGER payment_attempts_stay BEFORE DELETE ON payment_attempts BEGIN SELECT RAISE(ABORT, 'an attempt is never deleted'); END;

-- The next step has the next number: of two who want to take it, one fails.
CREATE TABLE payment_steps (
  attempt_id TEXT NOT NULL REFERENCES payment_attempts (id),
  step INTEGER NOT NULL CHECK (step > 0),
  state TEXT NOT NULL CHECK (state IN ('checking', 'unknown', 'approved', 'declined', 'reversing', 'reversed', 'reversal-unknown')),
  at TEXT NOT NULL,
  said_by TEXT NOT NULL CHECK (said_by IN ('terminal', 'clerk', 'till')),
  code TEXT,
  words TEXT,
  receipt INTEGER,
  trace INTEGER,
  terminal_id TEXT,
  card_name TEXT,
  card_end TEXT CHECK (card_end IS NULL OR length(card_end) <= 4),
  slip TEXT NOT NULL,
  PRIMARY KEY (attempt_id, step)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER payment_steps_are_kept BEFORE UPDATE ON payment_steps BEGIN SELECT RAISE(ABORT, 'a step is never changed'); END;
CREATE TRIGGER payment_steps_stay BEFORE DELETE ON payment_steps BEGIN SELECT RAISE(ABORT, 'a step is never deleted'); END;

-- Attempts that something is still to be done about. A flow waits for at most one; one that is only being taken back
-- keeps no flow waiting.
CREATE TABLE payments_open (
  attempt_id TEXT PRIMARY KEY REFERENCES payment_attempts (id),
  flow_id TEXT UNIQUE
) STRICT, WITHOUT ROWID;

-- The last receipt number that each terminal told.
CREATE TABLE terminal_marks (
  terminal TEXT PRIMARY KEY,
  receipt INTEGER NOT NULL,
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
