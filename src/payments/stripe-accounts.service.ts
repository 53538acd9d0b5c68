import { Inject, Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor, BookId } from '../kernel/index.js';
import { invalid, systemActor } from '../kernel/index.js';
import type { Config, Tx } from '../platform/index.js';
import { CONFIG, Database, Secrets } from '../platform/index.js';
import { SdkGateway, stripeClient } from './stripe/index.js';
import type { StripeAddress, StripeGateway } from './stripe/index.js';

/** Which webhook address without a book in it serves which book: there is one, the demonstration treasurer's. */
const BARE_ADDRESS = 'stripe';

interface Keys {
  readonly secretKey: string;
  readonly webhookSecret: string;
}

/** The Stripe account of each book. Keys are kept encrypted; the demonstration treasurer's book uses those of the settings when they are set. */
@Injectable()
export class StripeAccounts {
  private readonly gateways = new Map<string, StripeGateway>();

  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly audit: Audit,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Keeps a book's keys, in place of older ones. Refuses keys in a form Stripe does not use (`stripe-key-not-understood`). */
  async connect(tx: Tx, actor: Actor, account: { book: BookId } & Keys): Promise<void> {
    requireAccess(actor, 'book:set-up', { book: account.book, site: true });
    if (!/^(sk|rk)_(test|live)_[A-Za-z0-9_]+$/.test(account.secretKey))
      throw invalid('stripe-key-not-understood', 'A secret key begins with sk_test_, sk_live_, rk_test_ or rk_live_.');
    if (!/^whsec_[A-Za-z0-9_]+$/.test(account.webhookSecret)) throw invalid('stripe-key-not-understood', 'A webhook secret begins with whsec_.');
    tx.write(
      `insert into stripe_account (book_id, secret_key, webhook_secret, added_by, added_at) values ($1, $2, $3, $4, $5)
       on conflict (book_id) do update set secret_key = excluded.secret_key, webhook_secret = excluded.webhook_secret, added_by = excluded.added_by, added_at = excluded.added_at`,
      [
        account.book,
        this.secrets.encrypt(account.secretKey, `stripe_account.secret_key:${account.book}`),
        this.secrets.encrypt(account.webhookSecret, `stripe_account.webhook_secret:${account.book}`),
        actor.id,
        tx.now,
      ],
    );
    await this.audit.record(tx, actor, { action: 'book:set-up', noun: 'stripe-account', book: account.book });
  }

  /** Makes a book the one that `/webhooks/stripe` serves: the demonstration treasurer's. */
  async serveBareAddress(tx: Tx, actor: Actor, book: BookId): Promise<void> {
    requireAccess(actor, 'book:set-up', { book, site: true });
    tx.write('insert into stripe_address (address, book_id) values ($1, $2) on conflict (address) do update set book_id = excluded.book_id', [
      BARE_ADDRESS,
      book,
    ]);
  }

  async bookOfBareAddress(): Promise<BookId | undefined> {
    return this.database.read(systemActor('webhooks', {}), (tx) => this.bare(tx));
  }

  /** True when the book can pay and be paid through Stripe. */
  async has(tx: Tx, book: BookId): Promise<boolean> {
    return (await this.keysOf(tx, book)) !== undefined;
  }

  /** The gateway of a book's account; undefined when it has none. No transaction may be open while it is used. */
  async gatewayOf(book: BookId): Promise<StripeGateway | undefined> {
    const keys = await this.database.read(systemActor('payments', { books: [book] }), (tx) => this.keysOf(tx, book));
    if (!keys) return undefined;
    const known = this.gateways.get(keys.secretKey);
    if (known) return known;
    const gateway = new SdkGateway(stripeClient(keys.secretKey, addressOf(this.config.stripe.apiUrl)));
    this.gateways.set(keys.secretKey, gateway);
    return gateway;
  }

  async webhookSecretOf(book: BookId): Promise<string | undefined> {
    return (await this.database.read(systemActor('webhooks', { books: [book] }), (tx) => this.keysOf(tx, book)))?.webhookSecret;
  }

  private async keysOf(tx: Tx, book: BookId): Promise<Keys | undefined> {
    const { secretKey, webhookSecret } = this.config.stripe;
    if (secretKey && webhookSecret && (await this.bare(tx)) === book) return { secretKey, webhookSecret };
    const row = await tx.row<{ key: Buffer; secret: Buffer }>('select secret_key as key, webhook_secret as secret from stripe_account where book_id = $1', [
      book,
    ]);
    return (
      row && {
        secretKey: this.secrets.decrypt(row.key, `stripe_account.secret_key:${book}`),
        webhookSecret: this.secrets.decrypt(row.secret, `stripe_account.webhook_secret:${book}`),
      }
    );
  }

  private async bare(tx: Tx): Promise<BookId | undefined> {
    return (await tx.row<{ book: BookId }>('select book_id as book from stripe_address where address = $1', [BARE_ADDRESS]))?.book;
  }
}

/** Scheme, host and port of STRIPE_API_URL; undefined is Stripe itself. */
function addressOf(url: string | undefined): StripeAddress | undefined {
  if (url === undefined) return undefined;
  const { protocol, hostname, port } = new URL(url);
  return { protocol: protocol === 'http:' ? 'http' : 'https', host: hostname, port: port || (protocol === 'http:' ? '80' : '443') };
}
