-- Promises of money (vouchers, store credit, deposits) and cash that moves without a sale. All of it is added to and
-- never changed; the file itself refuses that a promise is spent twice.

-- What was promised, by whom. `kind`: a voucher belongs to whoever holds it, a store credit came of a return, a deposit
-- was paid on goods that wait.
CREATE TABLE credits (
  number TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('voucher', 'store-credit', 'deposit')),
  currency TEXT NOT NULL,
  holder TEXT,
  customer_id TEXT,
  issued_at TEXT NOT NULL,
  store_id TEXT NOT NULL,
  till_id TEXT NOT NULL,
  -- The last day on which it is taken; null: for good.
  expires_on TEXT
) STRICT, WITHOUT ROWID;
CREATE TRIGGER credits_are_kept BEFORE UPDATE OF number, kind, currency, issued_at, store_id, till_id, expires_on ON credits
BEGIN SELECT RAISE(ABORT, 'a promise is never changed'); END;
-- Who it was for can be forgotten, and never be made somebody else.
CREATE TRIGGER credits_forget_people BEFORE UPDATE OF holder, customer_id ON credits WHEN new.holder IS NOT NULL OR new.customer_id IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a promise is never made to somebody else'); END;
CREATE TRIGGER credits_stay BEFORE DELETE ON credits BEGIN SELECT RAISE(ABORT, 'a promise is never deleted'); END;

