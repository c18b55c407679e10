-- Customers who were erased at the centre or at another till: a till that knows one forgets the person too. Nothing of
-- the person stands here but the id.
CREATE TABLE erased_customers (customer_id TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT, WITHOUT ROWID;
