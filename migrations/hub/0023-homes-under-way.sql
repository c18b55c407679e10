-- What is under way belongs to the store that waits for it. Pieces that were sent before that was so still count to the
-- store that sent them: they are written down here, and the centre gives each its new home and tells the tills of it.

CREATE TABLE home_to_mend (unit_id text PRIMARY KEY);

INSERT INTO home_to_mend (unit_id)
SELECT id FROM unit WHERE custody = 'in-transit' AND more IS NOT NULL
  AND more::jsonb #>> '{custody,toStoreId}' IS NOT NULL AND home IS DISTINCT FROM more::jsonb #>> '{custody,toStoreId}';
