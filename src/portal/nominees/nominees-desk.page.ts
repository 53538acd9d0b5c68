import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Authorities, NominationView } from '../../holders/index.js';
import { AuthorityQueries, Nominations, Nominees } from '../../holders/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { can } from '../../identity/index.js';
import type { PersonId } from '../../kernel/index.js';
import { formatDay, isId, notFound } from '../../kernel/index.js';
import { idOf } from '../../platform/index.js';
import { another } from '../acting-for/whose.js';
import { NO_DATE } from '../blocks/index.js';
import { seeOther, textOf, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { PersonReader } from '../people/person-reader.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act, flashOf, type Flashes } from '../shell/index.js';
import { readEnd, readRecorded, readTurnedDown, type Ending, type Recorded } from './nominees.form.js';
import { actingWords, onWords, thenWords } from './nominees.view.js';

const DONE: Flashes = {
  recorded: {
    kind: 'done',
    title: 'The nomination is recorded',
    text: 'They see the plan and the money from now on. Say on the page of the account whether they hold it.',
  },
  'turned-down': { kind: 'done', title: 'The answer is recorded', text: 'The person reads your reason.' },
  ended: {
    kind: 'done',
    title: 'The nomination has ended',
    text: 'Their rights over plan, money and account ended at once. The plan is due for review; think there whether the direct payment has to stop.',
  },
};
const TEMPLATE = 'nominees/nominees-desk.njk';

interface Typed {
  readonly recorded: Recorded;
  readonly answer: string;
  readonly ending: Ending;
}

const NOTHING: Typed = { recorded: { username: '', agreedOn: NO_DATE, reason: '' }, answer: '', ending: { of: '', words: '' } };

/** Who acts for a person, for the staff of their board: what the person asked for is answered here, and nominations begin and end. */
@ApiExcludeController()
@Controller('people/:person/nominees')
@UseGuards(PageSignedIn)
export class NomineesDeskPage {
  constructor(
    private readonly pages: Pages,
    private readonly reader: PersonReader,
    private readonly authorities: AuthorityQueries,
    private readonly nominations: Nominations,
    private readonly nominees: Nominees,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('person') person: string, @Query('done') done?: string): Promise<string> {
    return this.pages.whole(request, TEMPLATE, { ...(await this.model(request, person, NOTHING)), ...flashOf(DONE, done) });
  }

  @Post()
  @Redirect()
  async record(@Req() request: SignedInRequest, @Param('person') person: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const nomination = textOf(body, 'nomination');
    const { typed, command, faults } = readRecorded(body, isId(nomination) ? nomination : undefined);
    return act({
      template: TEMPLATE,
      model: () => this.model(request, person, { ...NOTHING, recorded: typed }),
      faults,
      names: { nomineeAgreedOn: 'agreedOn' },
      command: () => this.nominees.nominate(request.actor!, idOf<'person'>(person), command, key),
      next: () => seeOther(paths.nominees(person), 'recorded'),
    });
  }

  @Post('turn-down')
  @Redirect()
  async turnDown(@Req() request: SignedInRequest, @Param('person') person: string, @Body() body: FormBody): Promise<SeeOther> {
    const { typed, command, faults } = readTurnedDown(body);
    return act({
      template: TEMPLATE,
      model: () => this.model(request, person, { ...NOTHING, answer: typed }),
      faults,
      names: { reason: 'answer' },
      command: () => this.nominations.turnDown(request.actor!, idOf<'nomination'>(textOf(body, 'nomination')), command),
      next: () => seeOther(paths.nominees(person), 'turned-down'),
    });
  }

  @Post(':nominee/end')
  @Redirect()
  async end(@Req() request: SignedInRequest, @Param('person') person: string, @Param('nominee') nominee: string, @Body() body: FormBody): Promise<SeeOther> {
    const { typed, command, faults } = readEnd(body, nominee);
    return act({
      template: TEMPLATE,
      model: () => this.model(request, person, { ...NOTHING, ending: typed }),
      faults,
      command: () => this.nominees.end(request.actor!, idOf<'person'>(person), idOf<'person'>(nominee), command),
      next: () => seeOther(paths.nominees(person), 'ended'),
    });
  }

  private async model(request: SignedInRequest, id: string, typed: Typed): Promise<PageParts> {
    const { person, icb } = await this.reader.facts(request.actor!, id);
    if (!can(request.actor!, 'nominee:record', { icb })) throw notFound('The page');
    const found = await this.authorities.of(request.actor!, person.id);
    return withFormKey({
      title: `Who acts for ${person.firstName}`,
      back: { href: paths.person(person.id), text: `Back to ${person.firstName} ${person.familyName}` },
      firstName: person.firstName,
      here: paths.nominees(person.id),
      account: paths.ownAccount(person.id),
      ...deskView(person, found),
      typed,
    });
  }
}

function deskView(person: { id: PersonId; firstName: string; familyName: string }, { items, nominations }: Authorities): object {
  const whose = another(person.id, person.firstName, person.familyName, '');
  return {
    acting: items.map((each) => ({
      id: each.personId,
      name: each.name,
      as: actingWords(each.as),
      since: formatDay(each.since),
      on: onWords(each, whose),
      then: each.mayEnd ? thenWords(each, whose) : null,
      action: paths.endNominee(person.id, each.personId, 'nominees'),
    })),
    asked: nominations.filter((each) => each.state === 'asked').map(askedView)[0] ?? null,
  };
}

const askedView = (nomination: NominationView): object => ({ ...nomination, askedOn: formatDay(nomination.askedOn) });
