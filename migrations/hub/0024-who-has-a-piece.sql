-- Who brings a piece back is asked by the piece: how often the same person came to other tills.
CREATE INDEX customer_unit_by_unit ON customer_unit (unit_id, since);
