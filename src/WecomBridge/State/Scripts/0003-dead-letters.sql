CREATE TABLE dead_letters (
  message_id TEXT NOT NULL,
  queue TEXT NOT NULL,
  reason TEXT NOT NULL,
  at BIGINT NOT NULL,
  exchange TEXT NOT NULL,
  routing_key TEXT NOT NULL,
  type TEXT NOT NULL,
  content_type TEXT NOT NULL,
  attributes TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (queue, message_id)
);
CREATE INDEX dead_letters_at ON dead_letters (queue, at);
