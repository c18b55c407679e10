-- Cases and hand-overs of this till are seen at the centre. What leaves the till is said here, column by column: why,
-- which piece, since when and how it stands; no word that somebody wrote, no name, no picture.

CREATE VIEW case_heads AS SELECT id, at, kind, unit_id, quiet, seat FROM cases;
CREATE VIEW case_steps AS SELECT id, case_id, at, kind FROM case_entries WHERE kind IN ('opened', 'closed', 'reopened');
CREATE VIEW hand_over_heads AS
  SELECT id, at, from_till, quiet, unit_id, json_extract(body, '$.why') AS why, json_extract(body, '$.task') AS task FROM hand_overs;
CREATE VIEW hand_over_moves AS SELECT n, hand_over_id, step, at FROM hand_over_steps WHERE step <> 'told';

CREATE TRIGGER cases_are_booked AFTER INSERT ON cases BEGIN INSERT INTO booked (book, key) VALUES ('case_heads', json_object('id', new.id)); END;
CREATE TRIGGER case_steps_are_booked AFTER INSERT ON case_entries WHEN new.kind IN ('opened', 'closed', 'reopened')
  BEGIN INSERT INTO booked (book, key) VALUES ('case_steps', json_object('id', new.id)); END;
-- Told by the till where the customer stood; a counter that heard of it tells what became of it there.
CREATE TRIGGER hand_overs_are_booked AFTER INSERT ON hand_overs WHEN new.here = 1
  BEGIN INSERT INTO booked (book, key) VALUES ('hand_over_heads', json_object('id', new.id)); END;
CREATE TRIGGER hand_over_moves_are_booked AFTER INSERT ON hand_over_steps WHEN new.step <> 'told'
  BEGIN INSERT INTO booked (book, key) VALUES ('hand_over_moves', json_object('n', new.n)); END;

-- Those of before go up like the rest.
INSERT INTO booked (book, key) SELECT 'case_heads', json_object('id', id) FROM cases ORDER BY at, id;
INSERT INTO booked (book, key) SELECT 'case_steps', json_object('id', id) FROM case_steps ORDER BY at, id;
INSERT INTO booked (book, key) SELECT 'hand_over_heads', json_object('id', id) FROM hand_overs WHERE here = 1 ORDER BY at, id;
INSERT INTO booked (book, key) SELECT 'hand_over_moves', json_object('n', n) FROM hand_over_moves ORDER BY n;
