import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { can, Grants, idsWith, People, requireAccess } from '../identity/index.js';
import type { Actor, BookId, Id, LocalDate, OrganisationId, PersonId } from '../kernel/index.js';
import { conflict, dayOf, notFound, systemActor } from '../kernel/index.js';
import { Books } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import { Database, once } from '../platform/index.js';
import type { NameAccountHolder } from './own-accounts.dto.js';
import type { Authority } from './own-accounts.rules.js';
import { checkHolder } from './own-accounts.rules.js';

/** The authority by which somebody else holds an account, and the grant it is. */
export interface HeldBy {
  readonly as: Authority;
  readonly grant: Id<'grant'>;
}

export interface PossibleHolder {
  readonly personId: PersonId;
  readonly name: string;
  readonly as: Authority | 'self';
}

/** A person's open direct-payment account with those who hold it today, and all who could. */
export interface OwnAccountPlace {
  readonly account: { readonly bookId: BookId; readonly name: string; readonly openedOn: LocalDate; readonly holders: readonly PersonId[] } | null;
  readonly mayHold: readonly PossibleHolder[];
}

const AUTHORITIES: readonly Authority[] = ['representative', 'nominee'];
const HELD_AS: Readonly<Record<Authority | 'self', string>> = {
  self: 'holds the direct payment themselves',
  representative: 'holds the direct payment as the person’s representative',
  nominee: 'holds the direct payment as the person’s nominee',
};

/** Who holds a direct-payment account: the person, or who has recorded authority to, for as long as they have it (RULES 4 and 5). */
@Injectable()
export class AccountHolders {
  constructor(
    private readonly database: Database,
    private readonly people: People,
    private readonly grants: Grants,
    private readonly books: Books,
    private readonly audit: Audit,
  ) {}

  /** The account and who could hold it, for those who may decide about it or see the person's budget. Refuses the rest (not-found). */
  async of(actor: Actor, personId: PersonId): Promise<OwnAccountPlace> {
    const icb = await this.icbOf(personId);
    if (!can(actor, 'budget:read', { icb })) await this.authorise(actor, personId);
    return this.database.read(systemActor('finance', { people: [personId], icbs: [icb] }), async (tx) => {
      const open = await this.openAccount(tx, personId);
      if (open) await tx.alsoSee({ books: [open.bookId] });
      const asked = [{ personId, as: 'self' as const }, ...(await this.withAuthority(tx, personId))];
      await tx.alsoSee({ people: asked.map((each) => each.personId) });
      const names = new Map(
        (
          await this.people.named(
            tx,
            asked.map((each) => each.personId),
          )
        ).map((each) => [each.id, `${each.firstName} ${each.familyName}`]),
      );
      return {
        account: open ? { ...open, holders: await this.grants.holdersOf(tx, 'account-holder', open.bookId) } : null,
        mayHold: asked.map((each) => ({ ...each, name: names.get(each.personId)! })),
      };
    });
  }

  /** Somebody holds the account from now, and nobody else does: after a nomination ended, or when the person takes it over. The ICB decides,
   *  as it does when the account is opened. Refuses: no-account, held-already, no-authority, needs-representative. */
  async name(actor: Actor, personId: PersonId, command: NameAccountHolder, key?: string): Promise<{ bookId: BookId; accountHolderId: PersonId }> {
    const icb = await this.authorise(actor, personId);
    const accountHolderId = command.accountHolderId ?? personId;
    const scope = { people: [...new Set([personId, accountHolderId])], icbs: [icb] };
    return this.database.transaction(systemActor('finance', scope), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'finance.nameAccountHolder', input: { personId, ...command } }, async () => {
        await this.takeTurn(tx, personId);
        const [account, person] = [await this.openAccount(tx, personId), await this.people.find(tx, personId)];
        if (!account || !person) throw notFound('The account');
        const { bookId } = account;
        await tx.alsoSee({ books: [bookId] });
        const by = accountHolderId === personId ? undefined : await this.authorityOf(tx, accountHolderId, personId);
        checkHolder({ person: personId, accountHolder: accountHolderId, authority: by?.as, bornOn: person.bornOn }, dayOf(tx.now));
        const before = await this.grants.holdersOf(tx, 'account-holder', bookId);
        if (before.includes(accountHolderId)) throw conflict('held-already', 'They hold this account already.');
        for (const each of before) await this.grants.end(tx, actor, { person: each, role: 'account-holder', id: bookId, why: command.reason });
        await this.give(tx, actor, accountHolderId, bookId, by);
        const facts = { icb, heldAs: by?.as ?? 'self' };
        await this.audit.record(tx, actor, {
          action: 'account:name-holder',
          noun: 'book',
          nounId: bookId,
          book: bookId,
          about: personId,
          why: command.reason,
          facts,
        });
        return { bookId, accountHolderId };
      }),
    );
  }

  /** Answers the ICB responsible for the person today. Refuses (not-found, forbidden) whoever may not decide for it. */
  async authorise(actor: Actor, person: PersonId): Promise<OrganisationId> {
    const icb = await this.icbOf(person);
    if (can(actor, 'account:open', { icb })) return icb;
    for (const book of idsWith(actor, 'account:open', 'book') as BookId[]) {
      const found = await this.database.read(actor, (tx) => this.books.find(tx, book));
      if (found?.organisationId === icb) return icb;
    }
    requireAccess(actor, 'account:open', { icb });
    return icb;
  }

  /** The rights over the account: somebody else's end with the authority they come from (RULE 4). */
  async give(tx: Tx, actor: Actor, person: PersonId, book: BookId, by: HeldBy | undefined): Promise<void> {
    await this.grants.give(tx, actor, { person, role: 'account-holder', on: 'book', id: book, reason: HELD_AS[by?.as ?? 'self'], restsOn: by?.grant });
  }

  /** What somebody's recorded authority over the person is today; kinship is none (RULE 5). */
  async authorityOf(tx: Tx, holder: PersonId, person: PersonId): Promise<HeldBy | undefined> {
    for (const as of AUTHORITIES) {
      const grant = await this.grants.inForce(tx, { person: holder, role: as, id: person });
      if (grant) return { as, grant };
    }
    return undefined;
  }

  /** Accounts of one person are decided about one after the other. */
  async takeTurn(tx: Tx, person: PersonId): Promise<void> {
    await tx.row('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`own-account:${person}`]);
  }

  /** The person's account that is not closed, if there is one. */
  async openAccount(tx: Tx, person: PersonId): Promise<{ bookId: BookId; name: string; openedOn: LocalDate } | undefined> {
    return tx.row('select id as "bookId", name, opened_on as "openedOn" from book where holder_id = $1 and closed_on is null limit 1', [person]);
  }

  private async withAuthority(tx: Tx, person: PersonId): Promise<{ personId: PersonId; as: Authority }[]> {
    const found: { personId: PersonId; as: Authority }[] = [];
    for (const as of AUTHORITIES)
      for (const personId of await this.grants.holdersOf(tx, as, person)) if (!found.some((each) => each.personId === personId)) found.push({ personId, as });
    return found;
  }

  private async icbOf(person: PersonId): Promise<OrganisationId> {
    const icb = await this.database.read(systemActor('finance', { people: [person] }), (tx) => this.people.icbOf(tx, person));
    if (icb === undefined) throw notFound('The person');
    return icb;
  }
}
