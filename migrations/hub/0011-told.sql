-- What has been applied, in one order, for whoever listens: pages, other systems, reports. `feed` is the list (there is
-- one, 'all'); its counter is taken last in the transaction, so a reader of n never meets a later n - 1.

CREATE TABLE told_head (feed text PRIMARY KEY, seq bigint NOT NULL);

CREATE TABLE told (
  feed text NOT NULL,
  seq bigint NOT NULL,
  id text NOT NULL,
  kind text NOT NULL,
  unit_id text,
  product_id text,
  serial text,
  lot text,
  supplier text,
  store_id text,
  till text,
  at text NOT NULL,
  -- The day by the clock on the wall of the store.
  day text NOT NULL,
  received_at text NOT NULL,
  verdict text,
  amount_cents bigint,
  currency text,
  params text NOT NULL,
  PRIMARY KEY (feed, seq)
);
CREATE INDEX told_of_day ON told (feed, kind, day);
CREATE INDEX told_of_unit ON told (unit_id, at);

-- How far each journal of the tills has been told.
CREATE TABLE told_from (till text NOT NULL, inc text NOT NULL, seq bigint NOT NULL, PRIMARY KEY (till, inc));

-- Where a piece came from, as the receive notice, the import or the till that took it in said.
CREATE TABLE unit_origin (unit_id text PRIMARY KEY, supplier text, lot text, notice text);
CREATE TABLE product_origin (product_id text PRIMARY KEY, supplier text NOT NULL);

-- How long an answer about a piece took, for the report of traceability.
CREATE TABLE trace_time (day text NOT NULL, id text NOT NULL, ms bigint NOT NULL, PRIMARY KEY (day, id));

-- One process at a time does a job; a lease that ran out is taken over.
CREATE TABLE job_lease (job text PRIMARY KEY, holder text NOT NULL, until_ms bigint NOT NULL);

-- How far each till has said it has come with what goes down, by scope.
CREATE TABLE till_heard (till text PRIMARY KEY, cursors text NOT NULL, at text NOT NULL);
