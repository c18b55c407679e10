-- A paper that is kept is never changed, but for the name of somebody who is erased: which papers that was is kept.
CREATE TABLE names_taken_off (
  document_id TEXT PRIMARY KEY REFERENCES documents (id),
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER names_taken_off_are_kept BEFORE UPDATE ON names_taken_off BEGIN SELECT RAISE(ABORT, 'a name stays taken off'); END;
CREATE TRIGGER names_taken_off_stay BEFORE DELETE ON names_taken_off BEGIN SELECT RAISE(ABORT, 'a name stays taken off'); END;

DROP TRIGGER documents_are_kept;
CREATE TRIGGER documents_are_kept BEFORE UPDATE ON documents
WHEN new.id IS NOT old.id OR new.kind IS NOT old.kind OR new.number IS NOT old.number OR new.at IS NOT old.at
  OR new.total_cents IS NOT old.total_cents
  OR json_array_length(new.body, '$.blocks') IS NOT json_array_length(old.body, '$.blocks')
  OR NOT EXISTS (SELECT 1 FROM names_taken_off WHERE document_id = old.id)
BEGIN SELECT RAISE(ABORT, 'a document is never changed'); END;

-- Nobody is found by a name that stands on the paper no more, nor does it stay behind in the index.
INSERT INTO document_search (document_search, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER documents_searched_again AFTER UPDATE OF summary ON documents BEGIN
  DELETE FROM document_search WHERE document_id = old.id;
  INSERT INTO document_search (document_id, words)
    VALUES (new.id, new.number || ' ' || ltrim(substr(new.number, instr(new.number, '-') + 2), '0') || ' ' || new.summary);
END;

CREATE INDEX papers_with_names ON documents (kind) WHERE kind IN ('slip', 'credit', 'ownership');
