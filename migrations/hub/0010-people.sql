-- People of the centre and how they prove who they are. Secrets are kept as hashes, or where they must be read again
-- (the second factor) sealed with the key that also seals customers.

CREATE TABLE person (
  id text PRIMARY KEY,
  name text NOT NULL,
  -- The name as it is compared: no two people sign in under names that look the same.
  name_key text NOT NULL,
  role text NOT NULL,
  language text,
  active boolean NOT NULL,
  password_hash text NOT NULL,
  totp_sealed bytea,
  totp_next_sealed bytea,
  totp_step bigint NOT NULL DEFAULT 0,
  made_at text NOT NULL,
  seen_at text
);
CREATE INDEX person_by_name ON person (name_key);

-- The name is taken by the first who writes it here: the one place that keeps names apart.
CREATE TABLE person_name (name_key text PRIMARY KEY, person_id text NOT NULL);

CREATE TABLE passkey (
  credential_id text PRIMARY KEY,
  person_id text NOT NULL,
  public_key bytea NOT NULL,
  counter bigint NOT NULL,
  transports text NOT NULL,
  label text NOT NULL,
  made_at text NOT NULL
);
CREATE INDEX passkey_of_person ON passkey (person_id);

-- Only the digest of the cookie is kept: who reads this table can be nobody.
CREATE TABLE session (
  digest text PRIMARY KEY,
  person_id text NOT NULL,
  factors smallint NOT NULL,
  made_ms bigint NOT NULL,
  seen_ms bigint NOT NULL
);
CREATE INDEX session_of_person ON session (person_id);

CREATE TABLE invitation (digest text PRIMARY KEY, role text NOT NULL, made_by text NOT NULL, until_ms bigint NOT NULL, used_by text);

-- A question to a passkey, answered once.
CREATE TABLE passkey_question (challenge text PRIMARY KEY, person_id text, until_ms bigint NOT NULL);

-- Wrong answers by name and by address, so that guessing is slow whichever of several centres is asked.
CREATE TABLE wrong_try (who text NOT NULL, at_ms bigint NOT NULL, id text NOT NULL, PRIMARY KEY (who, at_ms, id));

-- What people of the centre did. Added to, never changed.
CREATE TABLE office_log (
  day text NOT NULL,
  id text NOT NULL,
  at text NOT NULL,
  who text NOT NULL,
  act text NOT NULL,
  about text NOT NULL,
  PRIMARY KEY (day, id)
);
