-- Claims, plans, owners and recall work of the service desk. What happened is added and never changed; where a claim
-- stands follows from its steps.

CREATE TABLE claims (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  unit_id TEXT NOT NULL,
  opened_at TEXT NOT NULL,
  symptom TEXT NOT NULL,
  store_id TEXT NOT NULL,
  till_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX claims_of_unit ON claims (unit_id, opened_at);
CREATE TRIGGER claims_are_kept BEFORE UPDATE ON claims BEGIN SELECT RAISE(ABORT, 'a claim is never changed'); END;
CREATE TRIGGER claims_stay BEFORE DELETE ON claims BEGIN SELECT RAISE(ABORT, 'a claim is never deleted'); END;

CREATE TABLE claim_steps (
  claim_id TEXT NOT NULL REFERENCES claims (id),
  n INTEGER NOT NULL,
  at TEXT NOT NULL,
  staff_id TEXT,
  who TEXT NOT NULL,
  what TEXT NOT NULL CHECK (what IN
    ('opened', 'decide', 'send', 'receive-back', 'replace', 'lend', 'take-loan-back', 'hand-back', 'note')),
  params TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (claim_id, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER claim_steps_are_kept BEFORE UPDATE ON claim_steps BEGIN SELECT RAISE(ABORT, 'a step of a claim is never changed'); END;
CREATE TRIGGER claim_steps_stay BEFORE DELETE ON claim_steps BEGIN SELECT RAISE(ABORT, 'a step of a claim is never deleted'); END;

-- Claims that are not over: a list that is looked at all day and stays short.
CREATE TABLE open_claims (claim_id TEXT PRIMARY KEY REFERENCES claims (id)) STRICT, WITHOUT ROWID;

-- Who owns a piece, the newest last. The person is sealed and can be erased; that there was an owner stays.
CREATE TABLE unit_owners (
  unit_id TEXT NOT NULL,
  n INTEGER NOT NULL,
  since TEXT NOT NULL,
  how TEXT NOT NULL CHECK (how IN ('bought', 'both-present', 'code')),
  person BLOB,
  staff_id TEXT,
  PRIMARY KEY (unit_id, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER unit_owners_stay BEFORE DELETE ON unit_owners BEGIN SELECT RAISE(ABORT, 'that there was an owner is never deleted'); END;
CREATE TRIGGER unit_owners_are_only_erased BEFORE UPDATE ON unit_owners
  WHEN new.person IS NOT NULL OR new.unit_id <> old.unit_id OR new.n <> old.n OR new.since <> old.since OR new.how <> old.how
BEGIN SELECT RAISE(ABORT, 'an owner is erased or left as is'); END;

-- With such a code the owner gives a piece away without being there. Only its hash is kept; it works once.
CREATE TABLE owner_codes (
  code_hash TEXT PRIMARY KEY,
  unit_id TEXT NOT NULL,
  made_at TEXT NOT NULL,
  used_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX owner_codes_of_unit ON owner_codes (unit_id);

-- Who holds a plan, where it is not the owner. Sealed and erasable like an owner.
CREATE TABLE plan_holders (
  contract_number TEXT NOT NULL,
  n INTEGER NOT NULL,
  unit_id TEXT NOT NULL,
  since TEXT NOT NULL,
  person BLOB,
  staff_id TEXT,
  PRIMARY KEY (contract_number, n)
) STRICT, WITHOUT ROWID;
