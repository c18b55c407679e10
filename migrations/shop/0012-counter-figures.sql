-- How often a serial was typed is asked for two weeks at once: the answer lies in the index alone.
CREATE INDEX serials_by_time ON scan_marks (at, via) WHERE what = 'unit';
-- Who lent a right stands in the journal, when it was used. A mark told only that it was lent, and is counted no more.
DELETE FROM scan_marks WHERE via = 'lent';
