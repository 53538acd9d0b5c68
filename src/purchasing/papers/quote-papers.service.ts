import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import { BrokerQueries } from '../../brokers/index.js';
import { Grants, requireAccess } from '../../identity/index.js';
import type { Actor, LocalDate, PersonId, PoolId, ProviderId } from '../../kernel/index.js';
import { dayOf, refused, systemActor, typedReference } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { announce, Database, once } from '../../platform/index.js';
import type { MemberRow, PoolRow } from '../../pools/index.js';
import { checkSigned, lastDayOf, lockPool, membersNow, PoolQueries, signedFactsOf, writePoolHistory } from '../../pools/index.js';
import type { QuoteId, QuoteRow } from '../purchase.rows.js';
import { lockQuote, quotesOf } from '../purchase.rows.js';
import type { QuoteAnswer } from '../quotes.service.js';
import { Quotes } from '../quotes.service.js';
import type { TypeQuoteChoice } from './quote-paper.dto.js';
import type { QuotePaperRow } from './quote-paper.rows.js';
import { answeredAll, findQuotePaper, insertQuotePapers, lockQuotePaper, openQuotePapers } from './quote-paper.rows.js';

/** A sheet to choose among quotes, as the pool's broker sees it. */
export interface QuotePaper {
  readonly firstName: string;
  readonly joinOrder: number;
  readonly reference: string;
  readonly isTyped: boolean;
  readonly printedOn: LocalDate;
  /** The last day on which it can be typed in. */
  readonly lastDay: LocalDate;
  /** False for one of an older version of the agreement, or one that is too old. */
  readonly isCurrent: boolean;
  /** Those on the sheet, newest first. One that was taken back since can be chosen no more. */
  readonly quotes: readonly { readonly id: QuoteId; readonly providerId: ProviderId; readonly service: string; readonly isOnOffer: boolean }[];
  /** Whether somebody who could not live with a quote can say so. */
  readonly mayObject: boolean;
}

/** More are not put on one sheet. */
const MOST_QUOTES = 20;

/** Choosing a quote on paper: the member signs which one, and the pool's broker types it in as that member's own voice (RULE 17). */
@Injectable()
export class QuotePapers {
  constructor(
    private readonly database: Database,
    private readonly pools: PoolQueries,
    private readonly quotes: Quotes,
    private readonly brokers: BrokerQueries,
    private readonly grants: Grants,
    private readonly audit: Audit,
  ) {}

  /** Makes a sheet with the quotes on offer for each member who has said nothing to them and has no such sheet. Answers how many were made. By the pool's broker. */
  async make(actor: Actor, poolId: PoolId): Promise<number> {
    requireAccess(actor, 'pool:set-up', { pool: poolId });
    return this.database.transaction(systemActor('purchasing', { pools: [poolId] }), async (tx) => {
      await lockPool(tx, poolId);
      const [agreement, quotes] = [await this.pools.agreementInForce(tx, poolId), await onOffer(tx, poolId)];
      if (!agreement || quotes.length === 0) return 0;
      const have = new Set((await openQuotePapers(tx, poolId, agreement.id, quotes)).map((paper) => paper.personId));
      const answered = await answeredAll(tx, poolId, quotes);
      const people = membersNow(await this.pools.membersOf(tx, poolId)).filter((person) => !have.has(person) && !answered.has(person));
      const made = await insertQuotePapers(tx, poolId, agreement.id, quotes, people);
      if (made > 0) await this.audit.record(tx, actor, { action: 'quote:print', noun: 'pool', nounId: poolId, pool: poolId, facts: { made } });
      return made;
    });
  }

  /** The sheets with the quotes on offer today that can be typed in, by join order. By the pool's broker. */
  async waiting(actor: Actor, poolId: PoolId): Promise<QuotePaper[]> {
    requireAccess(actor, 'pool:set-up', { pool: poolId });
    return this.database.read(systemActor('purchasing', { pools: [poolId] }), async (tx) => {
      const [agreement, quotes] = [await this.pools.agreementInForce(tx, poolId), await onOffer(tx, poolId)];
      if (!agreement || quotes.length === 0) return [];
      const papers = await openQuotePapers(tx, poolId, agreement.id, quotes);
      const all = await quotesOf(tx, poolId);
      const members = (await this.pools.membersOf(tx, poolId)).filter((member) => member.state === 'member');
      return members.flatMap((member) =>
        papers
          .filter((paper) => paper.personId === member.personId)
          .map((paper) => paperOf(paper, member, all, true, agreement.terms.decide === 'no-strong-objection')),
      );
    });
  }

  /** What a sheet is about; undefined for a reference of no sheet in this pool. By the pool's broker. */
  async find(actor: Actor, poolId: PoolId, reference: string): Promise<QuotePaper | undefined> {
    requireAccess(actor, 'pool:set-up', { pool: poolId });
    return this.database.read(systemActor('purchasing', { pools: [poolId] }), async (tx) => {
      const row = await findQuotePaper(tx, poolId, typedReference(reference, 'QUO') ?? '');
      if (!row) return undefined;
      const agreement = await this.pools.agreementInForce(tx, poolId);
      const member = (await this.pools.membersOf(tx, poolId)).find((each) => each.personId === row.personId)!;
      const isCurrent = agreement?.id === row.agreementId && dayOf(tx.now) <= lastDayOf(dayOf(row.printedAt));
      return paperOf(row, member, await quotesOf(tx, poolId), isCurrent, agreement?.terms.decide === 'no-strong-objection');
    });
  }

