import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import type { BudgetLineFacts } from '../../budgets/index.js';
import { BudgetQueries } from '../../budgets/index.js';
import { Grants, requireAccess } from '../../identity/index.js';
import type { Actor, BudgetLineId, LocalDate, PlanLineId, PoolId } from '../../kernel/index.js';
import { dayOf, invalid, penceAsNumber, refused, systemActor, typedReference } from '../../kernel/index.js';
import { PlanQueries } from '../../plans/index.js';
import type { Tx } from '../../platform/index.js';
import { announce, Database, once } from '../../platform/index.js';
import type { ContributionView } from '../contribution-batch.service.js';
import { ContributionBatch } from '../contribution-batch.service.js';
import { bookOfShare } from '../pool.rules.js';
import type { MemberRow, PoolRow } from '../pool.rows.js';
import { agreementInState, findMember, holdPool, lockPool, membersOf, shareRows, writeHistory } from '../pool.rows.js';
import type { ContributionPaperRow } from './contribution-paper.rows.js';
import { findContributionPaper, insertContributionPapers, lockContributionPaper, openContributionPapers } from './contribution-paper.rows.js';
import type { TypeContribution } from './paper.dto.js';
import type { SignedFacts, Signer } from './signed-paper.rules.js';
import { asTyperReads, checkSigned, lastDayOf } from './signed-paper.rules.js';

/** A sheet to put money in, as the pool's broker sees it. It says nothing of what the person has. */
export interface ContributionPaper {
  readonly firstName: string;
  readonly joinOrder: number;
  readonly reference: string;
  readonly isTyped: boolean;
  readonly printedOn: LocalDate;
  /** The last day on which it can be typed in. */
  readonly lastDay: LocalDate;
  /** False for one of an older version, or one that is too old. */
  readonly isCurrent: boolean;
}

/** Money a sheet may mean: a line for a service of its plan. */
export interface PaperSource {
  readonly lineId: BudgetLineId;
  readonly planLineId: PlanLineId;
  readonly service: string;
  readonly lineName: string;
}

type Source = PaperSource & { readonly line: BudgetLineFacts };

/** Putting money in on paper: the person signs how much, and for what; the pool's broker types it in as what it is, that person's own instruction (SI 2013/1617 reg. 10 as amended by
 *  SI 2017/219 reg. 2: whoever holds the money pays it out as the person, their representative or nominee says; RULES 5, 7 and 15). */
@Injectable()
export class ContributionPapers {
  constructor(
    private readonly database: Database,
    private readonly batch: ContributionBatch,
    private readonly budgets: BudgetQueries,
    private readonly plans: PlanQueries,
    private readonly grants: Grants,
    private readonly audit: Audit,
  ) {}

  /** Makes a sheet for each member who pays and has none that can still be typed in. Answers how many were made; none where no money can go in now. By the pool's broker. */
  async make(actor: Actor, poolId: PoolId): Promise<number> {
    requireAccess(actor, 'pool:set-up', { pool: poolId });
    return this.database.transaction(systemActor('pools', { pools: [poolId] }), async (tx) => {
      const pool = await lockPool(tx, poolId);
      const agreement = await agreementInState(tx, poolId, 'in-force');
      if (pool.state !== 'active' || !agreement) return 0;
      const have = new Set((await openContributionPapers(tx, poolId, agreement.id)).map((paper) => paper.personId));
      const people = (await payersOf(tx, poolId)).filter((member) => !have.has(member.personId)).map((member) => member.personId);
      const made = await insertContributionPapers(tx, poolId, agreement.id, people);
      if (made > 0) await this.audit.record(tx, actor, { action: 'pool:print-contributions', noun: 'pool', nounId: poolId, pool: poolId, facts: { made } });
      return made;
    });
  }

  /** The sheets that can be typed in, by join order. By the pool's broker. */
  async waiting(actor: Actor, poolId: PoolId): Promise<ContributionPaper[]> {
    requireAccess(actor, 'pool:set-up', { pool: poolId });
    return this.database.read(systemActor('pools', { pools: [poolId] }), async (tx) => {
      const agreement = await agreementInState(tx, poolId, 'in-force');
      if (!agreement) return [];
      const papers = await openContributionPapers(tx, poolId, agreement.id);
      return (await payersOf(tx, poolId)).flatMap((member) =>
        papers.filter((paper) => paper.personId === member.personId).map((paper) => paperOf(paper, member, true)),
      );
    });
  }

