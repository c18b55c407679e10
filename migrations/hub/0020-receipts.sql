-- Receipts as any till may ask for them: what was bought, how it was paid, and what came back of it anywhere. One row for
-- each booked row of a sale and its returns; more back than was bought is seen here, whoever tells last.

CREATE TABLE receipt_row (
  sale_id text NOT NULL,
  -- sale, line, tender, return, refund
  kind text NOT NULL,
  row_id text NOT NULL,
  till text NOT NULL,
  -- Of a sale alone.
  number text,
  -- Of a line itself, and of what comes back.
  line_id text,
  quantity bigint,
  body text NOT NULL,
  PRIMARY KEY (sale_id, kind, row_id)
);
CREATE INDEX receipt_row_by_number ON receipt_row (number) WHERE number IS NOT NULL;
CREATE INDEX receipt_line ON receipt_row (row_id) WHERE kind = 'line';

-- Which till has the receipt on its counter.
CREATE TABLE receipt_claim (
  sale_id text PRIMARY KEY,
  till text NOT NULL,
  until_ms bigint NOT NULL
);

INSERT INTO receipt_row (sale_id, kind, row_id, till, number, line_id, quantity, body)
SELECT body::jsonb ->> 'id', 'sale', body::jsonb ->> 'id', till, body::jsonb ->> 'number', NULL, NULL, body FROM booked WHERE book = 'sales'
ON CONFLICT (sale_id, kind, row_id) DO NOTHING;
INSERT INTO receipt_row (sale_id, kind, row_id, till, number, line_id, quantity, body)
SELECT body::jsonb ->> 'sale_id', 'line', body::jsonb ->> 'id', till, NULL, body::jsonb ->> 'id', (body::jsonb ->> 'quantity')::bigint, body FROM booked WHERE book = 'sale_lines'
ON CONFLICT (sale_id, kind, row_id) DO NOTHING;
INSERT INTO receipt_row (sale_id, kind, row_id, till, number, line_id, quantity, body)
SELECT body::jsonb ->> 'sale_id', 'tender', body::jsonb ->> 'id', till, NULL, NULL, NULL, body FROM booked WHERE book = 'tenders' AND body::jsonb ->> 'sale_id' IS NOT NULL
ON CONFLICT (sale_id, kind, row_id) DO NOTHING;
INSERT INTO receipt_row (sale_id, kind, row_id, till, number, line_id, quantity, body)
SELECT body::jsonb ->> 'sale_id', 'return', body::jsonb ->> 'id', till, NULL, body::jsonb ->> 'sale_line_id', (body::jsonb ->> 'quantity')::bigint, body FROM booked
WHERE book = 'return_lines' AND body::jsonb ->> 'sale_line_id' IS NOT NULL AND body::jsonb ->> 'sale_id' IS NOT NULL
ON CONFLICT (sale_id, kind, row_id) DO NOTHING;
INSERT INTO receipt_row (sale_id, kind, row_id, till, number, line_id, quantity, body)
SELECT body::jsonb ->> 'sale_id', 'refund', (body::jsonb ->> 'return_id') || '.' || (body::jsonb ->> 'position'), till, NULL, NULL, NULL, body FROM booked
WHERE book = 'refund_parts' AND body::jsonb ->> 'sale_id' IS NOT NULL
ON CONFLICT (sale_id, kind, row_id) DO NOTHING;