-- What the centre last said of one: its balance after it had heard of every entry of this till up to `knows_up_to`.
-- A copy of the centre's word, so it may change. `sure_until`: so long the centre keeps the balance for this till alone.
CREATE TABLE credits_told (
  number TEXT PRIMARY KEY REFERENCES credits (number),
  balance_cents INTEGER NOT NULL CHECK (balance_cents >= 0),
  as_of TEXT NOT NULL,
  knows_up_to INTEGER NOT NULL,
  sure_until TEXT,
  blocked INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What this till added to a promise and took from it. A tender takes once.
CREATE TABLE credit_entries (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  number TEXT NOT NULL REFERENCES credits (number),
  what TEXT NOT NULL CHECK (what IN ('issued', 'spent', 'given-back')),
  amount_cents INTEGER NOT NULL CHECK (amount_cents <> 0 AND (amount_cents > 0) = (what = 'issued')),
  -- The sale, the return or the flow it belongs to.
  because_of TEXT NOT NULL,
  tender_id TEXT UNIQUE,
  staff_id TEXT,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX entries_of_credit ON credit_entries (number, n);
CREATE INDEX credits_because_of ON credit_entries (because_of) WHERE what = 'issued';
CREATE TRIGGER credit_entries_are_kept BEFORE UPDATE ON credit_entries BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END;
CREATE TRIGGER credit_entries_stay BEFORE DELETE ON credit_entries BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END;
CREATE TRIGGER no_credit_is_spent_twice BEFORE INSERT ON credit_entries WHEN new.amount_cents < 0 AND new.amount_cents
  + coalesce((SELECT balance_cents FROM credits_told WHERE number = new.number), 0)
  + coalesce((SELECT sum(amount_cents) FROM credit_entries WHERE number = new.number
      AND n > coalesce((SELECT knows_up_to FROM credits_told WHERE number = new.number), 0)), 0) < 0
BEGIN SELECT RAISE(ABORT, 'no more can be taken than is left'); END;

-- Money that moved without a sale or a return: paid in and out, dropped to the safe, deposits and credits in money.
CREATE TABLE money_moves (
  id TEXT PRIMARY KEY,
  shift_id TEXT NOT NULL REFERENCES shifts (id),
  what TEXT NOT NULL CHECK (what IN ('paid-in', 'paid-out', 'drop', 'deposit-in', 'deposit-out', 'credit-out')),
  kind TEXT NOT NULL,
  -- Into the drawer or the terminal is positive, out of it negative.
  amount_cents INTEGER NOT NULL CHECK (amount_cents <> 0 AND (amount_cents > 0) = (what IN ('paid-in', 'deposit-in'))),
  currency TEXT NOT NULL,
  number TEXT NOT NULL,
  reason TEXT NOT NULL,
  credit_number TEXT REFERENCES credits (number),
  staff_id TEXT,
  staff_name TEXT NOT NULL,
  approved_by TEXT,
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX moves_of_shift ON money_moves (shift_id);
CREATE INDEX moves_by_time ON money_moves (at);
CREATE INDEX moves_of_credit ON money_moves (credit_number) WHERE credit_number IS NOT NULL;
CREATE TRIGGER money_moves_are_kept BEFORE UPDATE ON money_moves BEGIN SELECT RAISE(ABORT, 'a move of money is never changed'); END;
CREATE TRIGGER money_moves_stay BEFORE DELETE ON money_moves BEGIN SELECT RAISE(ABORT, 'a move of money is never deleted'); END;

-- Which promise a tender was taken from.
ALTER TABLE tenders ADD COLUMN credit_number TEXT;

-- The tax of a sale as its receipt shows it, and of a return with the sign of the money: the report adds these up and
-- works nothing out again.
CREATE TABLE sale_taxes (
  sale_id TEXT NOT NULL REFERENCES sales (id),
  rate_bp INTEGER NOT NULL,
  gross_cents INTEGER NOT NULL,
  tax_cents INTEGER NOT NULL,
  PRIMARY KEY (sale_id, rate_bp)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER sale_taxes_are_kept BEFORE UPDATE ON sale_taxes BEGIN SELECT RAISE(ABORT, 'the tax of a sale is never changed'); END;
CREATE TRIGGER sale_taxes_stay BEFORE DELETE ON sale_taxes BEGIN SELECT RAISE(ABORT, 'the tax of a sale is never deleted'); END;
CREATE TABLE return_taxes (
  return_id TEXT NOT NULL REFERENCES returns (id),
  rate_bp INTEGER NOT NULL,
  gross_cents INTEGER NOT NULL CHECK (gross_cents <= 0),
  tax_cents INTEGER NOT NULL CHECK (tax_cents <= 0),
  PRIMARY KEY (return_id, rate_bp)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER return_taxes_are_kept BEFORE UPDATE ON return_taxes BEGIN SELECT RAISE(ABORT, 'the tax of a return is never changed'); END;
CREATE TRIGGER return_taxes_stay BEFORE DELETE ON return_taxes BEGIN SELECT RAISE(ABORT, 'the tax of a return is never deleted'); END;
CREATE INDEX sales_of_shift ON sales (shift_id);
CREATE INDEX returns_of_shift ON returns (shift_id);

-- Where in the journal a shift begins and ends; how it was counted, and why it was not right.
ALTER TABLE shifts ADD COLUMN opened_seq INTEGER;
ALTER TABLE shift_ends ADD COLUMN closed_seq INTEGER;
ALTER TABLE shift_ends ADD COLUMN document_id TEXT;
ALTER TABLE shift_ends ADD COLUMN reason TEXT;
-- The count by note and coin as JSON, and what was still open and had been seen.
ALTER TABLE shift_ends ADD COLUMN counts TEXT;
ALTER TABLE shift_ends ADD COLUMN seen TEXT;

-- The day journal looks back in time: at papers, and at what happened without one.
CREATE INDEX journal_of_day ON journal (at)
  WHERE kind IN ('cart-voided', 'line-voided', 'price-changed', 'gate-passed', 'authorised', 'shift-opened', 'drawer-opened', 'held');
-- All that a line of the journal shows, so that a year of papers is searched without reading one.
CREATE INDEX documents_for_journal ON documents (at, id, kind, number, total_cents, summary);
CREATE INDEX sales_by_time ON sales (sold_at);
CREATE INDEX returns_by_time ON returns (returned_at);
CREATE INDEX lines_by_serial ON sale_lines (serial) WHERE serial IS NOT NULL;
