import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { AppointBroker, BrokerQueries, Brokers, COVERS } from '../../brokers/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { can, requireAccess } from '../../identity/index.js';
import { isId } from '../../kernel/index.js';
import { Clock, idOf, readCommand } from '../../platform/index.js';
import type { Whose } from '../acting-for/whose.js';
import { WhosePages } from '../acting-for/whose.js';
import { sentence } from '../blocks/index.js';
import { deskOf } from '../broker/desk.js';
import { listOf, seeOther, textOf, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import { BROKERS_DONE, choiceOf, COVER_WORDS, interestSentence, myBrokers } from './my-brokers.view.js';

interface Typed {
  readonly broker: string;
  readonly covers: readonly string[];
}

const NO_FAULTS: Readonly<Record<string, string>> = { brokerId: 'Choose a broker', covers: 'Tick at least one thing the broker may help with' };

/** Who helps a person, ended in one step; and choosing another. */
@ApiExcludeController()
@Controller('people/:person/brokers')
@UseGuards(PageSignedIn)
export class MyBrokersPage {
  constructor(
    private readonly pages: Pages,
    private readonly whosePages: WhosePages,
    private readonly queries: BrokerQueries,
    private readonly brokers: Brokers,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('person') person: string, @Query('done') done?: string, @Query('after') after?: string): Promise<string> {
    const whose = await this.of(request, person);
    const model = await this.model(request, whose, { broker: '', covers: [] }, isId(after) ? after : undefined);
    return this.pages.whole(request, 'my-brokers/my-brokers.njk', { ...model, ...flashOf(BROKERS_DONE, done) });
  }

  /** One press, no question, no reason. */
  @Post(':appointment/end')
  @Redirect()
  async end(@Req() request: SignedInRequest, @Param('person') person: string, @Param('appointment') appointment: string): Promise<SeeOther> {
    const whose = await this.of(request, person);
    await this.brokers.end(request.actor!, idOf<'appointment'>(appointment));
    return seeOther(paths.brokersOf(whose.id), 'ended');
  }

  @Post()
  @Redirect()
  async appoint(@Req() request: SignedInRequest, @Param('person') person: string, @Body() body: FormBody): Promise<SeeOther> {
    const whose = await this.of(request, person);
    const key = takeFormKey(body);
    const typed = { broker: textOf(body, 'broker'), covers: listOf(body, 'covers') };
    const { command, faults } = readCommand(AppointBroker, { brokerId: typed.broker, covers: typed.covers });
    return act({
      template: 'my-brokers/my-brokers.njk',
      model: () => this.model(request, whose, typed),
      faults: faults.map(({ field, message }) => ({ field, message: NO_FAULTS[field] ?? message })),
      names: { brokerId: 'broker' },
      command: () => this.brokers.appoint(request.actor!, whose.id, command, key),
      next: () => seeOther(paths.brokersOf(whose.id), 'appointed'),
    });
  }

  private async of(request: SignedInRequest, person: string): Promise<Whose> {
    const whose = await this.whosePages.of(request.actor!, person);
    requireAccess(request.actor!, 'case:read', { person: whose.id });
    return whose;
  }

  private async model(request: SignedInRequest, whose: Whose, typed: Typed, after?: string): Promise<PageParts> {
    const actor = request.actor!;
    const appointments = await this.queries.appointmentsOf(actor, whose.id);
    const { items, next } = await this.queries.register(actor, { after });
    const mayEnd = can(actor, 'appointment:make', { person: whose.id });
    const helping = new Set(appointments.filter((each) => each.state === 'in-force').map((each) => each.brokerId));
    const interests: string[] = [];
    for (const each of appointments.filter((one) => helping.has(one.brokerId) && one.state === 'in-force'))
      for (const { providerName, endedOn, ...interest } of await this.queries.conflictsOf(actor, each.brokerId))
        if (endedOn === null) interests.push(interestSentence(each.brokerName, { ...interest, providerName: providerName ?? 'a provider' }));
    return withFormKey({
      title: whose.isMine ? 'My brokers' : `${whose.my} brokers`,
      actingFor: whose.actingFor,
      readAloud: true,
      back: { href: whose.isMine ? paths.home : paths.homeOf(whose.id), text: 'Home' },
      desk: deskOf(actor, whose, 'brokers'),
      whose,
      ...myBrokers(appointments, whose.id, mayEnd, this.clock.today()),
      interests,
      mayEnd,
      choices: items.filter((each) => !helping.has(each.id) && each.id !== actor.id).map(choiceOf),
      covers: COVERS.map((value) => ({ value, text: sentence(COVER_WORDS[value]) })),
      typed,
      action: paths.brokersOf(whose.id),
      pages: {
        what: 'brokers',
        ...(next ? { next: `${paths.brokersOf(whose.id)}?after=${next}` } : {}),
        ...(after ? { first: paths.brokersOf(whose.id) } : {}),
      },
    });
  }
}
