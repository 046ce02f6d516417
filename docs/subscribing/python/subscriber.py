"""Prints every new customer once. Settings: WECOM_AMQP, the broker's address, and WECOM_QUEUE, your queue."""
import json
import os
import sqlite3
import sys
import time

import pika

database = sqlite3.connect("handled.db")
database.execute("CREATE TABLE IF NOT EXISTS handled (id TEXT PRIMARY KEY)")


def handle(event):
    if event["type"] != "com.wecombridge.customer.added.v1":
        return  # Other types, also ones to come, are fetched and forgotten.
    data = event["data"]
    line = (f"customer.added id={event['id']} corp={data['corp']} userId={data['userId']}"
            f" externalUserId={data['externalUserId']} state={data.get('state', '-')} time={event['time']}")

    # One transaction for the id and for what you write because of the event: both happen, or neither.
    with database:
        if database.execute("INSERT INTO handled VALUES (?) ON CONFLICT DO NOTHING", (event["id"],)).rowcount == 1:
            print(line, flush=True)


def on_message(channel, method, properties, body):
    try:
        handle(json.loads(body))
        channel.basic_ack(method.delivery_tag)
    except (ValueError, KeyError, TypeError) as poison:
        print(f"to the dead letters: {type(poison).__name__}", file=sys.stderr)
        channel.basic_nack(method.delivery_tag, requeue=False)
    except sqlite3.Error as failure:
        print(f"again: {failure}", file=sys.stderr)
        time.sleep(1)
        channel.basic_nack(method.delivery_tag, requeue=True)


while True:
    try:
        connection = pika.BlockingConnection(pika.URLParameters(os.environ["WECOM_AMQP"]))
        channel = connection.channel()
        channel.basic_qos(prefetch_count=50)
        channel.basic_consume(os.environ["WECOM_QUEUE"], on_message)
        channel.start_consuming()
    except pika.exceptions.AMQPError as failure:
        print(f"connecting again: {type(failure).__name__}", file=sys.stderr)
    time.sleep(1)
