-- Finds the prices of one list without reading those of all: the page of a list counts them every few seconds.

CREATE INDEX record_price_of_list ON record ((body::jsonb ->> 'list_id'), key) WHERE kind = 'list_prices' AND NOT gone;
