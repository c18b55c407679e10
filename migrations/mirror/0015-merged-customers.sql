-- Customers who were kept under two ids and are one person, as somebody at the centre said. Nothing of the person stands
-- here but the ids.
CREATE TABLE merged_customers (customer_id TEXT PRIMARY KEY, into_id TEXT NOT NULL) STRICT, WITHOUT ROWID;
