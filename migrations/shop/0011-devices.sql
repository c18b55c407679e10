-- What a card terminal was asked beside sales, and what became of the tags of what was sold.

-- A refund is an attempt like a payment, with the same steps; this row says that the money goes the other way, for
-- which return, and of which payment. `reverse` takes a whole payment back by the terminal's receipt number; `refund`
-- gives the amount to the card that the customer holds up.
CREATE TABLE refund_attempts (
  attempt_id TEXT PRIMARY KEY REFERENCES payment_attempts (id),
  return_id TEXT NOT NULL,
  of_attempt TEXT REFERENCES payment_attempts (id),
  way TEXT NOT NULL CHECK (way IN ('refund', 'reverse')),
  of_receipt INTEGER,
  CHECK ((way = 'reverse') = (of_receipt IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX refund_attempts_of_return ON refund_attempts (return_id);
CREATE INDEX refund_attempts_of_payment ON refund_attempts (of_attempt) WHERE of_attempt IS NOT NULL;
CREATE TRIGGER refund_attempts_are_kept BEFORE UPDATE ON refund_attempts BEGIN SELECT RAISE(ABORT, 'a refund is never changed'); END;
CREATE TRIGGER refund_attempts_stay BEFORE DELETE ON refund_attempts BEGIN SELECT RAISE(ABORT, 'a refund is never deleted'); END;

-- The ends of day of each terminal: what was paid before the last good one cannot be taken back by its receipt.
CREATE TABLE terminal_day_ends (
  id TEXT PRIMARY KEY,
  terminal TEXT NOT NULL,
  at TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('done', 'not-done', 'unknown')),
  code TEXT,
  document_id TEXT,
  staff_id TEXT NOT NULL,
  staff_name TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX terminal_day_ends_of_terminal ON terminal_day_ends (terminal, at);
CREATE TRIGGER terminal_day_ends_are_kept BEFORE UPDATE ON terminal_day_ends BEGIN SELECT RAISE(ABORT, 'an end of day is never changed'); END;
CREATE TRIGGER terminal_day_ends_stay BEFORE DELETE ON terminal_day_ends BEGIN SELECT RAISE(ABORT, 'an end of day is never deleted'); END;

-- Which line of a sale a tag on the pad put there: lifted, it takes that line out again. It holds over parking and over
-- a power cut, and goes with its flow.
CREATE TABLE pad_links (
  flow_id TEXT NOT NULL REFERENCES flows (id) ON DELETE CASCADE,
  tag TEXT NOT NULL,
  line_id TEXT NOT NULL,
  PRIMARY KEY (flow_id, tag)
) STRICT, WITHOUT ROWID;
