-- Rules made at a till go to the centre as what they are: proposals, with who made them, why, and what became of them here.
-- They travel like the rows of money, so none is lost and none arrives twice.
CREATE TRIGGER policy_versions_are_booked AFTER INSERT ON policy_versions BEGIN INSERT INTO booked (book, key) VALUES ('policy_versions', json_object('version', new.version)); END;
CREATE TRIGGER policy_steps_are_booked AFTER INSERT ON policy_steps BEGIN INSERT INTO booked (book, key) VALUES ('policy_steps', json_object('n', new.n)); END;

-- What was made before it could travel goes up like the rest.
INSERT INTO booked (book, key) SELECT 'policy_versions', json_object('version', version) FROM policy_versions;
INSERT INTO booked (book, key) SELECT 'policy_steps', json_object('n', n) FROM policy_steps ORDER BY n;
