// Prints every new customer once. Settings: WECOM_AMQP, the broker's address, and WECOM_QUEUE, your queue.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import amqp from 'amqplib';

// Enough for a start. With a database, write the id in the transaction of your work: INSERT ... ON CONFLICT DO NOTHING.
const file = 'handled.txt';
const handled = new Set(existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []);

class Poison extends Error {}

function handle(body) {
  const event = parse(body);
  if (event.type !== 'com.wecombridge.customer.added.v1') return; // Other types, also ones to come, are fetched and forgotten.
  if (!event.id || !event.data) throw new Poison('no id or no data');
  if (handled.has(event.id)) return;
  const { corp, userId, externalUserId, state } = event.data;
  console.log(`customer.added id=${event.id} corp=${corp} userId=${userId} externalUserId=${externalUserId} state=${state ?? '-'} time=${event.time}`);
  appendFileSync(file, `${event.id}\n`);
  handled.add(event.id);
}

function parse(body) {
  try {
    const event = JSON.parse(body);
    if (event?.type) return event;
  } catch { /* Not JSON: poison like what has no type. */ }
  throw new Poison('no CloudEvent');
}

async function receive(channel, message) {
  try {
    handle(message.content.toString());
    channel.ack(message);
  } catch (failure) {
    console.error(failure.message);
    if (!(failure instanceof Poison)) await sleep(1000); // The broker counts deliveries: without a pause they are soon used up.
    channel.nack(message, false, !(failure instanceof Poison));
  }
}

async function consume() {
  const connection = await amqp.connect(process.env.WECOM_AMQP);
  const closed = new Promise((resolve) => connection.on('close', resolve));
  connection.on('error', (failure) => console.error(`connection: ${failure.message}`));
  const channel = await connection.createChannel();
  channel.on('error', () => connection.close());
  await channel.prefetch(50);
  await channel.consume(process.env.WECOM_QUEUE, (message) => {
    if (message === null) return connection.close(); // The queue was deleted: connect again until it is back.
    receive(channel, message).catch((failure) => console.error(`comes again: ${failure.message}`)); // The channel closed meanwhile.
  });
  await closed;
}

for (;;) {
  await consume().catch((failure) => console.error(`connecting again: ${failure.message}`));
  await sleep(1000);
}
