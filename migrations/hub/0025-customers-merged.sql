-- One person who was kept twice, once of a web order and once of a till: one row stands for both from then on, the other
-- leads to it. Nothing is thrown away before the person is erased, so that a merge can be undone while nobody has
-- changed the person since.

ALTER TABLE customer ADD COLUMN merged_into text;
CREATE INDEX customer_merged_into ON customer (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE customer_merge (
  id text PRIMARY KEY,
  kept_id text NOT NULL,
  away_id text NOT NULL,
  at text NOT NULL,
  who text NOT NULL,
  why text NOT NULL,
  -- What was known of the kept one before, sealed; null once the person has been erased.
  sealed_before bytea,
  -- The kept one's date of change with the merge: another one says that somebody changed the person since.
  changed_at text NOT NULL,
  -- Whose pieces were which, and who had been merged into the other before: lists as JSON.
  moved_units text NOT NULL,
  away_units text NOT NULL,
  followed text NOT NULL,
  undone_at text
);
CREATE INDEX customer_merge_of ON customer_merge (kept_id);
