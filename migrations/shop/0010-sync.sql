-- The line to the centre. What this till did goes up as its journal; what the centre answered is kept here.

-- Every row of money is booked: a trigger notes it in the transaction that made it, and before that transaction ends it
-- is written into an event of the journal, whose number stands here then. Whoever adds a table of money adds its trigger.
CREATE TABLE booked (
  n INTEGER PRIMARY KEY,
  book TEXT NOT NULL,
  -- Values of the row's primary key as a JSON object.
  key TEXT NOT NULL,
  seq INTEGER REFERENCES journal (seq)
) STRICT;
CREATE INDEX booked_not_yet ON booked (n) WHERE seq IS NULL;
CREATE INDEX booked_by_event ON booked (book, seq);

CREATE TRIGGER sales_are_booked AFTER INSERT ON sales BEGIN INSERT INTO booked (book, key) VALUES ('sales', json_object('id', new.id)); END;
CREATE TRIGGER sale_lines_are_booked AFTER INSERT ON sale_lines BEGIN INSERT INTO booked (book, key) VALUES ('sale_lines', json_object('id', new.id)); END;
CREATE TRIGGER tenders_are_booked AFTER INSERT ON tenders BEGIN INSERT INTO booked (book, key) VALUES ('tenders', json_object('id', new.id)); END;
CREATE TRIGGER sale_taxes_are_booked AFTER INSERT ON sale_taxes BEGIN INSERT INTO booked (book, key) VALUES ('sale_taxes', json_object('sale_id', new.sale_id, 'rate_bp', new.rate_bp)); END;
CREATE TRIGGER returns_are_booked AFTER INSERT ON returns BEGIN INSERT INTO booked (book, key) VALUES ('returns', json_object('id', new.id)); END;
CREATE TRIGGER return_lines_are_booked AFTER INSERT ON return_lines BEGIN INSERT INTO booked (book, key) VALUES ('return_lines', json_object('id', new.id)); END;
CREATE TRIGGER refund_parts_are_booked AFTER INSERT ON refund_parts BEGIN INSERT INTO booked (book, key) VALUES ('refund_parts', json_object('return_id', new.return_id, 'position', new.position)); END;
CREATE TRIGGER return_taxes_are_booked AFTER INSERT ON return_taxes BEGIN INSERT INTO booked (book, key) VALUES ('return_taxes', json_object('return_id', new.return_id, 'rate_bp', new.rate_bp)); END;
CREATE TRIGGER exchanges_are_booked AFTER INSERT ON exchanges BEGIN INSERT INTO booked (book, key) VALUES ('exchanges', json_object('id', new.id)); END;
CREATE TRIGGER shifts_are_booked AFTER INSERT ON shifts BEGIN INSERT INTO booked (book, key) VALUES ('shifts', json_object('id', new.id)); END;
CREATE TRIGGER shift_ends_are_booked AFTER INSERT ON shift_ends BEGIN INSERT INTO booked (book, key) VALUES ('shift_ends', json_object('shift_id', new.shift_id)); END;
CREATE TRIGGER money_moves_are_booked AFTER INSERT ON money_moves BEGIN INSERT INTO booked (book, key) VALUES ('money_moves', json_object('id', new.id)); END;
CREATE TRIGGER credits_are_booked AFTER INSERT ON credits BEGIN INSERT INTO booked (book, key) VALUES ('credits', json_object('number', new.number)); END;
CREATE TRIGGER credit_entries_are_booked AFTER INSERT ON credit_entries BEGIN INSERT INTO booked (book, key) VALUES ('credit_entries', json_object('id', new.id)); END;

-- What was sold before this till could talk to a centre goes up like the rest.
INSERT INTO booked (book, key) SELECT 'sales', json_object('id', id) FROM sales;
INSERT INTO booked (book, key) SELECT 'sale_lines', json_object('id', id) FROM sale_lines;
INSERT INTO booked (book, key) SELECT 'tenders', json_object('id', id) FROM tenders;
INSERT INTO booked (book, key) SELECT 'sale_taxes', json_object('sale_id', sale_id, 'rate_bp', rate_bp) FROM sale_taxes;
INSERT INTO booked (book, key) SELECT 'returns', json_object('id', id) FROM returns;
INSERT INTO booked (book, key) SELECT 'return_lines', json_object('id', id) FROM return_lines;
INSERT INTO booked (book, key) SELECT 'refund_parts', json_object('return_id', return_id, 'position', position) FROM refund_parts;
INSERT INTO booked (book, key) SELECT 'return_taxes', json_object('return_id', return_id, 'rate_bp', rate_bp) FROM return_taxes;
INSERT INTO booked (book, key) SELECT 'exchanges', json_object('id', id) FROM exchanges;
INSERT INTO booked (book, key) SELECT 'shifts', json_object('id', id) FROM shifts;
INSERT INTO booked (book, key) SELECT 'shift_ends', json_object('shift_id', shift_id) FROM shift_ends;
INSERT INTO booked (book, key) SELECT 'money_moves', json_object('id', id) FROM money_moves;
INSERT INTO booked (book, key) SELECT 'credits', json_object('number', number) FROM credits;
INSERT INTO booked (book, key) SELECT 'credit_entries', json_object('id', id) FROM credit_entries;

-- What the centre said of each event. A copy of its word, in the order in which it came.
CREATE TABLE event_answers (
  seq INTEGER PRIMARY KEY,
  verdict TEXT NOT NULL,
  unit_id TEXT,
  ver INTEGER NOT NULL,
  case_id TEXT
) STRICT;
CREATE INDEX answers_in_conflict ON event_answers (seq) WHERE case_id IS NOT NULL;

-- Leases of the centre on units in a cart here, and units of which it said that another has them.
CREATE TABLE unit_claims (
  unit_id TEXT PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('ours', 'held', 'gone')),
  token INTEGER,
  until TEXT NOT NULL,
  -- The till that has it, or why it is gone.
  who TEXT NOT NULL
) STRICT, WITHOUT ROWID;
