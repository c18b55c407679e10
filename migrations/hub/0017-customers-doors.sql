-- Customers of the tills are known here too. The state of a person is that of the till that changed it last.
ALTER TABLE customer ADD COLUMN changed_at text;
