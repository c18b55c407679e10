-- What this till put together lies over the mirror: parts are found by the piece they belong to here too.
CREATE INDEX overlays_of_set ON unit_overlays (json_extract(facts, '$.partOf')) WHERE json_extract(facts, '$.partOf') IS NOT NULL;
