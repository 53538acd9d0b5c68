import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { People } from '../identity/index.js';
import type { Actor, BookId, LocalDate, OrganisationId, PersonId } from '../kernel/index.js';
import { dayOf, invalid, newId, notFound, systemActor } from '../kernel/index.js';
import { Books } from '../ledger/index.js';
import { PaymentSettings } from '../payments/index.js';
import { PlanQueries } from '../plans/index.js';
import type { Tx } from '../platform/index.js';
import { announce, Database, once } from '../platform/index.js';
import { BankAccounts } from '../reconciliation/index.js';
import { AccountHolders } from './account-holders.service.js';
import type { OpenOwnAccount } from './own-accounts.dto.js';
import type { Authority } from './own-accounts.rules.js';
import { decideOwnAccount } from './own-accounts.rules.js';

export interface OwnAccountOpened {
  readonly bookId: BookId;
  readonly personId: PersonId;
  readonly accountHolderId: PersonId;
}

/** Accounts into which direct payments are paid: each a book of cash of one person's own. */
@Injectable()
export class OwnAccounts {
  constructor(
    private readonly database: Database,
    private readonly people: People,
    private readonly holders: AccountHolders,
    private readonly books: Books,
    private readonly plans: PlanQueries,
    private readonly settings: PaymentSettings,
    private readonly bankAccounts: BankAccounts,
    private readonly audit: Audit,
  ) {}

  /** The ICB approves an account and the person's book is opened, with the account-holder's rights over it. By the ICB's decision-maker, or
   *  a finance officer of the ICB's own book; the ICB is the one who decides either way (RULE 2). Refuses: see `decideOwnAccount`. */
  async open(actor: Actor, personId: PersonId, command: OpenOwnAccount, key?: string): Promise<OwnAccountOpened> {
    const icb = await this.holders.authorise(actor, personId);
    const accountHolderId = command.accountHolderId ?? personId;
    const bookId = newId<'book'>();
    const hasAgreedPlan = (await this.plans.plansOf(systemActor('finance', { people: [personId], icbs: [icb] }), personId, 'opening your own account')).some(
      (plan) => plan.state === 'agreed',
    );
    const system = systemActor('finance', { books: [bookId], people: [...new Set([personId, accountHolderId])], icbs: [icb] });
    const { accountNumber, ...asked } = command;
    const input = { personId, ...asked, last4: accountNumber?.slice(-4) };
    return this.database.transaction(system, (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'finance.openOwnAccount', input }, async () => {
        await this.holders.takeTurn(tx, personId);
        const by = accountHolderId === personId ? undefined : await this.holders.authorityOf(tx, accountHolderId, personId);
        const authority = by?.as;
        await this.decide(tx, { personId, accountHolderId, authority, hasAgreedPlan }, command);
        const name = command.name ?? `Direct payment account of ${(await this.people.find(tx, personId))!.firstName}`;
        const openedOn = command.openedOn ?? dayOf(tx.now);
        if (openedOn > dayOf(tx.now))
          throw invalid('day-to-come', 'An account is opened today or was opened before.', [{ field: 'openedOn', message: 'Give today or an earlier day.' }]);
        await this.books.open(tx, { id: bookId, basis: 'cash', name, organisationId: null, holderId: personId, openedOn });
        await this.holders.give(tx, actor, accountHolderId, bookId, by);
        await this.knowBank(tx, actor, { bookId, name, openedOn }, command);
        await announce(tx, {
          name: 'ownAccountOpened',
          about: { people: system.scope.people, icbs: [icb], books: [bookId] },
          payload: { bookId, personId, accountHolderId, icbId: icb },
        });
        await this.record(tx, actor, { bookId, personId, icb, authority }, command);
        return { bookId, personId, accountHolderId };
      }),
    );
  }

  private async decide(
    tx: Tx,
    facts: { personId: PersonId; accountHolderId: PersonId; authority: Authority | undefined; hasAgreedPlan: boolean },
    command: OpenOwnAccount,
  ): Promise<void> {
    const person = await this.people.find(tx, facts.personId);
    if (!person) throw notFound('The person');
    const open = await this.holders.openAccount(tx, facts.personId);
    decideOwnAccount(
      {
        person: facts.personId,
        accountHolder: facts.accountHolderId,
        authority: facts.authority,
        bornOn: person.bornOn,
        hasDied: person.diedOn !== null,
        hasAgreedPlan: facts.hasAgreedPlan,
        hasOpenAccount: open !== undefined,
      },
      command,
      dayOf(tx.now),
    );
  }

  /** Where the account is, when it is known already: its statements come from there, and its payment files draw on it. */
  private async knowBank(tx: Tx, actor: Actor, book: { bookId: BookId; name: string; openedOn: LocalDate }, command: OpenOwnAccount): Promise<void> {
    const { sortCode, accountNumber } = command;
    if (sortCode === undefined && accountNumber === undefined) return;
    if (sortCode === undefined || accountNumber === undefined)
      throw invalid('bank-details-incomplete', 'Give sort code and account number, or neither.', [
        { field: sortCode === undefined ? 'sortCode' : 'accountNumber', message: 'Give this as well.' },
      ]);
    const details = { name: book.name, sortCode, accountNumber };
    await this.bankAccounts.openIn(tx, actor, { bookId: book.bookId, ...details, openedOn: book.openedOn });
    await this.settings.set(tx, systemActor('finance', { books: [book.bookId] }), book.bookId, { account: details });
  }

  private async record(
    tx: Tx,
    actor: Actor,
    opened: { bookId: BookId; personId: PersonId; icb: OrganisationId; authority: Authority | undefined },
    command: OpenOwnAccount,
  ): Promise<void> {
    await this.audit.record(tx, actor, {
      action: 'account:open',
      noun: 'book',
      nounId: opened.bookId,
      book: opened.bookId,
      about: opened.personId,
      why: command.reason,
      facts: {
        icb: opened.icb,
        heldAs: opened.authority ?? 'self',
        isNotExcluded: command.isNotExcluded,
        isForNamedPeopleOnly: command.isForNamedPeopleOnly,
        isForDirectPaymentsOnly: command.isForDirectPaymentsOnly,
        canBeAudited: command.canBeAudited,
      },
    });
  }
}
