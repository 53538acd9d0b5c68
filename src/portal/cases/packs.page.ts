import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { BrokerQueries, CaseQueries, PACK_QUESTIONS, PaperPacks } from '../../brokers/index.js';
import type { PackView } from '../../brokers/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { requireAccess } from '../../identity/index.js';
import { notFound } from '../../kernel/index.js';
import { Clock, idOf } from '../../platform/index.js';
import type { Whose } from '../acting-for/whose.js';
import { WhosePages } from '../acting-for/whose.js';
import { partsOfDay } from '../blocks/index.js';
import { deskOf } from '../broker/desk.js';
import { seeOther, textOf, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { interestSentence } from '../my-brokers/my-brokers.view.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act, flashOf, type Flashes } from '../shell/index.js';
import { NO_PACK, readPack, type PackTyped } from './cases.form.js';
import { packOf } from './cases.view.js';

const DONE: Flashes = {
  'taken-back': { kind: 'done', title: 'These sheets are taken back', text: 'Nobody waits for them any more.' },
};

/** Sheets to print for a visit, and typing back in what was written on them. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class PacksPage {
  constructor(
    private readonly pages: Pages,
    private readonly whosePages: WhosePages,
    private readonly queries: CaseQueries,
    private readonly packs: PaperPacks,
    private readonly brokers: BrokerQueries,
    private readonly clock: Clock,
  ) {}

  @Get('people/:person/packs')
  @Header('content-type', 'text/html; charset=utf-8')
  async list(@Req() request: SignedInRequest, @Param('person') person: string, @Query('done') done?: string): Promise<string> {
    const whose = await this.keeper(request, person);
    const packs = await this.queries.packsOf(request.actor!, whose.id);
    return this.pages.whole(
      request,
      'cases/packs.njk',
      withFormKey({
        ...this.parts(whose),
        title: 'On paper',
        desk: deskOf(request.actor!, whose, 'paper'),
        whose,
        packs: packs.map(packOf),
        make: paths.packs(whose.id),
        ...flashOf(DONE, done),
      }),
    );
  }

  @Post('people/:person/packs')
  @Redirect()
  async make(@Req() request: SignedInRequest, @Param('person') person: string, @Body() body: FormBody): Promise<SeeOther> {
    const whose = await this.keeper(request, person);
    const { id } = await this.packs.make(request.actor!, whose.id, takeFormKey(body));
    return seeOther(paths.pack(whose.id, id, 'print'));
  }

  @Get('people/:person/packs/:pack/print')
  @Header('content-type', 'text/html; charset=utf-8')
  async print(@Req() request: SignedInRequest, @Param('person') person: string, @Param('pack') id: string): Promise<string> {
    const { whose, pack } = await this.found(request, person, id);
    const me = (await this.brokers.appointmentsOf(request.actor!, whose.id)).find((each) => each.brokerId === request.actor!.id && each.state === 'in-force');
    const interests = await this.brokers.conflictsOf(request.actor!, request.actor!.id as never);
    return this.pages.show(
      request,
      'cases/pack.njk',
      { ...this.parts(whose, paths.packs(whose.id)), title: 'Sheets to print' },
      {
        whose,
        reference: pack.reference,
        broker: me?.brokerName ?? request.actor!.name ?? '',
        until: me?.untilDay ?? null,
        questions: PACK_QUESTIONS.map(({ asks }) => asks),
        interests: interests
          .filter((each) => each.endedOn === null)
          .map((each) => interestSentence(me?.brokerName ?? 'Your broker', { ...each, providerName: each.providerName ?? 'a provider' })),
      },
    );
  }

  @Get('people/:person/packs/:pack/type')
  @Header('content-type', 'text/html; charset=utf-8')
  async showType(@Req() request: SignedInRequest, @Param('person') person: string, @Param('pack') id: string): Promise<string> {
    const { whose, pack } = await this.found(request, person, id);
    return this.pages.whole(request, 'cases/type-pack.njk', this.typeModel(request, whose, pack, { ...NO_PACK, onDay: partsOfDay(this.clock.today()) }));
  }

  @Post('people/:person/packs/:pack/type')
  @Redirect()
  async typeBack(@Req() request: SignedInRequest, @Param('person') person: string, @Param('pack') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const { whose, pack } = await this.found(request, person, id);
    const { typed, command, faults } = readPack(body);
    return act({
      template: 'cases/type-pack.njk',
      model: () => this.typeModel(request, whose, pack, typed),
      faults,
      command: () => this.packs.typeBack(request.actor!, pack.id, command),
      next: ({ noteId }) => seeOther(paths.visit(whose.id, noteId), 'kept'),
    });
  }

  @Post('people/:person/packs/:pack/take-back')
  @Redirect()
  async takeBack(@Req() request: SignedInRequest, @Param('person') person: string, @Param('pack') id: string): Promise<SeeOther> {
    const { whose, pack } = await this.found(request, person, id);
    await this.packs.takeBack(request.actor!, pack.id);
    return seeOther(paths.packs(whose.id), 'taken-back');
  }

  /** Sheets came back: the code on them leads to whose they are. */
  @Get('packs')
  @Header('content-type', 'text/html; charset=utf-8')
  showCode(@Req() request: SignedInRequest): string {
    requireAccess(request.actor!, 'caseload:read', { site: true });
    return this.pages.whole(request, 'cases/pack-code.njk', this.codeModel(''));
  }

  @Post('packs')
  @Redirect()
  async byCode(@Req() request: SignedInRequest, @Body() body: FormBody): Promise<SeeOther> {
    requireAccess(request.actor!, 'caseload:read', { site: true });
    const code = textOf(body, 'code');
    return act({
      template: 'cases/pack-code.njk',
      model: () => this.codeModel(code),
      command: () => this.packs.find(request.actor!, code),
      next: ({ id, personId }) => seeOther(paths.pack(personId, id, 'type')),
    });
  }

  private codeModel(code: string) {
    return { title: 'Sheets that came back', back: { href: paths.chasing, text: 'What waits' }, code, action: paths.typePack };
  }

  private typeModel(request: SignedInRequest, whose: Whose, pack: PackView, typed: PackTyped): PageParts & object {
    if (pack.state !== 'out') throw notFound('The pack');
    return {
      ...this.parts(whose, paths.packs(whose.id)),
      title: `What ${whose.name} wrote`,
      desk: deskOf(request.actor!, whose, 'paper'),
      whose,
      reference: pack.reference,
      questions: PACK_QUESTIONS.map(({ field, asks }) => ({ field, asks, words: typed[field] })),
      typed,
      action: paths.pack(whose.id, pack.id, 'type'),
    } as PageParts & object;
  }

  private parts(whose: Whose, back?: string) {
    return { actingFor: whose.actingFor, back: back ? { href: back, text: 'On paper' } : { href: paths.caseload, text: 'Back' } };
  }

  private async keeper(request: SignedInRequest, person: string): Promise<Whose> {
    const whose = await this.whosePages.of(request.actor!, person);
    requireAccess(request.actor!, 'case:keep', { person: whose.id });
    return whose;
  }

  private async found(request: SignedInRequest, person: string, id: string): Promise<{ whose: Whose; pack: PackView }> {
    const whose = await this.keeper(request, person);
    return { whose, pack: await this.queries.pack(request.actor!, whose.id, idOf<'paper-pack'>(id)) };
  }
}
