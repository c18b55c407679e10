-- Pieces that are kept for a customer until a day. Nearly no piece is, and no other is in the index.
CREATE INDEX units_kept ON units (id) WHERE instr(more, '"until":') > 0;
