import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** What the server does with the next email: takes it, answers the address or the email itself with a line of its own, stops answering, or
 *  takes every byte of it and dies before it says so. */
export type SmtpAnswer = 'take' | 'hang' | 'die-after-data' | { readonly rcpt: string } | { readonly data: string };

export interface SmtpMessage {
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
}

/** A mail server that speaks as much SMTP (RFC 5321) as a test needs, over a real socket. */
export class SmtpServer {
  /** Every email whose last byte arrived here, whether or not we said so. */
  readonly messages: SmtpMessage[] = [];
  /** Every line that a client said outside an email. */
  readonly heard: string[] = [];
  /** One for each email to come; afterwards everything is taken. */
  answers: SmtpAnswer[] = [];
  /** Lines after the greeting of EHLO: what the server offers. */
  offers: readonly string[] = ['SIZE 1000000'];
  /** Instead of accepting MAIL FROM. */
  mailFrom: string | undefined;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async open(): Promise<SmtpServer> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const made = new SmtpServer(server, (server.address() as AddressInfo).port);
    server.on('connection', (socket) => made.talk(socket));
    return made;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  get open(): number {
    return this.sockets.size;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((done) => this.server.close(done));
  }

  private talk(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
    const say = (line: string): void => void socket.write(`${line}\r\n`);
    let waiting = '';
    let inEmail = false;
    let answer: SmtpAnswer = 'take';
    let email = { from: '', to: [] as string[] };
    say('220 mail.example.org ready');
    socket.on('data', (bytes) => {
      waiting += bytes.toString('latin1');
      for (;;) {
        const end = inEmail ? waiting.indexOf('\r\n.\r\n') : waiting.indexOf('\r\n');
        if (end === -1) return;
        const said = waiting.slice(0, end);
        waiting = waiting.slice(end + (inEmail ? 5 : 2));
        if (inEmail) {
          inEmail = false;
          if (typeof answer === 'object' && 'data' in answer) {
            say(answer.data);
            continue;
          }
          this.messages.push({ ...email, text: said.replace(/(^|\r\n)\.\./g, '$1.') });
          if (answer === 'die-after-data') return void socket.destroy();
          say('250 2.0.0 taken');
          continue;
        }
        this.heard.push(said);
        const verb = said.slice(0, 4).toUpperCase();
        if (verb === 'EHLO')
          [...['mail.example.org', ...this.offers].entries()].forEach(([n, line]) => say(`250${n === this.offers.length ? ' ' : '-'}${line}`));
        else if (verb === 'MAIL') {
          email = { from: between(said), to: [] };
          answer = this.answers.shift() ?? 'take';
          say(this.mailFrom ?? '250 2.1.0 ok');
        } else if (verb === 'RCPT') {
          if (answer === 'hang') return;
          email.to.push(between(said));
          say(typeof answer === 'object' && 'rcpt' in answer ? answer.rcpt : '250 2.1.5 ok');
        } else if (verb === 'DATA') {
          inEmail = true;
          say('354 go on');
        } else if (verb === 'RSET') say('250 2.0.0 ok');
        else if (verb === 'AUTH') say('535 5.7.8 no');
        else if (verb === 'QUIT') {
          say('221 2.0.0 bye');
          socket.end();
        } else say('502 5.5.1 unknown');
      }
    });
  }
}

const between = (line: string): string => /<([^>]*)>/.exec(line)?.[1] ?? '';

/** One header of an email, unfolded; undefined when it is not there. */
export function headerOf({ text }: SmtpMessage, name: string): string | undefined {
  const head = text.slice(0, text.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  return head
    .split('\r\n')
    .find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
    ?.slice(name.length + 1)
    .trim();
}

/** The words of one part, `text/plain` or `text/html`, out of quoted-printable or base64. */
export function partOf({ text }: SmtpMessage, type: string): string {
  const boundary = /boundary="([^"]+)"/.exec(text)?.[1];
  const part = text.split(`--${boundary}`).find((each) => each.includes(`Content-Type: ${type}`));
  if (part === undefined) throw new Error(`the email has no ${type}`);
  const [head, body] = [part.slice(0, part.indexOf('\r\n\r\n')), part.slice(part.indexOf('\r\n\r\n') + 4)];
  if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  const bytes = body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(/quoted-printable/i.test(head) ? bytes : body, 'latin1')
    .toString('utf8')
    .replaceAll('\r\n', '\n');
}
