import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { formatDay, notFound } from '../../kernel/index.js';
import { html, idOf } from '../../platform/index.js';
import { Sessions } from '../../purchasing/index.js';
import { money, stateTag, table } from '../blocks/index.js';
import type { FormBody, SeeOther } from '../form-body.js';
import { seeOther, withFormKey } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import { ProviderReader } from './provider-reader.js';
import type { SessionOfPurchase } from './provider.view.js';
import { PROVIDER_DONE, sessionsOf, sessionState, sessionsTable, toRecord } from './provider.view.js';

/** A provider's sessions, and recording one. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class ProviderSessionsPage {
  constructor(
    private readonly pages: Pages,
    private readonly reader: ProviderReader,
    private readonly sessions: Sessions,
  ) {}

  @Get('provider/sessions')
  @Header('content-type', 'text/html; charset=utf-8')
  async list(@Req() request: SignedInRequest, @Query('done') done?: string): Promise<string> {
    const facts = await this.reader.facts(request.actor!);
    const all = sessionsOf(facts);
    const of = (pick: (each: SessionOfPurchase) => boolean, caption: string, empty: string) => sessionsTable(all.filter(pick), facts.today, caption, empty);
    const past = of(({ session }) => session.state === 'invoiced', 'Sessions that are invoiced', '');
    return this.pages.show(
      request,
      'provider/sessions.njk',
      { title: 'Sessions', ...flashOf(PROVIDER_DONE, done) },
      {
        due: sessionsTable(toRecord(facts), facts.today, 'To be recorded', 'Nothing to record. A session can be recorded from its day on.'),
        waiting: of(({ session }) => ['recorded', 'confirmed', 'disputed'].includes(session.state), 'Recorded', ''),
        coming: of(({ session }) => session.state === 'planned' && session.day > facts.today, 'To come', 'No sessions are booked for later days.'),
        past,
        pastTable: table({ ...past, isCaptionHidden: true }),
      },
    );
  }

  @Get('provider/sessions/:session/record')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('session') session: string): Promise<string> {
    return this.pages.whole(request, 'provider/record.njk', await this.model(request, session));
  }

  @Post('provider/sessions/:session/record')
  @Redirect()
  async record(@Req() request: SignedInRequest, @Param('session') session: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const { purchase } = await this.found(request, session);
    return act({
      template: 'provider/record.njk',
      model: () => this.model(request, session),
      command: () => this.sessions.record(request.actor!, idOf<'session'>(session), purchase.id, key),
      next: () => seeOther(paths.providerSessions, 'recorded'),
    });
  }

  private async found(request: SignedInRequest, id: string) {
    const facts = await this.reader.facts(request.actor!);
    const found = sessionsOf(facts).find(({ session }) => session.id === id);
    if (!found) throw notFound('The session');
    return { ...found, today: facts.today };
  }

  private async model(request: SignedInRequest, id: string) {
    const { purchase, session, today } = await this.found(request, id);
    return withFormKey({
      title: `${purchase.service} on ${formatDay(session.day)}`,
      back: { href: paths.providerSessions, text: 'Sessions' },
      action: paths.recordSession(id),
      backLink: html`<a href="${paths.providerSessions}">Not now</a>`,
      mayRecord: session.state === 'planned' && session.day <= today,
      whyNot: session.state === 'planned' ? 'This session is still to come.' : 'This session is recorded already.',
      rows: [
        { key: 'What', value: purchase.service },
        { key: 'When', value: formatDay(session.day) },
        { key: 'Session', value: `${session.number} of ${purchase.sessions.length}` },
        { key: 'Set aside for it', value: money(session.setAside) },
        { key: 'State', value: stateTag(sessionState(session, today)) },
      ],
    });
  }
}
