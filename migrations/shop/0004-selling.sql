-- How the price of a sold line came about: each part of its discount, and a price that was set by hand. Added to, never
-- changed, like the line itself.

CREATE TABLE sale_line_discounts (
  line_id TEXT NOT NULL REFERENCES sale_lines (id),
  n INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('promotion', 'line', 'cart')),
  amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
  -- The name of the promotion, or the reason that was given.
  reason TEXT NOT NULL,
  promotion_id TEXT,
  staff_id TEXT,
  PRIMARY KEY (line_id, n),
  CHECK ((kind = 'promotion') = (promotion_id IS NOT NULL)),
  CHECK (kind = 'promotion' OR staff_id IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX discounts_of_promotion ON sale_line_discounts (promotion_id) WHERE promotion_id IS NOT NULL;
CREATE TRIGGER sale_line_discounts_are_kept BEFORE UPDATE ON sale_line_discounts
  BEGIN SELECT RAISE(ABORT, 'a discount that was given is never changed'); END;
CREATE TRIGGER sale_line_discounts_stay BEFORE DELETE ON sale_line_discounts
  BEGIN SELECT RAISE(ABORT, 'a discount that was given is never deleted'); END;

CREATE TABLE sale_line_prices (
  line_id TEXT PRIMARY KEY REFERENCES sale_lines (id),
  -- What a piece would have cost, and what it cost.
  list_price_cents INTEGER NOT NULL CHECK (list_price_cents >= 0),
  price_cents INTEGER NOT NULL CHECK (price_cents >= 0),
  reason TEXT NOT NULL,
  staff_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER sale_line_prices_are_kept BEFORE UPDATE ON sale_line_prices
  BEGIN SELECT RAISE(ABORT, 'a price that was set is never changed'); END;
CREATE TRIGGER sale_line_prices_stay BEFORE DELETE ON sale_line_prices
  BEGIN SELECT RAISE(ABORT, 'a price that was set is never deleted'); END;