  /** Types in a signed sheet: it becomes that member's answer to the quote. By the pool's broker, once; not by one with an interest in any provider on the sheet (RULE 20). Refuses:
   *  paper-not-known, see checkSigned, quote-not-on-paper, quote-gone, interest-in-provider, and see Quotes.choose. */
  async type(actor: Actor, poolId: PoolId, command: TypeQuoteChoice, key?: string): Promise<QuoteAnswer> {
    requireAccess(actor, 'pool:set-up', { pool: poolId });
    return this.database.transaction(systemActor('purchasing', { pools: [poolId], people: [actor.id as PersonId] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'quotes.type-paper', input: { poolId, ...command } }, async () => {
        const pool = await lockPool(tx, poolId);
        const paper = await lockQuotePaper(tx, poolId, typedReference(command.reference, 'QUO') ?? '');
        if (!paper) throw refused('paper-not-known', 'No paper of this group has that reference. Look at it again.');
        await tx.alsoSee({ people: [paper.personId] });
        await this.check(tx, actor, paper, command);
        const { choice } = command;
        const answer = await this.quotes.answerIn(tx, actor, pool, command.quoteId, paper.personId, { choice, paper: paper.id });
        await this.write(tx, actor, pool, paper, command);
        return answer;
      }),
    );
  }

  private async check(tx: Tx, actor: Actor, paper: QuotePaperRow, command: TypeQuoteChoice): Promise<void> {
    const agreement = await this.pools.agreementInForce(tx, paper.poolId);
    checkSigned(await signedFactsOf(tx, this.grants, actor, paper, { agreement: agreement?.id, signedBy: command.signedBy }), command, dayOf(tx.now));
    if (!paper.quoteIds.includes(command.quoteId)) throw refused('quote-not-on-paper', 'That quote is not on this paper. Choose one of those that are.');
    const listed = (await quotesOf(tx, paper.poolId)).filter((quote) => paper.quoteIds.includes(quote.id));
    await tx.alsoSee({ providers: listed.map((quote) => quote.providerId) });
    for (const quote of listed)
      if (await this.brokers.isConflicted(tx, actor.id as PersonId, quote.providerId))
        throw refused(
          'interest-in-provider',
          'You have an interest in a provider on this paper, so somebody else has to type it in, or the member says it themselves.',
        );
    const { state } = await lockQuote(tx, command.quoteId);
    if (state === 'withdrawn')
      throw refused('quote-gone', 'This quote was taken back, so nobody can choose it any more. Print a new paper with those on offer.');
    if (state === 'committed') throw refused('quote-gone', 'This quote is bought already, so there is nothing more to choose. The paper is not needed.');
  }

  private async write(tx: Tx, actor: Actor, { id: poolId }: PoolRow, paper: QuotePaperRow, command: TypeQuoteChoice): Promise<void> {
    const { personId, reference } = paper;
    const { quoteId, choice, signedBy, signedOn } = command;
    tx.write(
      'update quote_paper set typed_at = $2, typed_by = $3, signed_by = $4, signed_on = $5, quote_id = $6, choice = $7 where id = $1 and typed_at is null',
      [paper.id, tx.now, actor.id, signedBy, signedOn, quoteId, choice],
    );
    // Who could not live with a quote is nobody's to know: only a yes, which everybody sees, is told.
    if (choice === 'yes')
      await writePoolHistory(tx, actor, [{ poolId, noun: 'member', nounId: personId, personId, action: 'choose-on-paper', from: 'member', to: 'member' }]);
    await announce(tx, {
      name: 'paperTyped',
      about: { pools: [poolId], people: [personId] },
      payload: { poolId, personIds: [personId], what: 'quote', quoteId, signedOn },
    });
    await this.audit.record(tx, actor, {
      action: 'quote:type-paper',
      noun: 'quote',
      nounId: quoteId,
      pool: poolId,
      about: personId,
      facts: { reference, signedBy, signedOn },
    });
  }
}

/** The ids of the quotes that can still be chosen, newest first. */
const onOffer = async (tx: Tx, pool: PoolId): Promise<QuoteId[]> =>
  (await quotesOf(tx, pool))
    .filter((quote) => quote.state === 'offered')
    .slice(0, MOST_QUOTES)
    .map((quote) => quote.id);

const paperOf = (row: QuotePaperRow, member: MemberRow, all: readonly QuoteRow[], isCurrent: boolean, mayObject: boolean): QuotePaper => ({
  firstName: member.firstName,
  joinOrder: member.joinOrder,
  reference: row.reference,
  isTyped: row.typedAt !== null,
  printedOn: dayOf(row.printedAt),
  lastDay: lastDayOf(dayOf(row.printedAt)),
  isCurrent: isCurrent && member.state === 'member',
  quotes: row.quoteIds.flatMap((id) =>
    all
      .filter((quote) => quote.id === id)
      .map(({ providerId, service, state }) => ({ id, providerId, service, isOnOffer: state === 'offered' || state === 'chosen' })),
  ),
  mayObject,
});
