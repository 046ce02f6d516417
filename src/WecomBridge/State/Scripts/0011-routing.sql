-- Bindings of subscribers that the service has made, so that those no longer in the settings can be taken away: AMQP has no question for them.
CREATE TABLE routing_bindings (
    queue TEXT NOT NULL,
    exchange TEXT NOT NULL,
    pattern TEXT NOT NULL,
    PRIMARY KEY (queue, exchange, pattern)
);
