-- Standing questions of other systems (EPCIS 2.0, named queries and subscriptions). A subscription is a target like any
-- other: the same sender, the same waits, on the same page of the owner.

CREATE TABLE epcis_query (name text PRIMARY KEY, query text NOT NULL, made_by text NOT NULL, made_at text NOT NULL);

ALTER TABLE webhook ADD COLUMN query_name text;
-- When it is told, from when on, and under which address the centre was asked: JSON.
ALTER TABLE webhook ADD COLUMN standing text;
ALTER TABLE webhook ADD COLUMN report_if_empty boolean NOT NULL DEFAULT false;
CREATE INDEX webhook_of_query ON webhook (query_name);
