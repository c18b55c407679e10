-- Second ids of persons, as the centre told of them: what was bought and said under one counts for the person it leads to.
CREATE TABLE customers_merged (customer_id TEXT PRIMARY KEY, into_id TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX customers_merged_into ON customers_merged (into_id);
