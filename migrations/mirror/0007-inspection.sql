-- Pieces that wait in a store to be looked at, wherever they came back: only these, and not every piece of the store.
CREATE INDEX units_to_inspect ON units (store_id) WHERE condition = 'to-inspect' AND custody = 'in-stock';
