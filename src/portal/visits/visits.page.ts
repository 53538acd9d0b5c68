import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { EditsKept, VisitNoteId, VisitView } from '../../brokers/index.js';
import { SendEdits, VisitQueries, Visits } from '../../brokers/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { requireAccess } from '../../identity/index.js';
import { invalid, isId, newId } from '../../kernel/index.js';
import { Clock, idOf, readCommand } from '../../platform/index.js';
import type { Whose } from '../acting-for/whose.js';
import { WhosePages } from '../acting-for/whose.js';
import { NO_DATE } from '../blocks/index.js';
import { deskOf } from '../broker/desk.js';
import { seeOther, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act, flashOf, type Flashes } from '../shell/index.js';
import type { VisitTyped } from './visit.form.js';
import { readSettle, readVisit } from './visit.form.js';
import { formOf, noteTitle, readOf, STATES, toSettleOf, typedOver, visitCard } from './visits.view.js';

const DONE: Flashes = {
  kept: { kind: 'done', title: 'Your note is kept', text: 'Nothing of it stays on this device.' },
  settled: { kind: 'done', title: 'That is settled', text: 'What was written before is still under “Earlier words”.' },
};
const NOTHING_TYPED: VisitTyped = { day: NO_DATE, parts: new Map() };

/** Notes of visits: a broker writes them, also without signal and on two devices; the person reads them. */
@ApiExcludeController()
@Controller('people/:person/visits')
@UseGuards(PageSignedIn)
export class VisitsPage {
  constructor(
    private readonly pages: Pages,
    private readonly whosePages: WhosePages,
    private readonly queries: VisitQueries,
    private readonly visits: Visits,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async list(@Req() request: SignedInRequest, @Param('person') person: string, @Query('after') after?: string): Promise<string> {
    const whose = await this.whosePages.of(request.actor!, person);
    const { items, next } = await this.queries.notesOf(request.actor!, whose.id, { after: isId(after) ? after : undefined });
    const desk = deskOf(request.actor!, whose, 'visits');
    return this.pages.show(
      request,
      'visits/visits.njk',
      { ...this.parts(whose), title: desk.isPerson ? `Visits to ${whose.you}` : `My visits to ${whose.name}` },
      {
        desk,
        whose,
        notes: items.map((each) => visitCard(whose.id, each)),
        begin: paths.visit(whose.id, 'new'),
        pages: { what: 'visits', ...(after ? { first: paths.visits(whose.id) } : {}), ...(next ? { next: `${paths.visits(whose.id)}?after=${next}` } : {}) },
      },
    );
  }

  /** An empty note. Its id is made here, so that it can be written without signal and sent more than once. */
  @Get('new')
  @Header('content-type', 'text/html; charset=utf-8')
  async begin(@Req() request: SignedInRequest, @Param('person') person: string): Promise<string> {
    const whose = await this.whosePages.of(request.actor!, person);
    requireAccess(request.actor!, 'case:keep', { person: whose.id });
    return this.pages.whole(request, 'visits/visit.njk', this.model(request, whose, newId<'visit-note'>(), undefined, NOTHING_TYPED));
  }

  @Get(':note')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('person') person: string, @Param('note') note: string, @Query('done') done?: string): Promise<string> {
    const whose = await this.whosePages.of(request.actor!, person);
    const id = idOf<'visit-note'>(note);
    const found = await this.queries.note(request.actor!, whose.id, id);
    if (found.isMine) return this.pages.whole(request, 'visits/visit.njk', { ...this.model(request, whose, id, found, NOTHING_TYPED), ...flashOf(DONE, done) });
    return this.pages.show(
      request,
      'visits/read.njk',
      { ...this.parts(whose, paths.visits(whose.id)), title: noteTitle(found), readAloud: true },
      {
        desk: deskOf(request.actor!, whose, 'visits'),
        whose,
        by: found.brokerName,
        state: STATES[found.state],
        changedAt: found.changedAt,
        ...readOf(found.parts),
      },
    );
  }

  @Post(':note')
  @Redirect()
  async keep(@Req() request: SignedInRequest, @Param('person') person: string, @Param('note') note: string, @Body() body: FormBody): Promise<SeeOther> {
    const whose = await this.whosePages.of(request.actor!, person);
    const id = idOf<'visit-note'>(note);
    const { typed, command, faults } = readVisit(body);
    return act({
      template: 'visits/visit.njk',
      model: async () => this.model(request, whose, id, await this.ifThere(request, whose, id), typed),
      faults,
      command: () => this.visits.keep(request.actor!, whose.id, id, command),
      next: () => seeOther(paths.visit(whose.id, id), 'kept'),
    });
  }

  /** What the page's script sends once there is signal again: the same edits, as JSON. */
  @Post(':note/send')
  @HttpCode(200)
  async send(@Req() request: SignedInRequest, @Param('person') person: string, @Param('note') note: string, @Body() body: FormBody): Promise<EditsKept> {
    const whose = await this.whosePages.of(request.actor!, person);
    const { command, faults } = readCommand(SendEdits, body);
    if (faults.length > 0) throw invalid('invalid-fields', 'Some of what was sent needs to be put right.', faults);
    return this.visits.keep(request.actor!, whose.id, idOf<'visit-note'>(note), command);
  }

  @Post(':note/settle')
  @Redirect()
  async settle(@Req() request: SignedInRequest, @Param('person') person: string, @Param('note') note: string, @Body() body: FormBody): Promise<SeeOther> {
    const whose = await this.whosePages.of(request.actor!, person);
    const id = idOf<'visit-note'>(note);
    const { command, faults } = readSettle(body);
    return act({
      template: 'visits/visit.njk',
      model: async () => this.model(request, whose, id, await this.ifThere(request, whose, id), NOTHING_TYPED),
      faults,
      command: () => this.visits.keep(request.actor!, whose.id, id, command),
      next: () => seeOther(paths.visit(whose.id, id), 'settled'),
    });
  }

  private ifThere(request: SignedInRequest, whose: Whose, id: VisitNoteId): Promise<VisitView | undefined> {
    return this.queries.note(request.actor!, whose.id, id).catch(() => undefined);
  }

  private parts(whose: Whose, back?: string) {
    return { actingFor: whose.actingFor, back: back ? { href: back, text: 'Visits' } : { href: whose.isMine ? paths.home : paths.caseload, text: 'Back' } };
  }

  private model(request: SignedInRequest, whose: Whose, id: VisitNoteId, found: VisitView | undefined, typed: VisitTyped): PageParts & object {
    const parts = found?.parts ?? [];
    return {
      ...this.parts(whose, paths.visits(whose.id)),
      title: found ? noteTitle(found) : `A visit to ${whose.name}`,
      desk: deskOf(request.actor!, whose, 'visits'),
      whose,
      note: id,
      keeper: request.actor!.id,
      form: typedOver(formOf(parts, this.clock.today()), typed.parts, typed.day),
      toSettle: toSettleOf(parts),
      before: readOf(parts).before,
      actions: { keep: paths.visit(whose.id, id), send: paths.visitStep(whose.id, id, 'send'), settle: paths.visitStep(whose.id, id, 'settle') },
    } as PageParts & object;
  }
}
