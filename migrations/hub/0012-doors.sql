-- Doors for other systems: keys, writes that may be repeated, notices and orders in, messages out.

CREATE TABLE api_key (
  digest text PRIMARY KEY,
  id text NOT NULL,
  name text NOT NULL,
  scopes text NOT NULL,
  made_at text NOT NULL,
  used_at text,
  revoked_at text
);

-- The answer to a write under its Idempotency-Key: the same key gives the same answer and changes nothing twice.
CREATE TABLE idempotent (
  key_id text NOT NULL,
  token text NOT NULL,
  digest text NOT NULL,
  answer text,
  at_ms bigint NOT NULL,
  PRIMARY KEY (key_id, token)
);

CREATE TABLE webhook (
  id text PRIMARY KEY,
  url text NOT NULL,
  kinds text NOT NULL,
  secret_sealed bytea NOT NULL,
  state text NOT NULL,
  sent_to bigint NOT NULL,
  failures bigint NOT NULL DEFAULT 0,
  last_error text,
  last_sent_at text,
  next_try_ms bigint NOT NULL DEFAULT 0,
  holder text,
  held_until_ms bigint NOT NULL DEFAULT 0,
  made_at text NOT NULL
);

CREATE TABLE receive_notice (
  number text PRIMARY KEY,
  supplier text NOT NULL,
  store_id text NOT NULL,
  due_on text,
  state text NOT NULL,
  body text NOT NULL,
  made_at text NOT NULL
);

CREATE TABLE web_order (
  number text PRIMARY KEY,
  store_id text NOT NULL,
  state text NOT NULL,
  body text NOT NULL,
  made_at text NOT NULL
);

-- Events of the world outside, as they were captured; those about our pieces were applied too.
CREATE TABLE captured (event_id text PRIMARY KEY, job text NOT NULL, at text NOT NULL, unit_ids text NOT NULL, body text NOT NULL);
CREATE TABLE capture_job (id text PRIMARY KEY, state text NOT NULL, events bigint NOT NULL, errors text NOT NULL, made_at text NOT NULL);
