-- Search as you type over the goods. What is searched stands beside the goods and follows them by trigger, so whoever
-- writes the mirror (the demo, the centre's letters, a ready-made file) need not know that it is searched.
-- FTS5 needs rows with numbers; the goods have none.

CREATE TABLE product_words (
  n INTEGER PRIMARY KEY,
  product_id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  more TEXT NOT NULL
) STRICT;

-- Words without their accents, whole and by their first two to four letters: a person types the beginnings of words.
CREATE VIRTUAL TABLE product_search USING fts5 (
  title, more, content = 'product_words', content_rowid = 'n',
  tokenize = "unicode61 remove_diacritics 2", prefix = '2 3 4'
);

CREATE TRIGGER product_words_in AFTER INSERT ON product_words BEGIN
  INSERT INTO product_search (rowid, title, more) VALUES (new.n, new.title, new.more);
END;
CREATE TRIGGER product_words_out AFTER DELETE ON product_words BEGIN
  INSERT INTO product_search (product_search, rowid, title, more) VALUES ('delete', old.n, old.title, old.more);
END;

-- A writer that replaces a row fires no trigger for the one that goes, so what was there is taken out by hand.
CREATE TRIGGER products_searched_in AFTER INSERT ON products BEGIN
  DELETE FROM product_words WHERE product_id = new.id;
  INSERT INTO product_words (product_id, title, more)
    SELECT new.id, new.brand || ' ' || new.name || ' ' || new.variant, new.sku || ' ' || new.category || ' ' || coalesce(new.gtin, '')
    WHERE new.active = 1;
END;
CREATE TRIGGER products_searched_again AFTER UPDATE ON products BEGIN
  DELETE FROM product_words WHERE product_id = old.id;
  INSERT INTO product_words (product_id, title, more)
    SELECT new.id, new.brand || ' ' || new.name || ' ' || new.variant, new.sku || ' ' || new.category || ' ' || coalesce(new.gtin, '')
    WHERE new.active = 1;
END;
CREATE TRIGGER products_searched_out AFTER DELETE ON products BEGIN
  DELETE FROM product_words WHERE product_id = old.id;
END;

INSERT INTO product_words (product_id, title, more)
  SELECT id, brand || ' ' || name || ' ' || variant, sku || ' ' || category || ' ' || coalesce(gtin, '')
  FROM products WHERE active = 1;