  /** What a sheet is about, with the money it may mean where there is more than one: whoever signed it agreed that the broker reads the names of these. That look is written
   *  down for the person. Undefined for a reference of no sheet in this pool. By the pool's broker. */
  async find(actor: Actor, poolId: PoolId, reference: string): Promise<(ContributionPaper & { readonly sources: readonly PaperSource[] }) | undefined> {
    requireAccess(actor, 'pool:set-up', { pool: poolId });
    return this.database.transaction(systemActor('pools', { pools: [poolId] }), async (tx) => {
      const row = await findContributionPaper(tx, poolId, typedReference(reference, 'PUT') ?? '');
      if (!row) return undefined;
      const agreement = await agreementInState(tx, poolId, 'in-force');
      const member = (await findMember(tx, poolId, row.personId))!;
      const lastDay = lastDayOf(dayOf(row.printedAt));
      const paper = paperOf(row, member, agreement?.id === row.agreementId && dayOf(tx.now) <= lastDay);
      if (paper.isTyped || !paper.isCurrent || member.state !== 'member') return { ...paper, sources: [] };
      await tx.alsoSee({ people: [row.personId] });
      const sources = (await this.sourcesOf(tx, row)).map(({ line: _, ...source }) => source);
      if (sources.length < 2) return { ...paper, sources: [] };
      await this.audit.viewed(tx, actor, { about: row.personId, noun: 'plan', why: 'to type in your paper about putting money in' });
      return { ...paper, sources };
    });
  }

  /** Types in a signed sheet: it becomes that person's contribution, by every rule of one. By the pool's broker, once. Refuses: paper-not-known, see checkSigned, source-needed,
   *  and see decideContribution, but for what is the person's own business (cannot-go-in-now). */
  async type(actor: Actor, poolId: PoolId, command: TypeContribution, key?: string): Promise<ContributionView> {
    requireAccess(actor, 'pool:set-up', { pool: poolId });
    return this.database.transaction(systemActor('pools', { pools: [poolId] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.type-contribution', input: { poolId, ...command } }, async () => {
        const pool = await holdPool(tx, poolId);
        const paper = await lockContributionPaper(tx, poolId, typedReference(command.reference, 'PUT') ?? '');
        if (!paper) throw refused('paper-not-known', 'No paper of this group has that reference. Look at it again.');
        await tx.alsoSee({ people: [paper.personId] });
        await this.check(tx, actor, paper, command);
        const member = (await findMember(tx, poolId, paper.personId))!;
        if (member.state !== 'member') throw refused('not-a-member', `${member.firstName} is not in this group any more, so nothing can go in for them.`);
        const view = await this.putIn(tx, actor, pool, member, command);
        await this.write(tx, actor, paper, command, view);
        return view;
      }),
    );
  }

  private async check(tx: Tx, actor: Actor, paper: ContributionPaperRow, { signedBy, signedOn, readBack }: TypeContribution): Promise<void> {
    const agreement = await agreementInState(tx, paper.poolId, 'in-force');
    checkSigned(await signedFactsOf(tx, this.grants, actor, paper, { agreement: agreement?.id, signedBy }), { signedBy, signedOn, readBack }, dayOf(tx.now));
  }

  private async putIn(tx: Tx, actor: Actor, pool: PoolRow, member: MemberRow, command: TypeContribution): Promise<ContributionView> {
    const { line, planLineId } = await this.sourceOf(tx, member, command);
    const shareBook = bookOfShare(line, pool.moneyHolderBookId);
    const books = [...new Set([line.bookId, shareBook])];
    await tx.alsoSee({ books });
    // On paper nobody gives a card: what has to travel goes by bank transfer, as the sheet says.
    const way = shareBook === line.bookId ? {} : { by: 'bank' as const };
    const asked = { actor, command: { poolId: pool.id, lineId: line.id, planLineId, amountPence: command.amountPence, ...way }, line, books };
    const [outcome] = await this.batch.make(tx, pool.id, [asked]);
    if ('refusal' in outcome!) throw asTyperReads(outcome.refusal, member.firstName);
    return outcome!.answer;
  }

