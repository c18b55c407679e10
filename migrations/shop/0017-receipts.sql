-- Receipts of other tills, as the centre told them when somebody stood here with one. The last word counts.
CREATE TABLE told_receipts (number TEXT PRIMARY KEY, sale_id TEXT NOT NULL, told_at TEXT NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE told_lines (line_id TEXT PRIMARY KEY, number TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX told_receipts_of_sale ON told_receipts (sale_id);

-- Plain goods that came back here of a line that stands in another till's books. The centre adds up what came back where.
CREATE TABLE returned_elsewhere (
  return_line_id TEXT PRIMARY KEY REFERENCES return_lines (id),
  sale_id TEXT NOT NULL,
  sale_line_id TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX returned_elsewhere_of_line ON returned_elsewhere (sale_line_id);
CREATE TRIGGER returned_elsewhere_is_kept BEFORE UPDATE ON returned_elsewhere BEGIN SELECT RAISE(ABORT, 'a returned line is never changed'); END;
CREATE TRIGGER returned_elsewhere_stays BEFORE DELETE ON returned_elsewhere BEGIN SELECT RAISE(ABORT, 'a returned line is never deleted'); END;
CREATE TRIGGER returned_elsewhere_is_booked AFTER INSERT ON returned_elsewhere
  BEGIN INSERT INTO booked (book, key) VALUES ('returned_elsewhere', json_object('return_line_id', new.return_line_id)); END;
