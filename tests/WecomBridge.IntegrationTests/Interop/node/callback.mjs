// Verifies a bridge's address as WeCom's console does and posts callbacks, with WeCom's own cryptography for Node.
// Arguments: url, token, encodingAesKey, receiverId. Standard input: a JSON list of plaintexts. Standard output: what was answered, as JSON.
import { readFileSync } from 'node:fs';
import { encrypt, getSignature } from '@wecom/crypto';

const [url, token, key, receiver] = process.argv.slice(2);
const plaintexts = JSON.parse(readFileSync(0, 'utf8'));

function signed(ciphertext) {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = Math.random().toString(36).slice(2);
  return new URLSearchParams({ msg_signature: getSignature(token, timestamp, nonce, ciphertext), timestamp, nonce });
}

async function verify() {
  const echo = '1616140317555161061';
  const ciphertext = encrypt(key, echo, receiver);
  const query = signed(ciphertext);
  const withoutEcho = await fetch(`${url}?${query}`);
  query.set('echostr', ciphertext);
  const started = performance.now();
  const answer = await fetch(`${url}?${query}`);
  return { status: answer.status, equal: (await answer.text()) === echo, ms: performance.now() - started, withoutEcho: withoutEcho.status };
}

async function post(plaintext) {
  const ciphertext = encrypt(key, plaintext, receiver);
  const answer = await fetch(`${url}?${signed(ciphertext)}`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml' },
    body: `<xml><ToUserName><![CDATA[${receiver}]]></ToUserName><Encrypt><![CDATA[${ciphertext}]]></Encrypt><AgentID><![CDATA[]]></AgentID></xml>`,
  });
  return { status: answer.status, body: await answer.text() };
}

console.log(JSON.stringify({ verified: await verify(), posted: await Promise.all(plaintexts.map(post)) }));
