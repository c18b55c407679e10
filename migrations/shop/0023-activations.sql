-- A device that was sold is connected to its customer's provider. The number of the SIM is the customer's: sealed, and
-- gone once it is of no more use.
CREATE TABLE activations (
  id TEXT PRIMARY KEY,
  sale_id TEXT NOT NULL REFERENCES sales (id),
  unit_id TEXT NOT NULL,
  service_id TEXT NOT NULL,
  provider TEXT NOT NULL,
  imei TEXT NOT NULL,
  sealed_sim BLOB,
  sim_end TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('wanted', 'done', 'failed', 'postponed', 'dropped')),
  why TEXT,
  reference TEXT NOT NULL,
  asked_by TEXT,
  changed_at TEXT NOT NULL,
  UNIQUE (sale_id, unit_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX activations_open ON activations (changed_at) WHERE state IN ('wanted', 'failed', 'postponed');
