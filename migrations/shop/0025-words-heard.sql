-- Beside when the centre last said something of a person stands when it said each word, under its own dates: a centre that
-- was put back to an earlier day is told again what it has lost, word by word. Null: not kept when it was heard.
ALTER TABLE customers_heard ADD COLUMN said_at TEXT;
