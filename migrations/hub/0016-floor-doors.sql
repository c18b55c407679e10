-- What goes on at the tills beside the money: their cases and the hand-overs of their kiosks, and how they are.

-- One row for each, whoever told of it; a hand-over and the file of its case have the same id. `rank` orders what is told of it: a hand-over only goes forward, a case goes
-- with the journal of its till.
CREATE TABLE floor_case (
  case_id text NOT NULL,
  source text NOT NULL,
  till text,
  store_id text,
  kind text,
  quiet boolean NOT NULL DEFAULT false,
  unit_id text,
  state text NOT NULL,
  rank bigint NOT NULL,
  opened_at text,
  changed_at text NOT NULL,
  PRIMARY KEY (case_id, source)
);
CREATE INDEX floor_case_by_state ON floor_case (state, opened_at);

ALTER TABLE device ADD COLUMN seat text;
-- Troubles and whether it is closed, as the till told it: JSON.
ALTER TABLE device ADD COLUMN health text;
ALTER TABLE device ADD COLUMN health_at text;
