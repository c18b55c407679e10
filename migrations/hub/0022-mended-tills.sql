-- A till whose file was damaged goes on under another incarnation and other letters: what it had given unseen before the
-- damage is never given a second time.

-- The journal that goes on from this one. Whatever still comes under this name comes from a disk that was put back.
ALTER TABLE register_head ADD COLUMN followed_by text;

-- Letters that stood in front of a till's numbers and do so no more. Nobody gets them again.
CREATE TABLE letters_given (code text PRIMARY KEY, till text NOT NULL, until text NOT NULL);
