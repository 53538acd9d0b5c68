import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import type { OwnLine } from '../budgets/index.js';
import { Budgets, OwnLines } from '../budgets/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor, BookId, Pence, PersonId } from '../kernel/index.js';
import { invalid, newId, notFound, penceAsNumber, refused, systemActor, typedReference } from '../kernel/index.js';
import type { RecordedEntry } from '../ledger/index.js';
import { EntryQueries, Ledger } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import { announce, Database, once } from '../platform/index.js';
import type { CorrectEntry } from './correction.dto.js';
import { reverseEntry } from './correction.entries.js';
import { amountOf, correctableAs } from './correction.rules.js';
import { payBackEntry } from './settlement.entries.js';
import { SettlementQueries } from './settlement.queries.js';
import { takeTurns } from './take-turns.js';

export interface Corrected {
  readonly correctionId: string;
  readonly corrected: string;
  readonly amountPence: number;
}

/** Putting right what an officer got wrong: the exact reverse of an entry, which names it, and the right one, in one transaction (truth 5). */
@Injectable()
export class Corrections {
  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
    private readonly entries: EntryQueries,
    private readonly budgets: Budgets,
    private readonly ownLines: OwnLines,
    private readonly settlements: SettlementQueries,
    private readonly audit: Audit,
  ) {}

  /** Corrects an entry of a book by its reference. Money given to the wrong line goes to the right one; a debt paid back by the wrong person is
   *  the right one's. Refuses: corrected-already, has-its-own-way, line-not-known, nothing-changes, more-than-owed, and not-enough-free when
   *  the money was used in the meantime. */
  async correct(actor: Actor, book: BookId, command: CorrectEntry, key?: string): Promise<Corrected> {
    requireAccess(actor, 'match:make', { book });
    return this.database.transaction(systemActor('finance', { books: [book] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'corrections.correct', input: { book, ...command } }, async () => {
        await takeTurns(tx, book);
        const wrong = await this.entries.named(tx, book, command.reference);
        if (!wrong) throw notFound('The entry');
        const id = newId();
        const about = await this.putRight(tx, wrong, command, id);
        const amount = amountOf(wrong);
        await announce(tx, {
          name: 'entryCorrected',
          about: { books: [book], people: about },
          payload: { bookId: book, entryId: wrong.id, correctionId: id, amountPence: penceAsNumber(amount) },
        });
        await this.audit.record(tx, actor, {
          action: 'entry:correct',
          noun: 'entry',
          nounId: wrong.id,
          book,
          why: command.reason,
          facts: { correction: id, amountPence: penceAsNumber(amount) },
        });
        return { correctionId: id, corrected: wrong.reference, amountPence: penceAsNumber(amount) };
      }),
    );
  }

  /** Answers whose money it was and is. */
  private async putRight(tx: Tx, wrong: RecordedEntry, command: CorrectEntry, id: string): Promise<PersonId[]> {
    const kind = correctableAs(wrong);
    const people = [...new Set(wrong.transfers.flatMap(({ owner }) => (owner?.subject === undefined ? [] : [owner.subject as PersonId])))];
    await tx.alsoSee({ people });
    await this.ledger.record(tx, [reverseEntry(wrong, { id })]);
    const after = kind === 'allocation' ? await this.allocate(tx, wrong, command, id) : await this.payBack(tx, wrong, command, id);
    return [...new Set([...people, after])];
  }

  private async allocate(tx: Tx, wrong: RecordedEntry, command: CorrectEntry, id: string): Promise<PersonId> {
    const own = await this.ownLines.named(tx, wrong.book, typedReference(command.lineReference ?? '') ?? '');
    if (own) return this.allocateOwn(tx, wrong, own, id);
    const line = await this.budgets.byReference(tx, wrong.book, command.lineReference ?? '');
    const owner = line && (await tx.row<{ person: PersonId }>('select person_id as person from budget_line where id = $1', [line]));
    if (!line || !owner)
      throw invalid('line-not-known', 'No budget line of this book has this reference. Check it letter by letter.', [
        { field: 'lineReference', message: 'Enter the reference of a budget line of this book, like LIN-7K3M-9QXA' },
      ]);
    if (wrong.transfers.every(({ credit }) => credit.line === line)) throw refused('nothing-changes', 'The money is in this line already.');
    await tx.alsoSee({ people: [owner.person] });
    await this.budgets.allocateIn(tx, line, amountOf(wrong), `correction:${id}`, wrong.effectiveOn);
    return owner.person;
  }

  /** It was a person's own money. */
  private async allocateOwn(tx: Tx, wrong: RecordedEntry, own: OwnLine, id: string): Promise<PersonId> {
    if (wrong.transfers.every(({ credit }) => credit.line === own.id)) throw refused('nothing-changes', 'The money is in this line already.');
    await tx.alsoSee({ people: [own.personId] });
    await this.ownLines.allocateIn(tx, own.id, amountOf(wrong), `correction:${id}`, wrong.effectiveOn);
    return own.personId;
  }

  private async payBack(tx: Tx, wrong: RecordedEntry, command: CorrectEntry, id: string): Promise<PersonId> {
    const person = command.personId;
    if (!person) throw invalid('person-needed', 'Say whose debt was paid back.', [{ field: 'personId', message: 'Choose the person who paid back.' }]);
    if (wrong.transfers.every(({ credit }) => credit.subject === person)) throw refused('nothing-changes', 'This person paid it back, as it says.');
    await tx.alsoSee({ people: [person] });
    const amount: Pence = amountOf(wrong);
    const { owes } = await this.settlements.debtOf(tx, wrong.book, person);
    if (amount > owes) throw refused('more-than-owed', 'This person owes less than that.', { owesPence: String(owes) });
    const right = payBackEntry({ book: wrong.book, statementLine: id, amount, on: wrong.effectiveOn }, person);
    await this.ledger.record(tx, [{ ...right, reference: `correction:${id}:right` }]);
    return person;
  }
}
