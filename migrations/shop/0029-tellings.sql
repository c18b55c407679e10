-- An answer of the centre may be lost, and a change of a person is then told again. Each change has an id, and beside each
-- word stands by which of them it came to stand, the last one last: the centre knows a change again, and what somebody
-- else has said since, knowing it, stays. A JSON object of lists, by word.
ALTER TABLE customers_heard ADD COLUMN tellings TEXT NOT NULL DEFAULT '{}';
