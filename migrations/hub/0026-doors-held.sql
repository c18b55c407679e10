-- Guessing is slow whichever process of the centre is asked, and closes the door to nobody who is known.

-- How far ahead of the clock wrong answers have spent what one guesser may try; a row whose time is over says nothing.
-- `who` is a digest: people type a password where the name belongs. The tries that were kept one by one before stay in
-- wrong_try for processes of the version before, which may run beside.
CREATE TABLE guessing (who text PRIMARY KEY, spent_until_ms bigint NOT NULL);

-- Browsers in which a person has shown a second factor. Only the digest of the cookie is kept.
CREATE TABLE known_browser (digest text NOT NULL, person_id text NOT NULL, until_ms bigint NOT NULL, PRIMARY KEY (digest, person_id));

-- Wrong codes that came while this one was good.
ALTER TABLE join_code ADD COLUMN wrong_tries bigint NOT NULL DEFAULT 0;
