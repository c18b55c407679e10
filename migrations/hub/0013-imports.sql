-- Files that come in. The file itself lies here in parts, so any process of the centre can go on with it.

CREATE TABLE import_run (
  id text PRIMARY KEY,
  kind text NOT NULL,
  file_name text NOT NULL,
  state text NOT NULL,
  bytes bigint NOT NULL,
  done_bytes bigint NOT NULL,
  done_line bigint NOT NULL,
  done_rows bigint NOT NULL,
  good_rows bigint NOT NULL,
  bad_rows bigint NOT NULL,
  form text,
  made_by text NOT NULL,
  started_at text NOT NULL,
  ended_at text,
  holder text,
  held_until_ms bigint NOT NULL DEFAULT 0
);
CREATE INDEX import_run_by_time ON import_run (started_at);

CREATE TABLE import_part (run_id text NOT NULL, part int NOT NULL, bytes bytea NOT NULL, PRIMARY KEY (run_id, part));

CREATE TABLE import_trouble (
  run_id text NOT NULL,
  line bigint NOT NULL,
  n int NOT NULL,
  column_name text NOT NULL,
  code text NOT NULL,
  value text NOT NULL,
  PRIMARY KEY (run_id, line, n)
);
