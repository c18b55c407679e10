-- The mirror is a copy of what the centre knows. It may be deleted at any time and is pulled again, so nothing that
-- exists only on this till may ever be written here.

CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE stores (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  country TEXT NOT NULL,
  currency TEXT NOT NULL,
  tax_number TEXT NOT NULL,
  tax_inclusive INTEGER NOT NULL,
  cash_step INTEGER NOT NULL,
  time_zone TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  store_id TEXT,
  pin_hash TEXT NOT NULL,
  badge TEXT,
  demo_pin TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE policies (version TEXT PRIMARY KEY, in_force_from TEXT NOT NULL, document TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- When each list of the centre was last complete: an old list is not a clear list.
CREATE TABLE lists (name TEXT PRIMARY KEY, as_of TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE products (
  id TEXT PRIMARY KEY,
  gtin TEXT,
  sku TEXT NOT NULL,
  brand TEXT NOT NULL,
  name TEXT NOT NULL,
  variant TEXT NOT NULL,
  category TEXT NOT NULL,
  picture TEXT NOT NULL,
  tracking TEXT NOT NULL CHECK (tracking IN ('serial', 'lot', 'none', 'service')),
  price_cents INTEGER NOT NULL,
  tax_bp INTEGER NOT NULL,
  serial_mask TEXT,
  maker_months INTEGER NOT NULL,
  durable INTEGER NOT NULL,
  active INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- GTINs stand here with 14 digits, own codes as printed.
CREATE TABLE product_codes (
  code TEXT NOT NULL,
  product_id TEXT NOT NULL REFERENCES products (id),
  PRIMARY KEY (code, product_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE lots (
  product_id TEXT NOT NULL REFERENCES products (id),
  lot TEXT NOT NULL,
  store_id TEXT NOT NULL,
  expiry TEXT,
  quantity INTEGER NOT NULL,
  PRIMARY KEY (product_id, lot, store_id)
) STRICT, WITHOUT ROWID;

-- What is common stands in columns; what is rare (flags, a plan, where a piece travels) stands in `more` as JSON,
-- which is null for nearly every piece of a million.
CREATE TABLE units (
  id TEXT PRIMARY KEY,
  product_id TEXT NOT NULL,
  custody TEXT NOT NULL,
  store_id TEXT,
  area TEXT,
  title TEXT NOT NULL,
  sale_id TEXT,
  receipt_number TEXT,
  sold_at TEXT,
  sold_store_id TEXT,
  channel TEXT,
  paid_cents INTEGER,
  currency TEXT,
  tender TEXT,
  condition TEXT NOT NULL,
  price_cents INTEGER,
  produced_on TEXT,
  more TEXT,
  ver INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX units_of_receipt ON units (receipt_number) WHERE receipt_number IS NOT NULL;
CREATE INDEX units_of_product ON units (product_id, store_id, custody);

-- Identity is the value byte for byte. The match key (case, blanks, look-alikes) is for searching and warning; it is
-- stored only where it differs from the value.
CREATE TABLE unit_aliases (
  value TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  match_key TEXT,
  retired_why TEXT,
  PRIMARY KEY (value, unit_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX aliases_of_unit ON unit_aliases (unit_id);
CREATE INDEX aliases_by_match_key ON unit_aliases (match_key) WHERE match_key IS NOT NULL;

CREATE TABLE unit_events (
  unit_id TEXT NOT NULL,
  at TEXT NOT NULL,
  n INTEGER NOT NULL,
  kind TEXT NOT NULL,
  store_id TEXT,
  who TEXT,
  params TEXT NOT NULL,
  PRIMARY KEY (unit_id, at, n)
) STRICT, WITHOUT ROWID;
