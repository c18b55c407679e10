-- Returns of several lines, what was looked at, and the files of cases. A return was one piece; it becomes the head of
-- a document, and the pieces become its lines. Tenders point at returns, so the table is made again under its own name
-- and filled before the end of the transaction, where SQLite looks whether every tender still has its return.

PRAGMA defer_foreign_keys = ON;

CREATE TABLE returns_of_one_piece AS SELECT * FROM returns;
DROP TABLE returns;

CREATE TABLE returns (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  flow_id TEXT NOT NULL UNIQUE,
  shift_id TEXT REFERENCES shifts (id),
  store_id TEXT NOT NULL,
  till_id TEXT NOT NULL,
  staff_id TEXT,
  approved_by TEXT,
  approved_why TEXT,
  returned_at TEXT NOT NULL,
  currency TEXT NOT NULL,
  refund_cents INTEGER NOT NULL CHECK (refund_cents >= 0),
  -- What a country without small coins adds or takes away; the tenders sum to -(refund + rounding).
  rounding_cents INTEGER NOT NULL,
  demo INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX returns_of_shift ON returns (shift_id);
CREATE INDEX returns_by_time ON returns (returned_at);
INSERT INTO returns (id, number, flow_id, shift_id, store_id, till_id, staff_id, approved_by, returned_at, currency,
    refund_cents, rounding_cents, demo)
  SELECT id, number, flow_id, shift_id, store_id, till_id, staff_id, approved_by, returned_at, currency, refund_cents, 0, demo
  FROM returns_of_one_piece;
CREATE TRIGGER returns_are_kept BEFORE UPDATE ON returns BEGIN SELECT RAISE(ABORT, 'a return is never changed'); END;
CREATE TRIGGER returns_stay BEFORE DELETE ON returns BEGIN SELECT RAISE(ABORT, 'a return is never deleted'); END;

CREATE TABLE return_lines (
  id TEXT PRIMARY KEY,
  return_id TEXT NOT NULL REFERENCES returns (id),
  position INTEGER NOT NULL,
  product_id TEXT NOT NULL,
  -- Null for plain goods, which have a line of a receipt instead.
  unit_id TEXT,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  -- Null where no record of the sale was found: then the money follows the rule for that.
  sale_id TEXT,
  sale_line_id TEXT REFERENCES sale_lines (id),
  receipt_number TEXT,
  reason TEXT NOT NULL,
  condition TEXT NOT NULL,
  refund_cents INTEGER NOT NULL CHECK (refund_cents >= 0),
  next_place TEXT NOT NULL,
  -- Answers, accessories, numbers of parts and the hashes of photographs, as they were at the counter.
  looked_at TEXT NOT NULL,
  CHECK (unit_id IS NULL OR quantity = 1)
) STRICT, WITHOUT ROWID;
-- The same piece cannot come back twice from the same sale, whoever takes it and however the flows interleave.
CREATE UNIQUE INDEX return_once_of_sale ON return_lines (unit_id, sale_id) WHERE unit_id IS NOT NULL AND sale_id IS NOT NULL;
CREATE UNIQUE INDEX return_once_without_sale ON return_lines (unit_id) WHERE unit_id IS NOT NULL AND sale_id IS NULL;
CREATE INDEX return_lines_of_return ON return_lines (return_id, position);
CREATE INDEX return_lines_of_sale_line ON return_lines (sale_line_id) WHERE sale_line_id IS NOT NULL;
CREATE INDEX return_lines_of_sale ON return_lines (sale_id) WHERE sale_id IS NOT NULL;
INSERT INTO return_lines (id, return_id, position, product_id, unit_id, quantity, sale_id, sale_line_id, receipt_number,
    reason, condition, refund_cents, next_place, looked_at)
  SELECT id || ':0', id, 0, product_id, unit_id, 1, sale_id, NULL, receipt_number, reason, condition, refund_cents,
    'inspection', '{}'
  FROM returns_of_one_piece;
CREATE TRIGGER return_lines_are_kept BEFORE UPDATE ON return_lines BEGIN SELECT RAISE(ABORT, 'a returned line is never changed'); END;
CREATE TRIGGER return_lines_stay BEFORE DELETE ON return_lines BEGIN SELECT RAISE(ABORT, 'a returned line is never deleted'); END;
CREATE TRIGGER return_lines_within_what_was_bought BEFORE INSERT ON return_lines WHEN NEW.sale_line_id IS NOT NULL
  AND (SELECT coalesce(sum(quantity), 0) FROM return_lines WHERE sale_line_id = NEW.sale_line_id) + NEW.quantity
    > (SELECT quantity FROM sale_lines WHERE id = NEW.sale_line_id)
BEGIN SELECT RAISE(ABORT, 'more would come back than was bought'); END;
CREATE TRIGGER return_lines_within_what_was_paid BEFORE INSERT ON return_lines WHEN NEW.sale_id IS NOT NULL
  AND EXISTS (SELECT 1 FROM sales WHERE id = NEW.sale_id)
  AND (SELECT coalesce(sum(refund_cents), 0) FROM return_lines WHERE sale_id = NEW.sale_id) + NEW.refund_cents
    > (SELECT gross_cents FROM sales WHERE id = NEW.sale_id)
BEGIN SELECT RAISE(ABORT, 'more would be given back than was paid'); END;

DROP TABLE returns_of_one_piece;

-- Which money of which sale went back, and as what: so much of each tender is left to be given back next time.
CREATE TABLE refund_parts (
  return_id TEXT NOT NULL REFERENCES returns (id),
  position INTEGER NOT NULL,
  -- Null where no record of the sale was found.
  sale_id TEXT,
  -- The tender the customer had paid with.
  of_kind TEXT NOT NULL,
  paid_as TEXT NOT NULL,
  amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
  PRIMARY KEY (return_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX refund_parts_of_sale ON refund_parts (sale_id) WHERE sale_id IS NOT NULL;
CREATE TRIGGER refund_parts_are_kept BEFORE UPDATE ON refund_parts BEGIN SELECT RAISE(ABORT, 'a refund is never changed'); END;
CREATE TRIGGER refund_parts_stay BEFORE DELETE ON refund_parts BEGIN SELECT RAISE(ABORT, 'a refund is never deleted'); END;

-- What staff found when they looked again at a piece that had come back.
CREATE TABLE inspections (
  id TEXT PRIMARY KEY,
  unit_id TEXT NOT NULL,
  at TEXT NOT NULL,
  staff_id TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('released', 'regraded', 'refused')),
  condition TEXT NOT NULL,
  next_place TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX inspections_of_unit ON inspections (unit_id, at);
CREATE TRIGGER inspections_are_kept BEFORE UPDATE ON inspections BEGIN SELECT RAISE(ABORT, 'an inspection is never changed'); END;
CREATE TRIGGER inspections_stay BEFORE DELETE ON inspections BEGIN SELECT RAISE(ABORT, 'an inspection is never deleted'); END;

-- Two documents that are one act: the piece that came and the piece that went for it.
CREATE TABLE exchanges (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('exchange', 'warranty-swap', 'dead-on-arrival')),
  at TEXT NOT NULL,
  flow_id TEXT NOT NULL UNIQUE,
  return_id TEXT NOT NULL REFERENCES returns (id),
  -- Null where the new piece steps into the sale of the old one and no money moves.
  sale_id TEXT REFERENCES sales (id),
  old_unit_id TEXT NOT NULL,
  new_unit_id TEXT NOT NULL,
  difference_cents INTEGER NOT NULL,
  staff_id TEXT NOT NULL,
  CHECK (old_unit_id <> new_unit_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER exchanges_are_kept BEFORE UPDATE ON exchanges BEGIN SELECT RAISE(ABORT, 'an exchange is never changed'); END;
CREATE TRIGGER exchanges_stay BEFORE DELETE ON exchanges BEGIN SELECT RAISE(ABORT, 'an exchange is never deleted'); END;

-- Pieces the shop bought from a customer. Of the person nothing is kept but that an identity was looked at.
CREATE TABLE trade_ins (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  flow_id TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  product_id TEXT NOT NULL,
  grade TEXT NOT NULL,
  price_cents INTEGER NOT NULL CHECK (price_cents >= 0),
  currency TEXT NOT NULL,
  paid_as TEXT NOT NULL CHECK (paid_as IN ('cash', 'store-credit', 'voucher')),
  identity_seen INTEGER NOT NULL CHECK (identity_seen = 1),
  statement_id TEXT NOT NULL REFERENCES documents (id),
  staff_id TEXT NOT NULL,
  demo INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER trade_ins_are_kept BEFORE UPDATE ON trade_ins BEGIN SELECT RAISE(ABORT, 'a trade-in is never changed'); END;
CREATE TRIGGER trade_ins_stay BEFORE DELETE ON trade_ins BEGIN SELECT RAISE(ABORT, 'a trade-in is never deleted'); END;

-- Photographs of a piece, made small and free of what cameras write into them. `flow_id` is the act during which one
-- was taken; a case of that act has it too.
CREATE TABLE photos (
  id TEXT PRIMARY KEY,
  flow_id TEXT NOT NULL,
  unit_id TEXT,
  at TEXT NOT NULL,
  staff_id TEXT,
  type TEXT NOT NULL CHECK (type IN ('image/jpeg', 'image/png', 'image/webp')),
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  content BLOB NOT NULL CHECK (length(content) <= 184320)
) STRICT, WITHOUT ROWID;
CREATE INDEX photos_of_flow ON photos (flow_id, at);
CREATE TRIGGER photos_are_kept BEFORE UPDATE ON photos BEGIN SELECT RAISE(ABORT, 'a photograph is never changed'); END;

-- What is written into the file of a case, in its order. The case itself stands in `cases`.
CREATE TABLE case_entries (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  at TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('opened', 'note', 'photo', 'closed', 'reopened', 'exported')),
  staff_id TEXT,
  who TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX case_entries_of_case ON case_entries (case_id, at, id);
CREATE TRIGGER case_entries_are_kept BEFORE UPDATE ON case_entries BEGIN SELECT RAISE(ABORT, 'what was written into a case is never changed'); END;
CREATE TRIGGER case_entries_stay BEFORE DELETE ON case_entries BEGIN SELECT RAISE(ABORT, 'what was written into a case is never deleted'); END;
CREATE INDEX cases_by_time ON cases (at);

-- Pieces that came into being on this till; their numbers stand in `unit_labels`, their facts in their events.
CREATE TABLE own_units (
  id TEXT PRIMARY KEY,
  product_id TEXT NOT NULL,
  made_at TEXT NOT NULL,
  price_cents INTEGER
) STRICT, WITHOUT ROWID;
CREATE TRIGGER own_units_are_kept BEFORE UPDATE ON own_units BEGIN SELECT RAISE(ABORT, 'where a piece began is never changed'); END;
