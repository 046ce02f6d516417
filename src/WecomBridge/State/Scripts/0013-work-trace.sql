-- The span that last marked a piece of work, as W3C trace context: what is done about an event belongs to its trace.
ALTER TABLE work ADD COLUMN trace TEXT;
