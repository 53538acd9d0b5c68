import { Inject, Injectable } from '@nestjs/common';
import { People } from '../identity/index.js';
import type { LocalDate, PersonId } from '../kernel/index.js';
import { formatInstant, systemActor } from '../kernel/index.js';
import type { Carriage, CarriedBy, Carrier, Config, JobContext, Tx } from '../platform/index.js';
import { Carriers, Clock, CONFIG, Database, MOST_ATTEMPTS, quietUntil, retryAt } from '../platform/index.js';
import { changePost } from './post.store.js';
import type { PostItemId, PostReason } from './post.types.js';

const nobody = systemActor('post', {});
/** So many are in one worker's hand at once, and for so long: longer than handing over all of them can take. Our judgement, November 2026. */
const IN_HAND = 20;
const IN_HAND_MS = 10 * 60_000;
const LETTERS_AT_ONCE = 500;

interface Waiting {
  readonly itemId: PostItemId;
  readonly personId: PersonId;
}

interface InHand extends Waiting {
  readonly attempt: number;
  readonly subject: string;
  readonly body: string;
  readonly format: string;
  /** Where it goes, or why it cannot go at all. */
  readonly to: string | null;
  readonly stopped: PostReason | null;
}

/** Carries emails and texts that wait, and says on the right day that posted letters are delivered.
 *
 *  A worker claims some, hands each to the carrier with no transaction open, and writes the outcome down in a transaction of its own,
 *  guarded by the claim. Two workers never have one item in hand. A worker that dies after handing over and before writing down leaves
 *  a claim that runs out, and the next one hands the item over again: **an email may at worst go twice, with the same Message-ID**,
 *  so that mailboxes which look can drop the second. It never goes missing. An email or text counts as delivered when its carrier has
 *  taken it. Our judgement, November 2026. */
@Injectable()
export class PostRound {
  private readonly host: string;

  constructor(
    private readonly database: Database,
    private readonly carriers: Carriers,
    private readonly people: People,
    private readonly clock: Clock,
    @Inject(CONFIG) config: Config,
  ) {
    this.host = new URL(config.publicUrl).hostname;
  }

  async carry(context: Pick<JobContext, 'day' | 'progress' | 'log'>): Promise<void> {
    const letters = await this.deliverLetters(context.day);
    const quiet = quietUntil(this.clock.now());
    let carried = 0;
    for (const by of ['email', 'text'] as const) {
      const carrier = this.carriers.of(by);
      if (!carrier || quiet) continue;
      for (;;) {
        const inHand = await this.claim(by);
        if (inHand.length === 0) break;
        for (const item of inHand) await this.handOver(by, carrier, item);
        carried += inHand.length;
        context.progress(carried, carried + inHand.length);
      }
    }
    context.progress(carried, carried);
    context.log(`${letters} letters delivered, ${carried} emails and texts handed over${quiet ? `; quiet until ${formatInstant(quiet)}` : ''}`);
  }

  /** Takes some that are due, for this worker alone. Rows that another worker is just taking are passed over. */
  private async claim(by: CarriedBy): Promise<InHand[]> {
    const due = await this.database.read(nobody, (tx) =>
      tx.rows<Waiting>(
        `select item_id as "itemId", person_id as "personId" from post_register where state = 'waiting' and by = $1
           and coalesce(not_before, $2) <= $2 and coalesce(claimed_until, $2) <= $2 order by item_id limit ${IN_HAND}`,
        [by, tx.now],
      ),
    );
    if (due.length === 0) return [];
    return this.database.transaction(systemActor('post', { people: [...new Set(due.map((each) => each.personId))] }), async (tx) => {
      const rows = await tx.rows<Waiting & { attempt: number; subject: string; body: string; format: string }>(
        `update post_item i set attempts = i.attempts + 1, claimed_until = $3 from (
           select id from post_item where id = any($1) and by = $2 and state = 'waiting' and coalesce(not_before, $4) <= $4 and coalesce(claimed_until, $4) <= $4
           order by id for update skip locked) mine
         where i.id = mine.id returning i.id as "itemId", i.person_id as "personId", i.attempts as attempt, i.subject, i.body, i.format`,
        [due.map((each) => each.itemId), by, new Date(tx.now.getTime() + IN_HAND_MS), tx.now],
      );
      return this.addressed(tx, by, rows);
    });
  }

  private async addressed(tx: Tx, by: CarriedBy, rows: readonly Omit<InHand, 'to' | 'stopped'>[]): Promise<InHand[]> {
    const ids = rows.map((row) => row.personId);
    const reaches = await this.people.reachesOf(tx, ids);
    const dead = new Set((await this.people.named(tx, ids)).filter((person) => person.diedOn).map((person) => person.id));
    return rows.map((row) => {
      const reach = reaches.get(row.personId);
      const to = (by === 'email' ? reach?.email : reach?.phone) ?? null;
      const stopped = dead.has(row.personId) ? 'person-died' : to === null ? 'no-address' : row.attempt > MOST_ATTEMPTS ? 'gave-up' : null;
      return { ...row, to, stopped };
    });
  }

  private async handOver(by: CarriedBy, carrier: Carrier, item: InHand): Promise<void> {
    if (item.stopped || item.to === null) return this.writeDown(item, { failed: item.stopped ?? 'no-address' });
    const { itemId, personId, subject, body, format, to } = item;
    const came = await carrier.carry({ itemId, personId, by, messageId: `<${itemId}@${this.host}>`, to, subject, body, format }).catch((): Carriage => 'later');
    await this.writeDown(item, came);
  }

  /** Guarded by the claim: a worker whose claim ran out, and whose item another one took, changes nothing. */
  private async writeDown(item: InHand, came: Carriage | { failed: PostReason }): Promise<void> {
    await this.database.transaction(systemActor('post', { people: [item.personId] }), async (tx) => {
      const attempt = item.attempt;
      if (typeof came === 'object') return void (await changePost(tx, nobody, item.itemId, { action: 'fail', reason: came.failed, attempt }));
      if (came === 'taken') return void (await changePost(tx, nobody, item.itemId, { action: 'hand-over', attempt }));
      const again = came === 'later' ? retryAt(attempt, tx.now) : undefined;
      if (!again) return void (await changePost(tx, nobody, item.itemId, { action: 'fail', reason: came === 'refused' ? 'refused' : 'gave-up', attempt }));
      tx.write(
        `update post_item set not_before = $3, claimed_until = null where id = $1 and state = 'waiting' and attempts = $2 and claimed_until is not null`,
        [item.itemId, attempt, again],
      );
    });
  }

  /** Letters whose day has come, up to a day. Answers how many. */
  private async deliverLetters(day: LocalDate): Promise<number> {
    for (let count = 0; ; ) {
      const due = await this.database.read(nobody, (tx) =>
        tx.rows<Waiting>(
          `select item_id as "itemId", person_id as "personId" from post_register where state = 'posted' and by = 'letter' and deliver_on <= $1 order by item_id limit ${LETTERS_AT_ONCE}`,
          [day],
        ),
      );
      if (due.length === 0) return count;
      const people = [...new Set(due.map((each) => each.personId))];
      await this.database.transaction(systemActor('post', { people }), async (tx) => {
        for (const { itemId } of due) if (await changePost(tx, nobody, itemId, { action: 'deliver' })) count += 1;
      });
    }
  }
}