  /** The money that was named, or the only one that can be meant: of several, the one that was put in from before. */
  private async sourceOf(tx: Tx, member: MemberRow, { lineId, planLineId }: TypeContribution): Promise<Source> {
    const all = await this.sourcesOf(tx, member);
    const named = all.filter((each) => (lineId === undefined || each.lineId === lineId) && (planLineId === undefined || each.planLineId === planLineId));
    const shares = named.length < 2 ? [] : await shareRows(tx, member.poolId, member.personId);
    const used = named.filter((each) => shares.some((share) => share.lineId === each.lineId && share.planLineId === each.planLineId));
    const [only, second] = used.length === 1 ? used : named;
    if (all.length === 0) throw asTyperReads(refused('line-ended', ''), member.firstName);
    if (!only || second)
      throw invalid('source-needed', 'Say which money it is.', [
        { field: 'planLineId', message: 'Choose what the paper says it is for. If it does not say, ask the person' },
      ]);
    return only;
  }

  private async sourcesOf(tx: Tx, { personId }: Pick<MemberRow, 'personId'>): Promise<Source[]> {
    const lines = await this.budgets.openLinesOf(tx, personId, dayOf(tx.now));
    const services = await this.plans.linesOf(tx, [...new Set(lines.map((line) => line.planId))]);
    return lines.flatMap((line) =>
      services
        .filter((each) => each.planId === line.planId)
        .map(({ id, service }) => ({ line, lineId: line.id, lineName: line.name, planLineId: id, service })),
    );
  }

  private async write(tx: Tx, actor: Actor, paper: ContributionPaperRow, command: TypeContribution, view: ContributionView): Promise<void> {
    const { poolId, personId } = paper;
    const { signedBy, signedOn, amountPence } = command;
    tx.write(
      'update contribution_paper set typed_at = $2, typed_by = $3, signed_by = $4, signed_on = $5, amount_pence = $6, contribution_id = $7 where id = $1 and typed_at is null',
      [paper.id, tx.now, actor.id, signedBy, signedOn, String(amountPence), view.contributionId],
    );
    await writeHistory(tx, actor, [{ poolId, noun: 'contribution', nounId: view.contributionId, personId, action: 'type-in', to: view.state }]);
    await announce(tx, {
      name: 'paperTyped',
      about: { pools: [poolId], people: [personId] },
      payload: { poolId, personIds: [personId], what: 'money', contributionId: view.contributionId, amountPence: penceAsNumber(amountPence), signedOn },
    });
    await this.audit.record(tx, actor, {
      action: 'pool:type-contribution',
      noun: 'contribution',
      nounId: view.contributionId,
      pool: poolId,
      about: personId,
      facts: { reference: paper.reference, signedBy, signedOn, amountPence: penceAsNumber(amountPence) },
    });
  }
}

/** What `checkSigned` looks at, of any signed sheet; `agreement` is the version in force. The transaction sees the person. */
export async function signedFactsOf(
  tx: Tx,
  grants: Grants,
  actor: Actor,
  paper: Pick<ContributionPaperRow, 'personId' | 'agreementId' | 'printedAt' | 'typedAt'>,
  { agreement, signedBy }: { readonly agreement: string | undefined; readonly signedBy: Signer },
): Promise<SignedFacts> {
  return {
    printedOn: dayOf(paper.printedAt),
    isTyped: paper.typedAt !== null,
    isOfAgreementInForce: agreement === paper.agreementId,
    isOwn: paper.personId === actor.id,
    others: signedBy === 'member' ? 0 : (await grants.holdersOf(tx, signedBy, paper.personId)).filter((holder) => holder !== actor.id).length,
  };
}

const payersOf = async (tx: Tx, pool: PoolId): Promise<MemberRow[]> => (await membersOf(tx, pool)).filter((member) => member.state === 'member' && member.pays);

const paperOf = (row: ContributionPaperRow, member: MemberRow, isCurrent: boolean): ContributionPaper => ({
  firstName: member.firstName,
  joinOrder: member.joinOrder,
  reference: row.reference,
  isTyped: row.typedAt !== null,
  printedOn: dayOf(row.printedAt),
  lastDay: lastDayOf(dayOf(row.printedAt)),
  isCurrent,
});
