import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import type { Actor, PersonId } from '../../kernel/index.js';
import { addMonths, forbidden, isId, notFound } from '../../kernel/index.js';
import type { Book } from '../../ledger/index.js';
import { Books } from '../../ledger/index.js';
import { Database, idOf } from '../../platform/index.js';
import { Agreements } from '../../pools/index.js';
import { table } from '../blocks/index.js';
import type { FormBody, SeeOther } from '../form-body.js';
import { seeOther, textOf, withFormKey } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import type { AgreementTyped } from './agreement.form.js';
import { FIRST_TERMS, formatItems, readAgreement, readAssent, worded } from './agreement.form.js';
import type { Named } from './agreement.settings.js';
import { fieldsShown, NOBODY, settingsAsTyped } from './agreement.settings.js';
import { agreementPage, easyAgreement } from './agreement.view.js';
import { PoolReader } from './pool-facts.js';
import type { PoolFacts } from './pool-facts.js';
import { AGREEMENT_WORDS, POOL_DONE } from './pool.words.js';
import { poolHead } from './pool.view.js';

/** The agreement: reading it, agreeing to it, and writing a new version. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class AgreementPage {
  constructor(
    private readonly pages: Pages,
    private readonly reader: PoolReader,
    private readonly agreements: Agreements,
    private readonly books: Books,
    private readonly database: Database,
  ) {}

  @Get('pools/:id/agreement')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('id') id: string, @Query('done') done?: string): Promise<string> {
    return this.pages.whole(request, 'pool/agreement.njk', { ...(await this.model(request.actor!, id, {})), ...flashOf(POOL_DONE, done) });
  }

  @Post('pools/:id/agreement')
  @Redirect()
  async assent(@Req() request: SignedInRequest, @Param('id') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const typed = { format: textOf(body, 'format'), helpedBy: textOf(body, 'helpedBy') };
    const agreement = textOf(body, 'agreement');
    const { command, faults } = readAssent(body);
    return act({
      template: 'pool/agreement.njk',
      model: () => this.model(request.actor!, id, typed),
      faults: faults.length > 0 || isId(agreement) ? faults : [{ field: '', message: 'Open the page again and read the agreement first' }],
      command: async () => {
        const whom = await this.reader.forWhom(request.actor!, idOf<'pool'>(id));
        return this.agreements.assent(request.actor!, idOf<'agreement'>(agreement), { ...command, ...whom }, key);
      },
      next: ({ agreementState }) => (agreementState === 'in-force' ? seeOther(paths.pool(id), 'started') : seeOther(paths.poolPart(id, 'agreement'), 'agreed')),
    });
  }

  /** The agreement in short with a picture for each sentence, to read, to hear and to print. */
  @Get('pools/:id/agreement/easy-read')
  @Header('content-type', 'text/html; charset=utf-8')
  async showEasy(@Req() request: SignedInRequest, @Param('id') id: string): Promise<string> {
    const { pool } = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    const version = pool.agreements.find((each) => each.state === 'offered') ?? pool.agreements.find((each) => each.state === 'in-force');
    if (!version) throw notFound('The agreement');
    const holders = await this.holders(request.actor!);
    const holder = holders.find((book) => book.id === version.terms.moneyHolderBook)?.name ?? null;
    const page = { title: 'Our agreement in pictures', readAloud: true, back: { href: paths.poolPart(id, 'agreement'), text: 'Our agreement' } };
    return this.pages.show(request, 'pool/agreement-easy.njk', page, easyAgreement(pool, version, holder, request.actor!.id as PersonId));
  }

  @Get('pools/:id/agreement/new')
  @Header('content-type', 'text/html; charset=utf-8')
  async showNew(@Req() request: SignedInRequest, @Param('id') id: string): Promise<string> {
    const { facts, people } = await this.toWrite(request.actor!, id);
    return this.pages.whole(request, 'pool/agreement-new.njk', await this.newModel(request.actor!, facts, people, startingWords(facts, people)));
  }

  @Post('pools/:id/agreement/new')
  @Redirect()
  async offer(@Req() request: SignedInRequest, @Param('id') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const { facts, people } = await this.toWrite(request.actor!, id);
    const { typed, command, faults } = readAgreement(body, people, facts.pool.agreements[0]?.terms ?? FIRST_TERMS);
    return act({
      template: 'pool/agreement-new.njk',
      model: () => this.newModel(request.actor!, facts, people, typed),
      faults,
      names: (field) => worded([{ field, message: '' }], people)[0]?.field ?? field,
      command: () => this.agreements.offer(request.actor!, idOf<'pool'>(id), command, key),
      next: () => seeOther(paths.poolPart(id, 'agreement'), 'offered'),
    });
  }

  private async toWrite(actor: Actor, id: string): Promise<{ facts: PoolFacts; people: Named }> {
    const facts = await this.reader.facts(actor, idOf<'pool'>(id));
    if (!facts.setsUp) throw forbidden();
    return { facts, people: await this.agreements.whom(actor, facts.pool.id) };
  }

  private async model(actor: Actor, id: string, typed: object) {
    const facts = await this.reader.facts(actor, idOf<'pool'>(id));
    const { pool } = facts;
    const names = new Map((await this.holders(actor)).map((book) => [book.id as string, book.name]));
    const holderOf = (book: string | null): string | null => (book === null ? null : (names.get(book) ?? null));
    const [now, older] = [pool.agreements.filter((each) => each.state !== 'superseded'), pool.agreements.filter((each) => each.state === 'superseded')];
    const olderTable = table({
      caption: 'Older versions',
      isCaptionHidden: true,
      head: [{ text: 'Version' }, { text: 'State' }, { text: 'Who agreed' }],
      rows: older.map((each) => [`Version ${each.version}`, AGREEMENT_WORDS.superseded.state, each.assented.join(', ') || 'Nobody']),
    });
    const mayWrite = facts.setsUp && ['forming', 'agreeing', 'active', 'frozen'].includes(pool.state);
    return withFormKey({
      title: 'Our agreement',
      readAloud: true,
      back: { href: paths.pool(id), text: pool.name },
      head: poolHead(pool, 'agreement'),
      versions: now.map((each) => agreementPage(pool, each, holderOf(each.terms.moneyHolderBook), actor.id as PersonId)),
      older,
      olderTable,
      formats: formatItems,
      typed,
      action: paths.poolPart(id, 'agreement'),
      easyHref: now.length ? paths.easyAgreement(id) : null,
      takeBackAction: paths.takeBackAssent(id),
      leaveHref: paths.poolPart(id, 'leave'),
      writeHref: mayWrite ? paths.writeAgreement(id) : null,
      writeText: now.length ? 'Write a new version' : 'Write the agreement',
    });
  }

  private async newModel(actor: Actor, { pool }: PoolFacts, people: Named, typed: AgreementTyped) {
    const books = (await this.holders(actor)).filter((book) => book.basis === 'cash' && book.organisationId !== null);
    const holders = [
      ...books.map((book) => ({ value: book.id as string, text: book.name, hint: 'Keeps each person’s part apart from the others’' })),
      { value: NOBODY, text: 'Nobody', hint: 'Each person keeps their own money and pays their part of each bill' },
    ];
    return withFormKey({
      title: pool.agreements.length ? 'Write a new version' : 'Write the agreement',
      back: { href: paths.poolPart(pool.id, 'agreement'), text: 'Our agreement' },
      head: poolHead(pool, 'agreement'),
      typed,
      fields: fieldsShown(people, holders, false),
      more: fieldsShown(people, holders, true),
      action: paths.writeAgreement(pool.id),
    });
  }

  private holders(actor: Actor): Promise<Book[]> {
    return this.database.read(actor, (tx) => this.books.all(tx));
  }
}

/** A new version begins as the last one; the first with what most groups choose. Days that are over are not asked for again. */
function startingWords({ pool, today }: PoolFacts, people: Named): AgreementTyped {
  const last = pool.agreements[0];
  const terms = last?.terms ?? FIRST_TERMS;
  const reviewOn = terms.reviewOn !== undefined && terms.reviewOn > today ? terms.reviewOn : addMonths(today, 6);
  const { trialUntil, ...rest } = terms;
  const isOnTrial = trialUntil !== undefined && trialUntil > today;
  return { text: last?.text ?? '', ...settingsAsTyped({ ...rest, reviewOn, ...(isOnTrial ? { trialUntil } : {}) }, people) };
}
