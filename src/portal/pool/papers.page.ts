import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { BrokerQueries, PaperPacks } from '../../brokers/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { idsWith } from '../../identity/index.js';
import type { Actor, FieldFault, PoolId } from '../../kernel/index.js';
import { DomainError, forbidden, formatDay, notFound, typedReference } from '../../kernel/index.js';
import { Books } from '../../ledger/index.js';
import { Database, FormInvalid, idOf } from '../../platform/index.js';
import { AgreementPapers, ContributionPapers, Decisions, PoolQueries } from '../../pools/index.js';
import { ProviderQueries } from '../../providers/index.js';
import type { FoundPaper } from '../../purchasing/index.js';
import { PoolPacks, QuotePapers, SessionPapers } from '../../purchasing/index.js';
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
import { readAssentSheet, readSessionSheet, typedSheet } from './papers.form.js';
import { interestSentence } from '../my-brokers/my-brokers.view.js';
import type { PoolFacts } from './pool-facts.js';
import { PoolReader } from './pool-facts.js';
import { POOL_DONE } from './pool.words.js';
import { choosingInWords } from './quotes.view.js';
import { readMoneySheet, readQuoteSheet, typedSigned } from './signed-papers.form.js';
import { numbered, quoteSheets, signedItems, whyOld } from './signed-papers.view.js';

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
    private readonly money: ContributionPapers,
    private readonly quotes: QuotePapers,
    private readonly directory: ProviderQueries,
    private readonly brokers: BrokerQueries,
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
        count: pack.assents.length + pack.votes.length + pack.sessions.length + pack.quotes.length + pack.money.length,
        mayPutIn: pool.state === 'active',
        money: pack.money,
        quotes: quoteSheets(pack.quotes, facts),
        interests: pack.quotes.length > 0 ? await this.interestsOf(facts) : [],
        choosing: choosingInWords(facts),
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
  async make(@Req() request: SignedInRequest, @Param('id') id: string, @Body() body: FormBody): Promise<SeeOther> {
    await this.packs.make(request.actor!, idOf<'pool'>(id), { withMoney: textOf(body, 'withMoney') === 'yes' });
    return seeOther(paths.poolPack(id));
  }

  /** Sheets of visits have a page of their own, which this one leads to. */
  @Get('papers')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Query() query: FormBody): Promise<string> {
    const done = textOf(query, 'done');
    return this.pages.whole(request, 'pool/paper-type-in.njk', {
      ...(await this.model(request.actor!, textOf(query, 'reference'), {})),
      ...flashOf(POOL_DONE, done === '' ? undefined : done),
    });
  }

  /** What somebody signed is read back before it goes in, or is put right with what was typed still there. Sent as a form: how much somebody puts in, and what they say to a quote, is not to stand in an
   *  address, which a browser remembers. */
  @Post('papers/check')
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  async check(@Req() request: SignedInRequest, @Body() body: FormBody): Promise<string> {
    takeFormKey(body);
    const model = await this.model(request.actor!, textOf(body, 'reference'), body, !('again' in body));
    if ('errors' in model) throw new FormInvalid('pool/paper-type-in.njk', model);
    return this.pages.whole(request, 'pool/paper-type-in.njk', model);
  }

  @Post('papers')
  @Redirect()
  async type(@Req() request: SignedInRequest, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const actor = request.actor!;
    const reference = textOf(body, 'reference');
    const found = await this.packs.find(actor, reference);
    if (!found) throw notFound('The paper');
    const { faults, run } = this.commandOf(actor, found, body, key);
    return act<unknown, SeeOther>({
      template: 'pool/paper-type-in.njk',
      model: () => this.model(actor, reference, body),
      faults,
      names: {
        lines: `member-${found.kind === 'session' ? (found.paper.people[0]?.joinOrder ?? 1) : 1}`,
        amountPence: 'amount',
        planLineId: 'source',
        quoteId: 'quote',
      },
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
    body: FormBody,
    key: string,
  ): { readonly faults: readonly FieldFault[]; readonly run: () => Promise<unknown> } {
    const { poolId, reference } = found;
    switch (found.kind) {
      case 'agreement': {
        const { command, faults } = readAssentSheet(reference, typedSheet(body));
        return { faults, run: () => this.assents.type(actor, poolId, command, key) };
      }
      case 'session': {
        const { command, faults } = readSessionSheet(reference, typedSheet(body), found.paper.people);
        return { faults, run: () => this.sessions.type(actor, poolId, command, key) };
      }
      case 'money': {
        const { command, faults } = readMoneySheet(reference, typedSigned(body), found);
        return { faults, run: () => this.money.type(actor, poolId, command, key) };
      }
      case 'quote': {
        const { command, faults } = readQuoteSheet(reference, typedSigned(body), found, () => '');
        return { faults, run: () => this.quotes.type(actor, poolId, command, key) };
      }
      case 'vote': {
        const { command, faults } = readPaper(reference, typedVote(body), found.paper.decision.ideas.length > 0);
        return { faults, run: () => this.decisions.typePaper(actor, poolId, command, key) };
      }
    }
  }

  private async model(actor: Actor, reference: string, typed: FormBody, isCheck = false) {
    if (idsWith(actor, 'pool:set-up', 'pool').length === 0 && !actor.grants.some((grant) => grant.role === 'broker')) throw forbidden();
    const found = reference === '' ? undefined : await this.packs.find(actor, reference);
    const sheet = typedSheet(typed);
    const quotes = found?.kind === 'quote' ? numbered(found.paper, await this.directory.named(found.paper.quotes.map((each) => each.providerId))) : [];
    return withFormKey({
      title: 'Type in a paper',
      back: { href: paths.home, text: 'Home' },
      reference,
      action: paths.typeInPaper,
      checkAction: paths.checkPaper,
      isUnknown: reference !== '' && !found,
      isTyped: found?.isTyped ?? false,
      old: whyOld(found),
      visitHref: found ? null : await this.visitOf(actor, reference),
      kind: found?.kind ?? null,
      heading: found ? await this.headingOf(actor, found) : '',
      sheet,
      vote: typedVote(typed),
      formats: formatItems,
      choices: found?.kind === 'vote' ? choiceItems(found.paper.decision.decide) : [],
      ideaItems: found?.kind === 'vote' ? found.paper.decision.ideas.map((idea) => ({ value: idea.id, text: idea.words })) : [],
      people:
        found?.kind === 'session'
          ? found.paper.people.map((each) => ({ ...each, name: `member-${each.joinOrder}`, value: sheet.lines[String(each.joinOrder)] ?? '' }))
          : [],
      said: SAID,
      signed: typedSigned(typed),
      items: signedItems(found, quotes),
      ...(isCheck ? this.readBackOf(found, typed, (id) => quotes.find((quote) => quote.value === id)?.text ?? '') : { readBack: null }),
    });
  }

  /** What was typed from a signed sheet, in rows to be held against it; or what must be put right first. */
  private readBackOf(found: FoundPaper | undefined, typed: FormBody, wordsOf: (quoteId: string) => string) {
    if (found?.kind !== 'money' && found?.kind !== 'quote') return { readBack: null };
    const signed = typedSigned(typed);
    const { faults, rows } = found.kind === 'money' ? readMoneySheet(found.reference, signed, found) : readQuoteSheet(found.reference, signed, found, wordsOf);
    return faults.length > 0 ? { readBack: null, errors: faults } : { readBack: rows() };
  }

  /** What the pool's broker has declared of the providers on a sheet: it is printed before the quotes (RULE 20). */
  private async interestsOf({ pool, eyes, quotes }: PoolFacts): Promise<string[]> {
    if (pool.brokerId === null) return [];
    const found = await this.brokers.interestsOf(
      eyes,
      pool.brokerId,
      quotes.map((quote) => quote.providerId),
    );
    return found.map((each) => interestSentence('The broker of this pool', each));
  }

  /** Whose it is, and what it is about. */
  private async headingOf(actor: Actor, found: FoundPaper): Promise<string> {
    const name = await this.nameOf(actor, found.poolId);
    if (found.kind === 'agreement') return `${found.paper.firstName}: version ${found.paper.version} of the agreement of ${name}`;
    if (found.kind === 'vote') return `${found.paper.firstName}: ${found.paper.decision.question}`;
    if (found.kind === 'money') return `${found.paper.firstName}: putting money into ${name}`;
    if (found.kind === 'quote') return `${found.paper.firstName}: choosing a quote for ${name}`;
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
