-- Whose change of a person is newer is not asked of clocks: one till's may be a year fast. Beside each person stands what
-- the centre last said of the person, under the centre's own date, and what was changed here since.

CREATE TABLE customers_heard (
  customer_id TEXT PRIMARY KEY REFERENCES customers (id),
  -- The centre's date of what it said; null: not heard yet.
  at TEXT,
  -- Names of what was changed here since: a JSON list.
  changed TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Who was written or changed here before this file came and is not told yet is told whole; of all others the centre knows better.
INSERT INTO customers_heard
SELECT id, NULL, CASE WHEN id IN (SELECT customer_id FROM customers_due) THEN '["name","phone","email","card","address","note","language","consents"]' ELSE '[]' END
FROM customers WHERE sealed IS NOT NULL;
