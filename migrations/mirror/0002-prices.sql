-- Price lists, promotions, taxes of a store, and what must be looked at before a thing is sold. Days are those of the
-- store; a list or promotion holds from its first day through its last, and forever where there is none.

CREATE TABLE price_lists (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  -- Null: of every store.
  store_id TEXT,
  from_day TEXT,
  until_day TEXT,
  -- Among lists that hold, the highest rank is asked first; a list of the store goes before one of all stores.
  rank INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The price of a product in a list; `*` is every condition that has no row of its own.
CREATE TABLE list_prices (
  product_id TEXT NOT NULL,
  list_id TEXT NOT NULL REFERENCES price_lists (id),
  condition TEXT NOT NULL,
  price_cents INTEGER NOT NULL CHECK (price_cents >= 0),
  PRIMARY KEY (product_id, list_id, condition)
) STRICT, WITHOUT ROWID;

-- The rule is JSON of the contract's `PromotionRule`; one that cannot be read is passed over and never guessed.
CREATE TABLE promotions (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  store_id TEXT,
  from_day TEXT,
  until_day TEXT,
  rank INTEGER NOT NULL,
  rule TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The catalogue names a class of goods by the rate of its home country; here stands what the class pays in a store.
CREATE TABLE store_taxes (
  store_id TEXT NOT NULL,
  catalogue_bp INTEGER NOT NULL,
  tax_bp INTEGER NOT NULL CHECK (tax_bp BETWEEN 0 AND 10000),
  PRIMARY KEY (store_id, catalogue_bp)
) STRICT, WITHOUT ROWID;

-- What is asked before the tender: `age` (value: years), `licence` (of what), `register` (which book), `wait` (days),
-- `cold-chain` (degrees Celsius).
CREATE TABLE product_gates (
  product_id TEXT NOT NULL,
  gate TEXT NOT NULL CHECK (gate IN ('age', 'licence', 'register', 'wait', 'cold-chain')),
  value TEXT NOT NULL,
  PRIMARY KEY (product_id, gate)
) STRICT, WITHOUT ROWID;

-- Protection that is sold as an article: so many months for one piece of these categories (a JSON list; empty: of any).
CREATE TABLE product_plans (
  product_id TEXT PRIMARY KEY,
  months INTEGER NOT NULL CHECK (months BETWEEN 1 AND 600),
  categories TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What belongs to a set that is sold under one code at one price.
CREATE TABLE kit_parts (
  kit_product_id TEXT NOT NULL,
  part_product_id TEXT NOT NULL,
  count INTEGER NOT NULL CHECK (count BETWEEN 1 AND 99),
  PRIMARY KEY (kit_product_id, part_product_id)
) STRICT, WITHOUT ROWID;
