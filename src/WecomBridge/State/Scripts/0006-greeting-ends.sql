-- By which rule and through which app a greeting ended, so that its event can be repeated as it was.
-- denied is 1 when WeCom refused that app as a whole: another app's code for the same add may still serve.
ALTER TABLE greetings ADD COLUMN rule TEXT;
ALTER TABLE greetings ADD COLUMN app TEXT;
ALTER TABLE greetings ADD COLUMN denied BIGINT;

-- Notices that are too old are dropped inside the completion of a greeting.
CREATE INDEX staff_notices_missed ON staff_notices (corp, missed_at);
