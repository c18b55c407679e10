-- What the tills did, what is true of every unit, and what goes out to the tills.
-- Each table's key begins with the column it is distributed by on a distributed PostgreSQL: (till, inc) for what came up,
-- the unit for what is true of it, the scope for what goes down. Nothing is unique across those, nothing refers across.

CREATE TABLE hub_meta (key text PRIMARY KEY, value text NOT NULL);

-- A till that may talk here. state: joined, held (a clone, a restored disk: a person decides), revoked.
CREATE TABLE device (
  till text PRIMARY KEY,
  code text NOT NULL,
  name text NOT NULL,
  store_id text NOT NULL,
  public_key text NOT NULL,
  state text NOT NULL,
  state_why text,
  follows text NOT NULL,
  joined_at text NOT NULL,
  seen_at text,
  program text,
  behind bigint NOT NULL DEFAULT 0
);
CREATE INDEX device_of_store ON device (store_id);

-- One code lets one till in, once, for some minutes. Only its digest is kept.
CREATE TABLE join_code (
  digest text PRIMARY KEY,
  store_id text NOT NULL,
  made_at text NOT NULL,
  made_by text NOT NULL,
  until text NOT NULL,
  used_by text
);

-- UP. One journal is (till, incarnation). held: the branch of a clone, kept and not applied until a person lets it.
CREATE TABLE register_head (
  till text NOT NULL,
  inc text NOT NULL,
  seq bigint NOT NULL,
  hash text NOT NULL,
  applied bigint NOT NULL,
  held boolean NOT NULL DEFAULT false,
  base_seq bigint NOT NULL DEFAULT 0,
  base_hash text NOT NULL,
  forked_from text,
  PRIMARY KEY (till, inc)
);

CREATE TABLE journal (
  till text NOT NULL,
  inc text NOT NULL,
  seq bigint NOT NULL,
  id text NOT NULL,
  kind text NOT NULL,
  unit_id text,
  at text NOT NULL,
  hash text NOT NULL,
  body text NOT NULL,
  received_at text NOT NULL,
  PRIMARY KEY (till, inc, seq)
);
CREATE INDEX journal_by_time ON journal (received_at);

-- The signature of the till under each batch, as evidence that stays with the journal.
CREATE TABLE batch (
  till text NOT NULL,
  inc text NOT NULL,
  last_seq bigint NOT NULL,
  last_hash text NOT NULL,
  signature text NOT NULL,
  received_at text NOT NULL,
  PRIMARY KEY (till, inc, last_seq, last_hash)
);

-- What became of each event: applied once, with the version it made. Also the history of a unit.
CREATE TABLE unit_event (
  unit_id text NOT NULL,
  till text NOT NULL,
  inc text NOT NULL,
  seq bigint NOT NULL,
  id text NOT NULL,
  kind text NOT NULL,
  at text NOT NULL,
  store_id text,
  who text,
  params text NOT NULL,
  verdict text NOT NULL,
  ver bigint NOT NULL,
  case_id text,
  PRIMARY KEY (unit_id, till, inc, seq)
);

-- The same by till, for the answer to it; also for events that are about no unit.
CREATE TABLE event_answer (
  till text NOT NULL,
  inc text NOT NULL,
  seq bigint NOT NULL,
  verdict text NOT NULL,
  unit_id text,
  ver bigint NOT NULL,
  case_id text,
  PRIMARY KEY (till, inc, seq)
);

-- Money rows of the tills, as they were booked there: sales, lines, tenders, returns, shifts, by their own ids.
CREATE TABLE booked (
  till text NOT NULL,
  inc text NOT NULL,
  book text NOT NULL,
  row_id text NOT NULL,
  seq bigint NOT NULL,
  store_id text NOT NULL,
  at text NOT NULL,
  amount_cents bigint,
  currency text,
  tender text,
  body text NOT NULL,
  PRIMARY KEY (till, inc, book, row_id)
);
CREATE INDEX booked_by_time ON booked (book, at);

-- WHAT IS TRUE. `ver` counts the changes of a unit; it is the only order between them.
CREATE TABLE unit (
  id text PRIMARY KEY,
  product_id text NOT NULL,
  home text,
  custody text NOT NULL,
  store_id text,
  area text,
  title text NOT NULL,
  sale_id text,
  receipt_number text,
  sold_at text,
  sold_store_id text,
  channel text,
  paid_cents bigint,
  currency text,
  tender text,
  condition text NOT NULL,
  price_cents bigint,
  produced_on text,
  more text,
  aliases text NOT NULL,
  flagged boolean NOT NULL DEFAULT false,
  disputed boolean NOT NULL DEFAULT false,
  ver bigint NOT NULL,
  owner_till text,
  owner_inc text,
  owner_seq bigint
);
CREATE INDEX unit_of_home ON unit (home, id);
CREATE INDEX unit_of_product ON unit (product_id, store_id, custody);
CREATE INDEX unit_of_receipt ON unit (receipt_number);

CREATE TABLE unit_alias (
  value text NOT NULL,
  unit_id text NOT NULL,
  kind text NOT NULL,
  match_key text,
  PRIMARY KEY (value, unit_id)
);
CREATE INDEX unit_alias_by_match_key ON unit_alias (match_key);
CREATE INDEX unit_alias_of_unit ON unit_alias (unit_id);

-- A unit in a basket: the lease of one till, by the centre's clock, in milliseconds.
CREATE TABLE claim (unit_id text PRIMARY KEY, till text NOT NULL, token bigint NOT NULL, until_ms bigint NOT NULL);

CREATE TABLE conflict_case (
  unit_id text NOT NULL,
  case_id text NOT NULL,
  kind text NOT NULL,
  a text NOT NULL,
  b text NOT NULL,
  store_id text NOT NULL,
  state text NOT NULL,
  opened_at text NOT NULL,
  closed_at text,
  closed_by text,
  how text,
  PRIMARY KEY (unit_id, case_id)
);
CREATE INDEX conflict_case_open ON conflict_case (state, opened_at);

-- Every other row a till's mirror holds: `kind` is the table there, `key` its key as JSON, `body` its columns as JSON.
CREATE TABLE record (
  kind text NOT NULL,
  key text NOT NULL,
  scope text NOT NULL,
  body text NOT NULL,
  ver bigint NOT NULL,
  gone boolean NOT NULL DEFAULT false,
  PRIMARY KEY (kind, key)
);
CREATE INDEX record_of_scope ON record (scope, kind, key);

-- DOWN. One gapless counter a scope, taken last in the transaction and held to its commit: sequence is commit order.
CREATE TABLE feed_head (scope text PRIMARY KEY, seq bigint NOT NULL, min_seq bigint NOT NULL DEFAULT 0);
CREATE TABLE feed (
  scope text NOT NULL,
  seq bigint NOT NULL,
  at_ms bigint NOT NULL,
  body text NOT NULL,
  PRIMARY KEY (scope, seq)
);
