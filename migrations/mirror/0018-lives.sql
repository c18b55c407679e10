-- Lives of pieces as they come in a ready-made file: those of neighbours packed into one block (contract/sync/unit-lives.ts).
-- `last_id` is the last piece of its block; a piece lies in the first block whose last id is not before its own, or in
-- none. Lines that a till is told one by one go on to lie in unit_events.
CREATE TABLE unit_lives (last_id TEXT PRIMARY KEY, lives BLOB NOT NULL) STRICT;
