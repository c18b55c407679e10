-- Several tills count one store together. The till that began a count ends it; another that counts along keeps it under
-- the same id, with the till that leads. `lot_up_to`: a piece whose lot is no higher is of the sample, at whatever till.
-- `settled` is 1 where a till that counted along has heard how the count ended, and looked whether its own pieces were missed.
ALTER TABLE counts ADD COLUMN lead_till TEXT;
ALTER TABLE counts ADD COLUMN lot_up_to TEXT;
ALTER TABLE counts ADD COLUMN settled INTEGER NOT NULL DEFAULT 0 CHECK (settled IN (0, 1));
CREATE INDEX counts_of_others ON counts (settled) WHERE lead_till IS NOT NULL AND settled = 0;

-- The till that saw a piece, where that was another; null: this one.
ALTER TABLE count_pieces ADD COLUMN found_till TEXT;

-- What this till began, counted and ended goes up with its journal; what it has from others does not come back to them.
CREATE TRIGGER counts_are_booked AFTER INSERT ON counts BEGIN INSERT INTO booked (book, key) VALUES ('counts', json_object('id', new.id)); END;
CREATE TRIGGER count_changes_are_booked AFTER UPDATE OF status ON counts BEGIN INSERT INTO booked (book, key) VALUES ('counts', json_object('id', new.id)); END;
CREATE TRIGGER count_pieces_are_booked AFTER INSERT ON count_pieces WHEN new.found_at IS NOT NULL AND new.found_till IS NULL
  BEGIN INSERT INTO booked (book, key) VALUES ('count_pieces', json_object('count_id', new.count_id, 'unit_id', new.unit_id)); END;
CREATE TRIGGER counted_pieces_are_booked AFTER UPDATE OF found_at ON count_pieces WHEN new.found_at IS NOT NULL AND new.found_till IS NULL
  BEGIN INSERT INTO booked (book, key) VALUES ('count_pieces', json_object('count_id', new.count_id, 'unit_id', new.unit_id)); END;
