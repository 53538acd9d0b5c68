import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { PaperPacks } from '../../brokers/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { idsWith } from '../../identity/index.js';
import type { Actor, FieldFault, PoolId } from '../../kernel/index.js';
import { DomainError, forbidden, formatDay, notFound, typedReference } from '../../kernel/index.js';
import { Books } from '../../ledger/index.js';
import { Database, idOf } from '../../platform/index.js';
import { AgreementPapers, Decisions, PoolQueries } from '../../pools/index.js';
import type { FoundPaper } from '../../purchasing/index.js';
import { PoolPacks, SessionPapers } from '../../purchasing/index.js';
import type { FormBody, SeeOther } from '../form-body.js';
import { seeOther, textOf, withFormKey } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import { formatItems } from './agreement.form.js';
import { agreementPage } from './agreement.view.js';
import { readPaper, typedVote } from './decision.form.js';
import { choiceItems } from './decision.view.js';
import type { SheetTyped } from './papers.form.js';
import { readAssentSheet, readSessionSheet, typedSheet } from './papers.form.js';
import { PoolReader } from './pool-facts.js';
import { POOL_DONE } from './pool.words.js';

const SAID = [
  { value: 'right', text: 'Came, and it was right' },
  { value: 'not-right', text: 'Came, and it was not right' },
  { value: 'not-there', text: 'Was not there' },
];

