/** A small load generator: keeps `connections` busy with one request each for `seconds`, over raw sockets so that it costs less
 *  than what it measures. Runs as a process of its own: `node load.mjs plan.json`. Answers JSON: rate, p50Ms, p99Ms, answered,
 *  acknowledged, refused, examples of refusals. A plan is { host, port, connections, seconds, warmupSeconds, pauseMs (between an answer
 *  and the next request; 0), requests: [{ method, path, headers, body }] }; `{{key}}` in a request becomes a new key each time. Anything but 2xx and 3xx counts as refused. Requests on
 *  their way at the end are waited for, so `acknowledged` (from the first request on) is all that was ever answered well. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

const PATIENCE_MS = 15_000;
const plan = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const prefix = randomBytes(6).toString('hex');
let sequence = 0;
let next = 0;
let isMeasuring = false;
let isOver = false;
let answered = 0;
let acknowledged = 0;
let refused = 0;
let open = plan.connections;
const examples = new Map();
const times = [];

const templates = plan.requests.map(({ method, path, headers = {}, body }) => {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  if (body !== undefined) lines.push(`Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`);
  return `${method} ${path} HTTP/1.1\r\nHost: ${plan.host}:${plan.port}\r\n${lines.join('')}\r\n${body ?? ''}`.split('{{key}}');
});

const nextRequest = () => {
  const parts = templates[next++ % templates.length];
  return parts.length === 1 ? parts[0] : parts.join(`${prefix}-${++sequence}`);
};

/** Where the answer that begins the text ends; -1 while it is not whole. */
function endOf(text) {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return -1;
  const at = text.indexOf('ontent-', 0) < 0 ? -1 : text.search(/content-length: /i);
  if (at >= 0 && at < end) return text.length >= end + 4 + Number.parseInt(text.slice(at + 16, at + 26), 10) ? text.length : -1;
  return /transfer-encoding: chunked/i.test(text.slice(0, end)) && !text.endsWith('0\r\n\r\n') ? -1 : text.length;
}

function count(status, text, took) {
  const isGood = status >= 200 && status < 400;
  if (isGood) acknowledged += 1;
  else if (!examples.has(status)) examples.set(status, text.slice(text.indexOf('\r\n\r\n') + 4).slice(0, 400));
  if (!isMeasuring) return;
  if (isGood) {
    answered += 1;
    times.push(took);
  } else refused += 1;
}

function drive() {
  const socket = connect({ host: plan.host, port: plan.port, noDelay: true });
  let sentAt = 0;
  let waiting = '';
  const send = () => {
    if (isOver) {
      socket.destroy();
      if (--open === 0) finish();
      return;
    }
    sentAt = performance.now();
    socket.write(nextRequest(), 'latin1');
  };
  socket.on('connect', send);
  socket.setEncoding('latin1');
  socket.on('data', (chunk) => {
    waiting = waiting === '' ? chunk : waiting + chunk;
    if (endOf(waiting) < 0) return;
    count(Number(waiting.slice(9, 12)), waiting, performance.now() - sentAt);
    waiting = '';
    if (plan.pauseMs > 0) setTimeout(send, plan.pauseMs);
    else send();
  });
  socket.on('error', () => {
    if (isMeasuring) refused += 1;
    if (isOver) open -= 1;
    else setTimeout(drive, 20);
  });
}

let seconds = 0;
function finish() {
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? null;
  process.stdout.write(
    JSON.stringify({ rate: answered / seconds, p50Ms: at(0.5), p99Ms: at(0.99), answered, acknowledged, refused, lost: open, examples: [...examples] }),
    () => process.exit(0),
  );
}

for (let i = 0; i < plan.connections; i++) drive();
setTimeout(
  () => {
    isMeasuring = true;
    const began = performance.now();
    setTimeout(() => {
      isMeasuring = false;
      isOver = true;
      seconds = (performance.now() - began) / 1000;
      setTimeout(finish, PATIENCE_MS);
    }, plan.seconds * 1000);
  },
  (plan.warmupSeconds ?? 1) * 1000,
);
