-- Goods without numbers that a recall means and that were taken off the shelves here; a lot nobody named is ''.
CREATE TABLE pulled_goods (
  campaign TEXT NOT NULL,
  product_id TEXT NOT NULL,
  lot TEXT NOT NULL,
  pulled_at TEXT NOT NULL,
  pulled_by TEXT NOT NULL,
  PRIMARY KEY (campaign, product_id, lot)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER pulled_goods_are_kept BEFORE UPDATE ON pulled_goods BEGIN SELECT RAISE(ABORT, 'what was pulled stays pulled'); END;
CREATE TRIGGER pulled_goods_stay BEFORE DELETE ON pulled_goods BEGIN SELECT RAISE(ABORT, 'what was pulled stays pulled'); END;

-- How many of recalled goods were sold is asked by the article.
CREATE INDEX lines_of_goods ON sale_lines (product_id, lot) WHERE unit_id IS NULL;
