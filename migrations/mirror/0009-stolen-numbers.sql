-- Numbers that are reported stolen and that no piece of the centre's carries: a till knows them when it meets one.

-- `number` as it was reported; `match_key` is the same without blanks, case and look-alike letters, for finding only.
CREATE TABLE stolen_numbers (
  number TEXT PRIMARY KEY,
  match_key TEXT NOT NULL,
  kind TEXT NOT NULL,
  since TEXT NOT NULL,
  reference TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX stolen_numbers_by_match_key ON stolen_numbers (match_key);
