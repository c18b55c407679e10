-- Pieces under way between stores or from a supplier: these alone, and not every piece of the shop.
CREATE INDEX units_under_way ON units (id) WHERE custody IN ('in-transit', 'expected');
