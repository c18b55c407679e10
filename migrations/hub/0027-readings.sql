-- What sensors have read of single pieces, as it was told; a reading is never changed and never goes. What follows from
-- all of them stands in the row of the piece, in `more`, and goes to the tills with it.
CREATE TABLE unit_reading (
  unit_id text NOT NULL,
  -- A digest of the reading itself: told twice, it is one.
  id text NOT NULL,
  kind text NOT NULL,
  from_at text NOT NULL,
  to_at text NOT NULL,
  -- In °C, per cent or multiples of standard gravity; null for an alarm without a value.
  low double precision,
  high double precision,
  alarm boolean NOT NULL,
  source text NOT NULL,
  heard_at text NOT NULL,
  PRIMARY KEY (unit_id, id)
);

-- Products whose limits were changed: their pieces are judged anew, some hundreds a time, in the order of their ids.
CREATE TABLE limits_changed (product_id text PRIMARY KEY, after_unit text NOT NULL);
