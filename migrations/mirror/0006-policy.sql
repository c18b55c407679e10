-- Returns of the last month are judged again when somebody tries other rules: only these, and not a million lives.
CREATE INDEX unit_events_returned ON unit_events (at) WHERE kind = 'returned';
