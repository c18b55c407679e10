-- Customers, sealed and apart from the pieces; and what the centre's own lists need beside what the tills hold.

CREATE TABLE customer (
  id text PRIMARY KEY,
  -- AES-256-GCM; null once the person has been erased.
  sealed bytea,
  made_at text NOT NULL,
  keep_until text NOT NULL,
  erased_at text,
  erased_why text
);
CREATE INDEX customer_by_keep ON customer (keep_until);

-- Keyed hashes of what a person is found by: mail address and telephone number.
CREATE TABLE customer_key (blind text NOT NULL, customer_id text NOT NULL, PRIMARY KEY (blind, customer_id));
CREATE INDEX customer_key_of ON customer_key (customer_id);

-- Which pieces a person has. Erasing the person takes this row away and leaves the piece's history as it is.
CREATE TABLE customer_unit (customer_id text NOT NULL, unit_id text NOT NULL, since text NOT NULL, PRIMARY KEY (customer_id, unit_id));

CREATE TABLE stolen_number (
  serial text PRIMARY KEY,
  match_key text NOT NULL,
  kind text NOT NULL,
  reference text NOT NULL,
  reason text NOT NULL,
  since text NOT NULL,
  -- The number under which the tills hear of it.
  told_seq bigint NOT NULL DEFAULT 0,
  lifted_at text,
  lifted_why text
);
CREATE INDEX stolen_number_by_match_key ON stolen_number (match_key);

CREATE TABLE campaign_end (product_id text NOT NULL, reference text NOT NULL, ended_at text NOT NULL, PRIMARY KEY (product_id, reference));

CREATE TABLE policy_note (version text PRIMARY KEY, made_by text NOT NULL, made_at text NOT NULL, note text NOT NULL);

-- Staff of the tills who are no longer: the till forgets them, the centre does not.
CREATE TABLE staff_left (staff_id text PRIMARY KEY, body text NOT NULL, left_at text NOT NULL);

-- Goods are named by their code in every list that comes in.
CREATE INDEX record_by_code ON record ((body::jsonb ->> 'code')) WHERE kind = 'product_codes';
