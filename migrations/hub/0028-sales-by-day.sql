-- A purchase without its paper and number is looked for by the stores a till may see and by the days it may have been on.
CREATE INDEX booked_sale_of_store ON booked (store_id, at) WHERE book = 'sales';
