-- What the pieces of a product are kept within, as JSON: temperature, humidity, shock. What sensors have told of a piece
-- stands in its row in `units`, in `more`.
ALTER TABLE products ADD COLUMN limits TEXT;
