"""A CRM team's subscriber in Python: binds a queue of its own to v1.*.customer.# and prints the promised attributes of what comes.

Arguments: AMQP address, number of events to wait for. Prints one JSON object a line; the first line says that the binding stands.
"""
import json
import sys

import pika

PROMISED = ("specversion", "id", "source", "type", "subject", "time", "datacontenttype", "dataschema", "partitionkey", "wborigin", "wbreceived")


def main(address: str, expected: int) -> None:
    channel = pika.BlockingConnection(pika.URLParameters(address)).channel()
    channel.exchange_declare("wecom.events", "topic", durable=True)
    channel.queue_declare("crm.python.customers", durable=True, arguments={"x-queue-type": "quorum"})
    channel.queue_bind("crm.python.customers", "wecom.events", "v1.*.customer.#")
    print(json.dumps({"bound": True}), flush=True)

    seen = 0
    for method, properties, body in channel.consume("crm.python.customers", inactivity_timeout=30):
        if method is None:
            raise SystemExit("no event within 30 s")
        event = json.loads(body)
        missing = [name for name in PROMISED if name not in event]
        unequal = [name for name in PROMISED if name in event and properties.headers.get("cloudEvents_" + name) != event[name]]
        print(json.dumps({
            "routingKey": method.routing_key,
            "missing": missing,
            "unequal": unequal,
            "messageId": properties.message_id,
            "contentType": properties.content_type,
            "deliveryMode": properties.delivery_mode,
            "appId": properties.app_id,
            "type": properties.type,
            "timestamp": properties.timestamp,
            "event": event,
        }), flush=True)
        channel.basic_ack(method.delivery_tag)
        seen += 1
        if seen == expected:
            return


main(sys.argv[1], int(sys.argv[2]))
