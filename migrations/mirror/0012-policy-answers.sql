-- What the centre said to rules that were made at a till: adopted for its stores, or refused.
CREATE TABLE policy_answers (
  version TEXT NOT NULL,
  till TEXT NOT NULL,
  answer TEXT NOT NULL CHECK (answer IN ('adopted', 'refused')),
  who TEXT NOT NULL,
  at TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (version, till)
) STRICT, WITHOUT ROWID;
