-- Pieces that are looked for in a store: these alone, and not every piece of the store.
CREATE INDEX units_missing ON units (store_id) WHERE custody = 'missing';