/** A whole pool on paper, for its broker: sheets to print, and one page on which any of them is typed in. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class PapersPage {
  constructor(
    private readonly pages: Pages,
    private readonly reader: PoolReader,
    private readonly packs: PoolPacks,
    private readonly visits: PaperPacks,
    private readonly assents: AgreementPapers,
    private readonly decisions: Decisions,
    private readonly sessions: SessionPapers,
    private readonly pools: PoolQueries,
    private readonly books: Books,
    private readonly database: Database,
  ) {}

  @Get('pools/:id/pack')
  @Header('content-type', 'text/html; charset=utf-8')
  async print(@Req() request: SignedInRequest, @Param('id') id: string, @Query('for') whom?: string): Promise<string> {
    const actor = request.actor!;
    const facts = await this.reader.facts(actor, idOf<'pool'>(id));
    if (!facts.isBroker) throw forbidden();
    const { pool } = facts;
    const member = whom !== undefined && /^\d{1,5}$/.test(whom) ? Number(whom) : undefined;
    const pack = await this.packs.waiting(actor, pool.id, member);
    const names = new Map((await this.database.read(actor, (tx) => this.books.all(tx))).map((book) => [book.id as string, book.name]));
    const people = pool.members.filter((each) => each.state !== 'left');
    return this.pages.whole(
      request,
      'pool/pack.njk',
      withFormKey({
        title: 'Papers to print',
        back: { href: paths.poolPart(id, 'people'), text: pool.name },
        pool: pool.name,
        action: paths.poolPack(id),
        typeHref: paths.typeInPaper,
        all: { href: paths.poolPack(id), isCurrent: member === undefined },
        people: people.map((each) => ({
          firstName: each.firstName,
          href: `${paths.poolPack(id)}?for=${each.joinOrder}`,
          isCurrent: each.joinOrder === member,
        })),
        count: pack.assents.length + pack.votes.length + pack.sessions.length,
        assents: pack.assents.flatMap((paper) => {
          const agreement = pool.agreements.find((each) => each.id === paper.agreementId);
          const book = agreement?.terms.moneyHolderBook ?? null;
          return agreement ? [{ paper, page: agreementPage(pool, agreement, book === null ? null : (names.get(book) ?? null), paper.personId) }] : [];
        }),
        votes: pack.votes.map(({ decision, paper }) => ({ decision, paper, choices: choiceItems(decision.decide) })),
        sessions: pack.sessions.map((session) => ({ ...session, on: formatDay(session.day) })),
        formats: formatItems,
      }),
    );
  }

  @Post('pools/:id/pack')
  @Redirect()
  async make(@Req() request: SignedInRequest, @Param('id') id: string): Promise<SeeOther> {
    await this.packs.make(request.actor!, idOf<'pool'>(id));
    return seeOther(paths.poolPack(id));
  }

  /** Sheets of visits have a page of their own, which this one leads to. */
  @Get('papers')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Query('reference') reference?: string, @Query('done') done?: string): Promise<string> {
    return this.pages.whole(request, 'pool/paper-type-in.njk', {
      ...(await this.model(request.actor!, reference ?? '', typedSheet({}), typedVote({}))),
      ...flashOf(POOL_DONE, done),
    });
  }

  @Post('papers')
  @Redirect()
  async type(@Req() request: SignedInRequest, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const actor = request.actor!;
    const reference = textOf(body, 'reference');
    const [sheet, vote] = [typedSheet(body), typedVote(body)];
    const found = await this.packs.find(actor, reference);
    if (!found) throw notFound('The paper');
    const { faults, run } = this.commandOf(actor, found, sheet, vote, key);
    return act<unknown, SeeOther>({
      template: 'pool/paper-type-in.njk',
      model: () => this.model(actor, reference, sheet, vote),
      faults,
      names: { lines: `member-${found.kind === 'session' ? (found.paper.people[0]?.joinOrder ?? 1) : 1}` },
      command: run,
      next: () => seeOther(paths.typeInPaper, 'sheet-typed'),
    });
  }

  @Post('pools/:id/agreement/take-back')
  @Redirect()
  async takeBack(@Req() request: SignedInRequest, @Param('id') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const pool = idOf<'pool'>(id);
    const { personId } = await this.reader.forWhom(request.actor!, pool);
    await this.assents.takeBack(request.actor!, pool, idOf<'agreement'>(textOf(body, 'agreement')), personId, key);
    return seeOther(paths.poolPart(id, 'agreement'), 'assent-taken-back');
  }

  private commandOf(
    actor: Actor,
    found: FoundPaper,
    sheet: SheetTyped,
    vote: ReturnType<typeof typedVote>,
    key: string,
  ): { readonly faults: readonly FieldFault[]; readonly run: () => Promise<unknown> } {
    const { poolId, reference } = found;
    if (found.kind === 'agreement') {
      const { command, faults } = readAssentSheet(reference, sheet);
      return { faults, run: () => this.assents.type(actor, poolId, command, key) };
    }
    if (found.kind === 'session') {
      const { command, faults } = readSessionSheet(reference, sheet, found.paper.people);
      return { faults, run: () => this.sessions.type(actor, poolId, command, key) };
    }
    const { command, faults } = readPaper(reference, vote, found.paper.decision.ideas.length > 0);
    return { faults, run: () => this.decisions.typePaper(actor, poolId, command, key) };
  }

  private async model(actor: Actor, reference: string, sheet: SheetTyped, vote: ReturnType<typeof typedVote>) {
    if (idsWith(actor, 'pool:set-up', 'pool').length === 0 && !actor.grants.some((grant) => grant.role === 'broker')) throw forbidden();
    const found = reference === '' ? undefined : await this.packs.find(actor, reference);
    return withFormKey({
      title: 'Type in a paper',
      back: { href: paths.home, text: 'Home' },
      reference,
      action: paths.typeInPaper,
      isUnknown: reference !== '' && !found,
      isTyped: found?.isTyped ?? false,
      isOld: found?.kind === 'agreement' && !found.paper.isNewest,
      visitHref: found ? null : await this.visitOf(actor, reference),
      kind: found?.kind ?? null,
      heading: found ? await this.headingOf(actor, found) : '',
      sheet,
      vote,
      formats: formatItems,
      choices: found?.kind === 'vote' ? choiceItems(found.paper.decision.decide) : [],
      ideaItems: found?.kind === 'vote' ? found.paper.decision.ideas.map((idea) => ({ value: idea.id, text: idea.words })) : [],
      people:
        found?.kind === 'session'
          ? found.paper.people.map((each) => ({ ...each, name: `member-${each.joinOrder}`, value: sheet.lines[String(each.joinOrder)] ?? '' }))
          : [],
      said: SAID,
    });
  }

  /** Whose it is, and what it is about. */
  private async headingOf(actor: Actor, found: FoundPaper): Promise<string> {
    const name = await this.nameOf(actor, found.poolId);
    if (found.kind === 'agreement') return `${found.paper.firstName}: version ${found.paper.version} of the agreement of ${name}`;
    if (found.kind === 'vote') return `${found.paper.firstName}: ${found.paper.decision.question}`;
    return `${name}: ${found.paper.service} on ${formatDay(found.paper.day)}`;
  }

  private async nameOf(actor: Actor, pool: PoolId): Promise<string> {
    return (await this.pools.mine(actor)).find((each) => each.id === pool)?.name ?? 'the pool';
  }

  private async visitOf(actor: Actor, typed: string): Promise<string | null> {
    const reference = typedReference(typed, 'PCK');
    if (reference === undefined) return null;
    try {
      const { id, personId } = await this.visits.find(actor, reference);
      return paths.pack(personId, id, 'type');
    } catch (error) {
      if (error instanceof DomainError) return null;
      throw error;
    }
  }
}
