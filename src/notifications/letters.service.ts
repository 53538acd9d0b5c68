import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import type { Person } from '../identity/index.js';
import { People, requireAccess } from '../identity/index.js';
import type { Actor, LocalDate, PersonId } from '../kernel/index.js';
import { conflict, dayOf, notFound, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database, deliveredOn, once } from '../platform/index.js';
import type { PostalAddress } from './addresses.service.js';
import { Addresses, NO_ADDRESS } from './addresses.service.js';
import { checkPostedOn, hindranceOf, letterReference } from './letter.rules.js';
import type { LetterCameBack, PostLetters, PutAddress } from './post.dto.js';
import { changePost, REGISTER_COLUMNS, registered } from './post.store.js';
import type { PostItemId, RegisterRow } from './post.types.js';

/** A letter or call as whoever sends it reads it: with the person's name and where it goes. */
export interface Letter {
  readonly itemId: PostItemId;
  readonly personId: PersonId;
  readonly reference: string | null;
  readonly name: string;
  readonly address: readonly string[] | null;
  /** Why it cannot be posted yet. */
  readonly hindrance: 'no-address' | 'gone-away' | null;
  readonly format: string;
  readonly subject: string;
  readonly body: string;
  readonly madeAt: Date;
}

export interface Call extends Omit<Letter, 'address' | 'hindrance'> {
  readonly phone: string | null;
}

/** So many at once: a pack that one person can fold. Our judgement, November 2026. */
const MOST = 100;
const SITE = { site: true } as const;

/** The letters that wait, the pack in which they are printed, what was posted and what came back; and the calls to make. */
@Injectable()
export class Letters {
  constructor(
    private readonly database: Database,
    private readonly people: People,
    private readonly addresses: Addresses,
    private readonly audit: Audit,
  ) {}

  /** The oldest letters that wait, with words and addresses. Every person sees that their letter was looked at, and why. Letters of people
   *  who have died are stopped and not shown. */
  async waiting(actor: Actor): Promise<Letter[]> {
    return this.opened(actor, 'letter', 'to print and post it', async (tx, rows, people) => {
      const addresses = await this.addresses.of(tx, [...people.keys()]);
      return rows.map((row) => {
        const address: PostalAddress = addresses.get(row.personId) ?? NO_ADDRESS;
        return { ...row, address: address.lines, hindrance: hindranceOf(address) };
      });
    });
  }

  /** The calls to make, with the numbers. */
  async calls(actor: Actor): Promise<Call[]> {
    return this.opened(actor, 'phone', 'to phone and read it out', async (tx, rows, people) => {
      const reaches = await this.people.reachesOf(tx, [...people.keys()]);
      return rows.map((row) => ({ ...row, phone: reaches.get(row.personId)?.phone ?? null }));
    });
  }

  /** Marks letters as posted on a day; a notice period begins two working days later. What was marked before stays as it is. */
  async post(actor: Actor, command: PostLetters, key?: string): Promise<{ posted: number; deliverOn: LocalDate }> {
    requireAccess(actor, 'post:send', SITE);
    const rows = await this.rowsOf(command.letters);
    return this.database.transaction(serving(rows), (tx) =>
      once(tx, actor, intent(key, 'notifications.post-letters', command), async () => {
        const waiting = rows.filter((row) => row.by === 'letter' && row.state === 'waiting');
        checkPostedOn(command.postedOn, dayOf(tx.now), waiting.map((row) => row.madeAt).sort((a, b) => b.getTime() - a.getTime())[0]);
        const deliverOn = deliveredOn(command.postedOn);
        let posted = 0;
        for (const { itemId, personId } of waiting)
          if (await changePost(tx, actor, itemId, { action: 'post', postedOn: command.postedOn, deliverOn })) {
            posted += 1;
            await this.audit.record(tx, actor, { action: 'letter:post', noun: 'letter', nounId: itemId, about: personId });
          }
        return { posted, deliverOn };
      }),
    );
  }

  /** A letter came back. `gone-away` flags the person's contact: no letter is posted to them until somebody puts the address right. */
  async cameBack(actor: Actor, command: LetterCameBack, key?: string): Promise<{ reference: string; isFlagged: boolean }> {
    requireAccess(actor, 'post:send', SITE);
    const reference = letterReference(command.reference);
    const row = await this.database.read(nobody, (tx) =>
      tx.row<RegisterRow>(`select ${REGISTER_COLUMNS} from post_register where reference = $1 and by = 'letter'`, [reference]),
    );
    if (!row) throw notFound('A letter with this reference');
    return this.database.transaction(serving([row]), (tx) =>
      once(tx, actor, intent(key, 'notifications.letter-came-back', command), async () => {
        if (!(await changePost(tx, actor, row.itemId, { action: 'return', reason: command.reason })))
          throw conflict('letter-not-posted', 'This letter is not marked as posted, or it was marked as come back before.');
        const isFlagged = command.reason === 'gone-away';
        if (isFlagged) await this.addresses.flag(tx, row.personId, row.itemId, actor.id);
        await this.audit.record(tx, actor, {
          action: 'letter:return',
          noun: 'letter',
          nounId: row.itemId,
          about: row.personId,
          facts: { reason: command.reason },
        });
        return { reference, isFlagged };
      }),
    );
  }

