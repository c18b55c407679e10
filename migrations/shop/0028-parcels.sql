-- Pieces of a sale that are sent to their buyer. Name and address are the customer's: sealed, and gone after the delivery.
CREATE TABLE parcels (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  sale_id TEXT NOT NULL REFERENCES sales (id),
  sealed_to BLOB,
  made_at TEXT NOT NULL,
  closed_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX parcels_of_sale ON parcels (sale_id);
CREATE INDEX parcels_by_close ON parcels (closed_at, made_at);
CREATE TABLE parcel_pieces (
  parcel_id TEXT NOT NULL REFERENCES parcels (id),
  unit_id TEXT NOT NULL,
  PRIMARY KEY (parcel_id, unit_id)
) STRICT, WITHOUT ROWID;
-- What happened to a parcel is only ever added to; a step that was wrong is taken back by a further one.
CREATE TABLE parcel_steps (
  n INTEGER PRIMARY KEY,
  parcel_id TEXT NOT NULL REFERENCES parcels (id),
  step TEXT NOT NULL CHECK (step IN ('to-be-sent', 'packed', 'handed-over', 'delivered', 'came-back', 'lost', 'undone')),
  unit_id TEXT,
  carrier TEXT NOT NULL DEFAULT '',
  tracking TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL,
  who TEXT
) STRICT;
CREATE INDEX parcel_steps_of ON parcel_steps (parcel_id);
CREATE TRIGGER parcel_steps_are_kept BEFORE UPDATE ON parcel_steps BEGIN SELECT RAISE(ABORT, 'a step of a parcel is never changed'); END;
CREATE TRIGGER parcel_steps_stay BEFORE DELETE ON parcel_steps BEGIN SELECT RAISE(ABORT, 'a step of a parcel is never deleted'); END;
