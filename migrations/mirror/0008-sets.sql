-- The parts of a set, found by the piece they belong to. Nearly every piece is part of nothing and is in no index.
CREATE INDEX units_of_set ON units (json_extract(more, '$.partOf')) WHERE json_extract(more, '$.partOf') IS NOT NULL;
