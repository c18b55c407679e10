-- Customers, apart from the pieces: a piece names its sale, a sale its customer, and a customer can be erased without
-- touching either. Nothing of a person can be read in this file: what is known is sealed with a key that lies in a file
-- of its own, and what a person is found by is kept as keyed hashes.

CREATE TABLE customers (
  id TEXT PRIMARY KEY,
  made_at TEXT NOT NULL,
  made_by TEXT,
  changed_at TEXT NOT NULL,
  -- AES-256-GCM; null once the person has been erased.
  sealed BLOB,
  erased_at TEXT,
  CHECK ((sealed IS NULL) = (erased_at IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER customers_stay BEFORE DELETE ON customers BEGIN SELECT RAISE(ABORT, 'a customer is erased, never deleted'); END;
CREATE TRIGGER customers_erased_for_good BEFORE UPDATE ON customers WHEN old.erased_at IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'who was erased does not come back'); END;

-- HMAC-SHA-256, the first 16 bytes, of everything a person is found by: card, telephone, e-mail, beginnings of names.
CREATE TABLE customer_keys (
  key BLOB NOT NULL,
  customer_id TEXT NOT NULL REFERENCES customers (id),
  PRIMARY KEY (key, customer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX keys_of_customer ON customer_keys (customer_id);

-- What a person allowed, and took back: the newest row of a purpose counts, the older ones prove what was so.
CREATE TABLE customer_consents (
  id TEXT PRIMARY KEY,
  customer_id TEXT NOT NULL REFERENCES customers (id),
  purpose TEXT NOT NULL CHECK (purpose IN ('warranty', 'receipts', 'offers')),
  given INTEGER NOT NULL CHECK (given IN (0, 1)),
  at TEXT NOT NULL,
  by TEXT,
  -- The language in which the question was asked.
  language TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX consents_of_customer ON customer_consents (customer_id, purpose, at);
CREATE TRIGGER consents_are_kept BEFORE UPDATE ON customer_consents BEGIN SELECT RAISE(ABORT, 'a consent is never changed'); END;
CREATE TRIGGER consents_stay BEFORE DELETE ON customer_consents BEGIN SELECT RAISE(ABORT, 'a consent is never deleted'); END;

-- For whom a sale is or was. While the cart is open the customer may change; with the sale it is history.
CREATE TABLE flow_customers (
  flow_id TEXT PRIMARY KEY REFERENCES flows (id),
  customer_id TEXT NOT NULL REFERENCES customers (id)
) STRICT, WITHOUT ROWID;
CREATE TABLE sale_customers (
  sale_id TEXT PRIMARY KEY REFERENCES sales (id),
  customer_id TEXT NOT NULL REFERENCES customers (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sales_of_customer ON sale_customers (customer_id, sale_id);
CREATE TRIGGER sale_customers_are_kept BEFORE UPDATE ON sale_customers BEGIN SELECT RAISE(ABORT, 'whose a sale was is never changed'); END;
CREATE TRIGGER sale_customers_stay BEFORE DELETE ON sale_customers BEGIN SELECT RAISE(ABORT, 'whose a sale was is never deleted'); END;

-- Letters to customers: written with the act, sent when there is a line. The address is sealed like everything else.
CREATE TABLE mails (
  id TEXT PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES documents (id),
  customer_id TEXT REFERENCES customers (id),
  -- AES-256-GCM of the address; null once the person has been erased, or the letter was given up.
  sealed_to BLOB,
  -- What a person at the till may see of it: `m…@e….com`.
  shown_to TEXT NOT NULL,
  language TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'refused', 'given-up')),
  why TEXT,
  tries INTEGER NOT NULL,
  next_try_at TEXT NOT NULL,
  made_at TEXT NOT NULL,
  changed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX mails_to_send ON mails (next_try_at) WHERE state IN ('waiting', 'sending');
CREATE INDEX mails_by_time ON mails (made_at);
CREATE INDEX mails_of_document ON mails (document_id);
CREATE TRIGGER mails_stay BEFORE DELETE ON mails BEGIN SELECT RAISE(ABORT, 'a letter is never deleted'); END;

-- Papers by any word on them: numbers, goods, serials. A document is never changed, so only its coming is followed.
CREATE VIRTUAL TABLE document_search USING fts5 (
  document_id UNINDEXED, words, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3 4'
);
CREATE TRIGGER documents_searched AFTER INSERT ON documents BEGIN
  INSERT INTO document_search (document_id, words)
    VALUES (new.id, new.number || ' ' || ltrim(substr(new.number, instr(new.number, '-') + 2), '0') || ' ' || new.summary);
END;
INSERT INTO document_search (document_id, words)
  SELECT id, number || ' ' || ltrim(substr(number, instr(number, '-') + 2), '0') || ' ' || summary FROM documents ORDER BY at;

-- When something was scanned or typed, and how: what the figures of the day are counted from.
CREATE TABLE scan_marks (
  n INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  flow_id TEXT,
  screen TEXT NOT NULL,
  via TEXT NOT NULL,
  what TEXT NOT NULL
) STRICT;
CREATE INDEX scan_marks_of_flow ON scan_marks (flow_id, n) WHERE flow_id IS NOT NULL;
CREATE INDEX scan_marks_by_time ON scan_marks (at);
CREATE TRIGGER scan_marks_are_kept BEFORE UPDATE ON scan_marks BEGIN SELECT RAISE(ABORT, 'a mark is never changed'); END;
