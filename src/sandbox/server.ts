import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { DomainError, type RefusalKind } from '../kernel/index.js';
import { type AdminHandler, BANK_ROUTES, type Reply } from './bank-routes.js';
import { API_VERSION } from './events.js';
import { FormNotUnderstood, type FormTree, parseForm } from './form-body.js';
import { Fields } from './json-fields.js';
import { readPain001 } from './pain001-reader.js';
import { answerPage } from './page-routes.js';
import { StripeDoor } from './stripe-door.js';
import { StripeRefusal, errorBody } from './stripe-errors.js';
import { newStripeId } from './stripe-objects.js';
import { SWITCH_ROUTES } from './switch-routes.js';
import type { World } from './world.js';

const MOST_BYTES = 8 * 1024 * 1024;
const STATUS: Readonly<Partial<Record<RefusalKind, number>>> = { invalid: 422, refused: 409, conflict: 409, 'not-found': 404, forbidden: 403 };
const HOLD_MS = 120_000;

class BodyTooLarge extends Error {}

/** The HTTP door of the sandbox: `/v1` is Stripe, `/bank` the bank, `/sandbox` the switches, the rest pages. */
export function makeServer(world: World): Server {
  const stripe = new StripeDoor(world);
  const server = createServer((request, response) => {
    void handle(world, stripe, request, response).catch((error: unknown) => fail(response, error));
  });
  server.keepAliveTimeout = 60_000;
  return server;
}

async function handle(world: World, stripe: StripeDoor, request: IncomingMessage, response: ServerResponse): Promise<void> {
  world.agenda.run();
  const method = request.method ?? 'GET';
  const [path = '/', query = ''] = splitUrl(request.url ?? '/');
  const body = await readBody(request);
  if (path.startsWith('/v1/')) return answerStripe(world, stripe, request, response, { method, path, query, body });
  if (path.startsWith('/bank/') || path.startsWith('/sandbox/')) return answerAdmin(world, request, response, { method, path, query, body });
  const form: FormTree = method === 'POST' ? parseForm(body) : {};
  const page = answerPage(world, method, path, parseForm(query), form);
  await world.store.durable();
  if (!page) return send(response, 404, 'text/plain; charset=utf-8', 'Not found\n');
  if (page.location) response.setHeader('location', page.location);
  response.setHeader('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'");
  send(response, page.status, 'text/html; charset=utf-8', page.html ?? '');
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: string;
}

async function answerStripe(world: World, stripe: StripeDoor, request: IncomingMessage, response: ServerResponse, asked: Asked): Promise<void> {
  const id = newStripeId('req').slice(0, 18);
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]));
  const reply = await stripe.answer({ id, ...asked, headers });
  await world.store.durable();
  if (reply.fault?.kind === 'drop-before' || reply.fault?.kind === 'drop-after') {
    request.socket.destroy();
    return;
  }
  if (reply.fault?.kind === 'timeout-after') {
    setTimeout(() => request.socket.destroy(), reply.fault.ms ?? HOLD_MS).unref();
    return;
  }
  response.setHeader('request-id', id);
  response.setHeader('stripe-version', headers['stripe-version'] ?? API_VERSION);
  if (headers['idempotency-key']) response.setHeader('idempotency-key', headers['idempotency-key']);
  if (reply.replayed) response.setHeader('idempotent-replayed', 'true');
  send(response, reply.status, 'application/json; charset=utf-8', JSON.stringify(reply.body, null, 2));
}

/** The bank and the switches speak JSON; a payment file may also come as pain.001. Asking for JSON keeps a web page elsewhere from posting a form here. */
async function answerAdmin(world: World, request: IncomingMessage, response: ServerResponse, asked: Asked): Promise<void> {
  if (asked.path === '/sandbox/run' && asked.method === 'POST') return runAgenda(world, response, asked.body);
  const found = matchAdmin({ ...BANK_ROUTES, ...SWITCH_ROUTES }, asked.method, asked.path);
  if (!found) return sendJson(response, 404, { error: { code: 'not-found', message: 'There is nothing at this address.' } });
  const type = request.headers['content-type'] ?? '';
  const isXml = asked.path === '/bank/payments' && type.startsWith('application/xml');
  if (asked.method === 'POST' && !isXml && !type.startsWith('application/json')) {
    return sendJson(response, 415, { error: { code: 'json-needed', message: 'Send JSON, with content-type application/json.' } });
  }
  const body = new Fields(asked.method !== 'POST' ? {} : isXml ? readPain001(asked.body) : JSON.parse(asked.body || '{}'));
  const query = new Fields(Object.fromEntries(new URLSearchParams(asked.query)));
  const reply: Reply = world.store.transaction(() => found.handler(world, body, found.ids, query));
  await world.store.durable();
  if (reply.file) return send(response, 200, reply.file.type, reply.file.text);
  sendJson(response, reply.status ?? 200, reply.json);
}

/** Does what is due; with `kind`, all of that kind at once: `debit-ends`, `payout-ends`, `payment-bounces`, `bank-file` … */
async function runAgenda(world: World, response: ServerResponse, body: string): Promise<void> {
  const done = world.agenda.run(new Fields(JSON.parse(body || '{}')).textOr('kind', null) ?? undefined);
  await world.store.durable();
  sendJson(response, 200, { done });
}

function matchAdmin(routes: Readonly<Record<string, AdminHandler>>, method: string, path: string): { handler: AdminHandler; ids: string[] } | null {
  const parts = path.split('/');
  for (const [line, handler] of Object.entries(routes)) {
    const [wanted, pattern] = line.split(' ') as [string, string];
    const names = pattern.split('/');
    if (wanted !== method || names.length !== parts.length) continue;
    if (names.every((name, i) => name.startsWith(':') || name === parts[i]))
      return { handler, ids: parts.filter((_, i) => names[i]!.startsWith(':')).map((each) => decodeURIComponent(each)) };
  }
  return null;
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return response.destroy() as unknown as void;
  if (error instanceof DomainError)
    return sendJson(response, STATUS[error.kind] ?? 400, { error: { code: error.code, message: error.message, fields: error.fields } });
  if (error instanceof StripeRefusal) return sendJson(response, error.status, errorBody(error.fields));
  if (error instanceof BodyTooLarge) return sendJson(response, 413, { error: { code: 'too-large', message: 'That is too much at once.' } });
  if (error instanceof SyntaxError || error instanceof FormNotUnderstood || error instanceof URIError)
    return sendJson(response, 400, { error: { code: 'not-understood', message: error.message } });
  process.stderr.write(`sandbox fault: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  sendJson(response, 500, { error: { type: 'api_error', code: 'fault', message: 'The sandbox failed.' } });
}

const sendJson = (response: ServerResponse, status: number, body: unknown): void =>
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(body));

function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', 'x-simulated': 'true' });
  response.end(text);
}

function splitUrl(url: string): [string, string] {
  const at = url.indexOf('?');
  return at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
}

async function readBody(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > MOST_BYTES) throw new BodyTooLarge();
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
