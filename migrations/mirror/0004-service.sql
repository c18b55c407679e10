-- Campaigns and known issues as the centre knows them. The rule says which pieces of the product are meant, as JSON
-- (contract/campaign.ts): a recall of a million pieces is one row here, and one look at the scan.

CREATE TABLE campaigns (
  reference TEXT NOT NULL,
  product_id TEXT NOT NULL,
  rule TEXT NOT NULL,
  opened_on TEXT NOT NULL,
  reason TEXT NOT NULL,
  remedy TEXT NOT NULL,
  source TEXT NOT NULL,
  stop_use INTEGER NOT NULL,
  PRIMARY KEY (product_id, reference)
) STRICT, WITHOUT ROWID;

CREATE TABLE known_issues (
  id TEXT NOT NULL,
  product_id TEXT NOT NULL,
  rule TEXT NOT NULL,
  symptom TEXT NOT NULL,
  advice TEXT NOT NULL,
  since TEXT NOT NULL,
  PRIMARY KEY (product_id, id)
) STRICT, WITHOUT ROWID;
