-- What each till of the store has of a count that several make together: whose count it is and whether that till goes on.
CREATE TABLE count_parts (
  count_id TEXT NOT NULL,
  till_id TEXT NOT NULL,
  till_name TEXT NOT NULL,
  store_id TEXT NOT NULL,
  -- The till that began it and ends it; null: this one.
  lead_till TEXT,
  number TEXT NOT NULL,
  area TEXT,
  category TEXT,
  sample INTEGER,
  lot_up_to TEXT,
  blind INTEGER NOT NULL,
  began_at TEXT NOT NULL,
  began_by TEXT NOT NULL,
  status TEXT NOT NULL,
  PRIMARY KEY (count_id, till_id)
) STRICT, WITHOUT ROWID;

-- Every piece that a till has seen in such a count. Rows keep the order in which they came: a till reads what is new.
CREATE TABLE count_sightings (
  count_id TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  till_id TEXT NOT NULL,
  found_at TEXT NOT NULL,
  found_by TEXT NOT NULL,
  expected INTEGER NOT NULL,
  why TEXT,
  PRIMARY KEY (count_id, unit_id, till_id, found_at)
) STRICT;
