-- Customers of whom the centre is to be told: new, changed, with a new word on what they allow, with a purchase, erased.
-- `mark` rises with each change: what changed while it was being told stays due.
CREATE TABLE customers_due (customer_id TEXT PRIMARY KEY REFERENCES customers (id), mark INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX customers_due_by_mark ON customers_due (mark);

CREATE TRIGGER new_customers_are_due AFTER INSERT ON customers BEGIN
  INSERT INTO customers_due VALUES (new.id, (SELECT coalesce(max(mark), 0) + 1 FROM customers_due)) ON CONFLICT (customer_id) DO UPDATE SET mark = excluded.mark;
END;
CREATE TRIGGER changed_customers_are_due AFTER UPDATE ON customers BEGIN
  INSERT INTO customers_due VALUES (new.id, (SELECT coalesce(max(mark), 0) + 1 FROM customers_due)) ON CONFLICT (customer_id) DO UPDATE SET mark = excluded.mark;
END;
CREATE TRIGGER consents_are_due AFTER INSERT ON customer_consents BEGIN
  INSERT INTO customers_due VALUES (new.customer_id, (SELECT coalesce(max(mark), 0) + 1 FROM customers_due)) ON CONFLICT (customer_id) DO UPDATE SET mark = excluded.mark;
END;
CREATE TRIGGER purchases_are_due AFTER INSERT ON sale_customers BEGIN
  INSERT INTO customers_due VALUES (new.customer_id, (SELECT coalesce(max(mark), 0) + 1 FROM customers_due)) ON CONFLICT (customer_id) DO UPDATE SET mark = excluded.mark;
END;

-- Those of before.
INSERT INTO customers_due SELECT id, row_number() OVER (ORDER BY changed_at, id) FROM customers;
