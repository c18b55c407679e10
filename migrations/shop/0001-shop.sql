-- The precious file: what this till did, and what it is in the middle of. History is added to and never changed;
-- triggers hold that, so that not even a mistake in the program can rewrite the past.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- Staff and store of a till that has no centre yet.
CREATE TABLE own_staff (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  pin_hash TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE pin_tries (
  n INTEGER PRIMARY KEY,
  staff_id TEXT NOT NULL,
  at TEXT NOT NULL,
  good INTEGER NOT NULL
) STRICT;
CREATE INDEX pin_tries_of_person ON pin_tries (staff_id, n);

-- The journal: one chain a till. `body` holds the exact bytes that were hashed; hash = SHA-256(hash before || body).
CREATE TABLE journal (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  hash BLOB NOT NULL,
  kind TEXT NOT NULL,
  unit_id TEXT,
  at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX journal_of_unit ON journal (unit_id, seq) WHERE unit_id IS NOT NULL;
CREATE TRIGGER journal_is_kept BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
CREATE TRIGGER journal_stays BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;

-- What this till did to a unit lies over the mirror until the centre has shown it back.
CREATE TABLE unit_overlays (
  unit_id TEXT PRIMARY KEY,
  seq INTEGER NOT NULL REFERENCES journal (seq),
  facts TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A unit is in at most one open or parked cart.
CREATE TABLE holds (
  unit_id TEXT PRIMARY KEY,
  flow_id TEXT NOT NULL REFERENCES flows (id),
  until TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX holds_of_flow ON holds (flow_id);

CREATE TABLE flows (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('open', 'parked', 'done', 'dropped')),
  name TEXT,
  revision INTEGER NOT NULL,
  state TEXT NOT NULL,
  staff_id TEXT,
  opened_at TEXT NOT NULL,
  touched_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX flows_going_on ON flows (status, touched_at) WHERE status IN ('open', 'parked');

CREATE TABLE sales (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  flow_id TEXT NOT NULL UNIQUE,
  shift_id TEXT REFERENCES shifts (id),
  store_id TEXT NOT NULL,
  till_id TEXT NOT NULL,
  staff_id TEXT NOT NULL,
  sold_at TEXT NOT NULL,
  currency TEXT NOT NULL,
  gross_cents INTEGER NOT NULL CHECK (gross_cents >= 0),
  discount_cents INTEGER NOT NULL,
  -- What a country without small coins adds or takes away; the tenders sum to gross + rounding.
  rounding_cents INTEGER NOT NULL,
  demo INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER sales_are_kept BEFORE UPDATE ON sales BEGIN SELECT RAISE(ABORT, 'a sale is never changed'); END;
CREATE TRIGGER sales_stay BEFORE DELETE ON sales BEGIN SELECT RAISE(ABORT, 'a sale is never deleted'); END;

CREATE TABLE sale_lines (
  id TEXT PRIMARY KEY,
  sale_id TEXT NOT NULL REFERENCES sales (id),
  position INTEGER NOT NULL,
  tracking TEXT NOT NULL,
  product_id TEXT NOT NULL,
  unit_id TEXT,
  name TEXT NOT NULL,
  serial TEXT,
  lot TEXT,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  unit_price_cents INTEGER NOT NULL,
  discount_cents INTEGER NOT NULL,
  total_cents INTEGER NOT NULL,
  tax_bp INTEGER NOT NULL,
  CHECK (unit_id IS NULL OR quantity = 1),
  CHECK (total_cents = unit_price_cents * quantity - discount_cents)
) STRICT, WITHOUT ROWID;
CREATE INDEX lines_of_sale ON sale_lines (sale_id, position);
CREATE INDEX lines_of_unit ON sale_lines (unit_id) WHERE unit_id IS NOT NULL;
CREATE TRIGGER sale_lines_are_kept BEFORE UPDATE ON sale_lines BEGIN SELECT RAISE(ABORT, 'a sold line is never changed'); END;
CREATE TRIGGER sale_lines_stay BEFORE DELETE ON sale_lines BEGIN SELECT RAISE(ABORT, 'a sold line is never deleted'); END;

CREATE TABLE returns (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  flow_id TEXT NOT NULL UNIQUE,
  shift_id TEXT REFERENCES shifts (id),
  store_id TEXT NOT NULL,
  till_id TEXT NOT NULL,
  staff_id TEXT,
  approved_by TEXT,
  returned_at TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  product_id TEXT NOT NULL,
  sale_id TEXT NOT NULL,
  receipt_number TEXT NOT NULL,
  reason TEXT NOT NULL,
  condition TEXT NOT NULL,
  currency TEXT NOT NULL,
  refund_cents INTEGER NOT NULL CHECK (refund_cents >= 0),
  demo INTEGER NOT NULL,
  UNIQUE (unit_id, sale_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER returns_are_kept BEFORE UPDATE ON returns BEGIN SELECT RAISE(ABORT, 'a return is never changed'); END;
CREATE TRIGGER returns_stay BEFORE DELETE ON returns BEGIN SELECT RAISE(ABORT, 'a return is never deleted'); END;

-- Money in and out of this till, of a sale or of a return. A refund is a negative amount.
CREATE TABLE tenders (
  id TEXT PRIMARY KEY,
  sale_id TEXT REFERENCES sales (id),
  return_id TEXT REFERENCES returns (id),
  shift_id TEXT REFERENCES shifts (id),
  kind TEXT NOT NULL,
  amount_cents INTEGER NOT NULL,
  given_cents INTEGER NOT NULL,
  change_cents INTEGER NOT NULL,
  currency TEXT NOT NULL,
  at TEXT NOT NULL,
  CHECK ((sale_id IS NULL) <> (return_id IS NULL)),
  CHECK (amount_cents = given_cents - change_cents)
) STRICT, WITHOUT ROWID;
CREATE INDEX tenders_of_sale ON tenders (sale_id) WHERE sale_id IS NOT NULL;
CREATE INDEX tenders_of_shift ON tenders (shift_id);
CREATE TRIGGER tenders_are_kept BEFORE UPDATE ON tenders BEGIN SELECT RAISE(ABORT, 'a tender is never changed'); END;
CREATE TRIGGER tenders_stay BEFORE DELETE ON tenders BEGIN SELECT RAISE(ABORT, 'a tender is never deleted'); END;

CREATE TABLE shifts (
  id TEXT PRIMARY KEY,
  opened_at TEXT NOT NULL,
  opened_by TEXT NOT NULL,
  float_cents INTEGER NOT NULL,
  currency TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER shifts_are_kept BEFORE UPDATE ON shifts BEGIN SELECT RAISE(ABORT, 'a shift is never changed'); END;
CREATE TABLE shift_ends (
  shift_id TEXT PRIMARY KEY REFERENCES shifts (id),
  closed_at TEXT NOT NULL,
  closed_by TEXT NOT NULL,
  expected_cents INTEGER NOT NULL,
  counted_cents INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER shift_ends_are_kept BEFORE UPDATE ON shift_ends BEGIN SELECT RAISE(ABORT, 'a closed shift is never changed'); END;

-- Papers: what stands on them is fixed when they are made. Whether they came out is a job, and a job moves.
CREATE TABLE documents (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  number TEXT NOT NULL,
  at TEXT NOT NULL,
  total_cents INTEGER NOT NULL,
  summary TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX documents_by_number ON documents (number);
CREATE INDEX documents_by_time ON documents (at);
CREATE TRIGGER documents_are_kept BEFORE UPDATE ON documents BEGIN SELECT RAISE(ABORT, 'a document is never changed'); END;

CREATE TABLE print_jobs (
  id TEXT PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES documents (id),
  copy INTEGER NOT NULL,
  drawer INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'printing', 'printed', 'not-printed', 'unknown', 'given-up')),
  why TEXT,
  queued_at TEXT NOT NULL,
  changed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX print_jobs_open ON print_jobs (queued_at) WHERE state NOT IN ('printed', 'given-up');
CREATE INDEX print_jobs_of_document ON print_jobs (document_id);

-- Every verdict that an act rests on, with the facts it was decided on.
CREATE TABLE verdicts (
  id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  intent TEXT NOT NULL,
  outcome TEXT NOT NULL,
  unit_id TEXT,
  text TEXT NOT NULL,
  verdict TEXT NOT NULL,
  facts TEXT NOT NULL,
  policy_version TEXT NOT NULL,
  seat TEXT NOT NULL,
  staff_id TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX verdicts_of_unit ON verdicts (unit_id, at) WHERE unit_id IS NOT NULL;
CREATE TRIGGER verdicts_are_kept BEFORE UPDATE ON verdicts BEGIN SELECT RAISE(ABORT, 'a verdict is never changed'); END;
CREATE TRIGGER verdicts_stay BEFORE DELETE ON verdicts BEGIN SELECT RAISE(ABORT, 'a verdict is never deleted'); END;

CREATE TABLE cases (
  id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  unit_id TEXT,
  verdict_id TEXT REFERENCES verdicts (id),
  quiet INTEGER NOT NULL,
  seat TEXT NOT NULL
) STRICT, WITHOUT ROWID;
