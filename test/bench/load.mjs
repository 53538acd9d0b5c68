/** A small load generator: keeps `connections` busy with one request each for `seconds`, over raw sockets so that it costs less
 *  than what it measures. Runs as a process of its own: `node load.mjs plan.json`. Answers JSON: rate, p50Ms, p99Ms, answered, refused.
 *  A plan is { host, port, connections, seconds, warmupSeconds, requests: [{ method, path, headers, body }] }; `{{key}}` in a
 *  request becomes a new key each time. Anything but 2xx and 3xx counts as refused. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

const plan = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const prefix = randomBytes(6).toString('hex');
let sequence = 0;
let next = 0;
let isMeasuring = false;
let isOver = false;
let answered = 0;
let refused = 0;
const examples = new Map();
const times = [];

const templates = plan.requests.map(({ method, path, headers = {}, body }) => {
  const head = (length) =>
    `${method} ${path} HTTP/1.1\r\nHost: ${plan.host}:${plan.port}\r\n${Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join('')}${body === undefined ? '' : `Content-Type: application/json\r\nContent-Length: ${length}\r\n`}\r\n`;
  return `${head(body === undefined ? 0 : Buffer.byteLength(body))}${body ?? ''}`;
});

const nextRequest = () => {
  const text = templates[next++ % templates.length];
  return text.includes('{{key}}') ? text.replaceAll('{{key}}', `${prefix}-${String(++sequence).padStart(9, '0')}`) : text;
};

function drive() {
  const socket = connect({ host: plan.host, port: plan.port, noDelay: true });
  let sentAt = 0;
  let waiting = '';
  const send = () => {
    if (isOver) return socket.end();
    sentAt = performance.now();
    socket.write(nextRequest(), 'latin1');
  };
  socket.on('connect', send);
  socket.setEncoding('latin1');
  socket.on('data', (chunk) => {
    waiting += chunk;
    const end = waiting.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = waiting.slice(0, end);
    const length = /content-length: (\d+)/i.exec(head);
    const chunked = /transfer-encoding: chunked/i.test(head);
    if (length ? waiting.length < end + 4 + Number(length[1]) : chunked && !waiting.endsWith('0\r\n\r\n')) return;
    const status = Number(head.slice(9, 12));
    if (isMeasuring) {
      if (status >= 200 && status < 400) {
        answered += 1;
        times.push(performance.now() - sentAt);
      } else refused += 1;
    }
    if (status >= 400 && !examples.has(status)) examples.set(status, waiting.slice(end + 4, end + 404));
    waiting = '';
    send();
  });
  socket.on('error', () => {
    if (isMeasuring) refused += 1;
    if (!isOver) setTimeout(drive, 20);
  });
}

for (let i = 0; i < plan.connections; i++) drive();
setTimeout(() => {
  isMeasuring = true;
  const began = performance.now();
  setTimeout(() => {
    isMeasuring = false;
    isOver = true;
    const seconds = (performance.now() - began) / 1000;
    times.sort((a, b) => a - b);
    const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? null;
    process.stdout.write(JSON.stringify({ rate: answered / seconds, p50Ms: at(0.5), p99Ms: at(0.99), answered, refused, examples: [...examples] }));
    process.exit(0);
  }, plan.seconds * 1000);
}, (plan.warmupSeconds ?? 1) * 1000);