  /** Where the person of this letter lives. Takes the flag away, and lets their letters that came back wait again. */
  async putAddress(actor: Actor, item: PostItemId, command: PutAddress, key?: string): Promise<{ itemId: PostItemId; waitAgain: number }> {
    requireAccess(actor, 'post:send', SITE);
    const row = await this.one(item);
    return this.database.transaction(serving([row]), (tx) =>
      once(tx, actor, intent(key, 'notifications.put-address', { item, ...command }), async () => {
        const lines = command.address.split('\n').map((line) => line.trim());
        await this.addresses.put(
          tx,
          row.personId,
          lines.filter((line) => line !== ''),
          actor.id,
        );
        await this.audit.record(tx, actor, { action: 'address:write', noun: 'person', nounId: row.personId, about: row.personId });
        const back = await tx.rows<{ id: PostItemId }>(
          `select id from post_item where person_id = $1 and state = 'returned' and reason = 'gone-away' order by id`,
          [row.personId],
        );
        for (const { id } of back) await changePost(tx, actor, id, { action: 'try-again' });
        return { itemId: item, waitAgain: back.length };
      }),
    );
  }

  /** One letter with what is known of its address, to put it right. */
  async letter(actor: Actor, item: PostItemId): Promise<Letter> {
    requireAccess(actor, 'post:send', SITE);
    const row = await this.one(item);
    return this.database.transaction(serving([row]), async (tx) => {
      const [words] = await this.wordsOf(tx, [row]);
      const address = (await this.addresses.of(tx, [row.personId])).get(row.personId) ?? NO_ADDRESS;
      await this.audit.viewed(tx, actor, { about: row.personId, noun: 'letter', nounId: item, why: 'to put the address right' });
      return { ...words!.letter, address: address.lines, hindrance: hindranceOf(address) };
    });
  }

  private async opened<T>(
    actor: Actor,
    by: 'letter' | 'phone',
    why: string,
    make: (tx: Tx, rows: readonly Omit<Letter, 'address' | 'hindrance'>[], people: ReadonlyMap<PersonId, Person>) => Promise<T[]>,
  ): Promise<T[]> {
    requireAccess(actor, 'post:send', SITE);
    const rows = await this.database.read(nobody, (tx) =>
      tx.rows<RegisterRow>(`select ${REGISTER_COLUMNS} from post_register where by = $1 and state = 'waiting' order by item_id limit ${MOST}`, [by]),
    );
    return this.database.transaction(serving(rows), async (tx) => {
      const found = await this.wordsOf(tx, rows);
      for (const { letter } of found.filter((each) => each.person.diedOn))
        await changePost(tx, nobody, letter.itemId, { action: 'fail', reason: 'person-died' });
      const living = found.filter((each) => !each.person.diedOn);
      for (const { letter } of living) await this.audit.viewed(tx, actor, { about: letter.personId, noun: 'letter', nounId: letter.itemId, why });
      return make(
        tx,
        living.map((each) => each.letter),
        new Map(living.map((each) => [each.person.id, each.person])),
      );
    });
  }

  private async wordsOf(tx: Tx, rows: readonly RegisterRow[]): Promise<{ letter: Omit<Letter, 'address' | 'hindrance'>; person: Person }[]> {
    const people = new Map(
      (
        await this.people.named(
          tx,
          rows.map((row) => row.personId),
        )
      ).map((person) => [person.id, person]),
    );
    const words = await tx.rows<{ id: PostItemId; subject: string; body: string }>('select id, subject, body from post_item where id = any($1)', [
      rows.map((row) => row.itemId),
    ]);
    const byId = new Map(words.map((each) => [each.id, each]));
    return rows.flatMap(({ itemId, personId, reference, format, madeAt }) => {
      const [person, said] = [people.get(personId), byId.get(itemId)];
      if (!person || !said) return [];
      const name = `${person.firstName} ${person.familyName}`;
      return [{ person, letter: { itemId, personId, reference, name, format, madeAt, subject: said.subject, body: said.body } }];
    });
  }

  private async one(item: PostItemId): Promise<RegisterRow> {
    const [row] = await this.rowsOf([item]);
    if (!row) throw notFound('The letter');
    return row;
  }

  private rowsOf(items: readonly PostItemId[]): Promise<RegisterRow[]> {
    return this.database.read(nobody, (tx) => registered(tx, items));
  }
}

const nobody = systemActor('post', {});
/** Exactly the people of these rows, after whoever asks was authorised. */
const serving = (rows: readonly Pick<RegisterRow, 'personId'>[]): Actor => systemActor('post', { people: [...new Set(rows.map((row) => row.personId))] });
const intent = (key: string | undefined, command: string, input: unknown): { key: string; command: string; input: unknown } | undefined =>
  key === undefined ? undefined : { key, command, input };
