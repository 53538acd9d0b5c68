import { Controller, Get, Header, Param, Query, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { paths } from '../paths.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import type { Flashes } from '../shell/index.js';
import { flashOf } from '../shell/index.js';
import { PersonReader } from './person-reader.js';
import { personView } from './person.view.js';

const DONE: Flashes = {
  drafted: { kind: 'done', title: 'The draft is saved', text: 'Read it together with the person. Then decide about it.' },
  agreed: { kind: 'done', title: 'The plan is agreed', text: 'It is stored as a decision of the board, with your reason. The next step is to fund it.' },
  funded: {
    kind: 'done',
    title: 'The plan is funded',
    text: 'The person sees the money at once. Money that has to be paid into a bank account shows as still to come until it arrives there.',
  },
  reviewed: { kind: 'done', title: 'The review is recorded', text: 'The plan goes on until its next review.' },
  reduced: { kind: 'done', title: 'The money is reduced', text: 'The person sees the new sum at once. We tell them the reasons in the way they asked for.' },
  reclaimed: {
    kind: 'done',
    title: 'The money is asked back',
    text: 'What was free has gone back; the rest stays asked. We tell the person the reasons and the day in the way they asked for.',
  },
  suspended: {
    kind: 'done',
    title: 'The money is suspended',
    text: 'Nothing new can be bought. What is committed is still paid. The review is by the day you gave. We tell the person why.',
  },
  resumed: { kind: 'done', title: 'The suspension is lifted', text: 'The money can be used again, and we tell the person so.' },
  stopped: {
    kind: 'done',
    title: 'The stop is decided',
    text: 'From its day on nothing new can be bought. We tell the person why. Say now how the needs are met instead.',
  },
};

/** One person of the board: how to reach them, plans, money and what was decided. */
@ApiExcludeController()
@Controller('people/:person')
@UseGuards(PageSignedIn)
export class PersonPage {
  constructor(
    private readonly pages: Pages,
    private readonly reader: PersonReader,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('person') id: string, @Query('done') done?: string): Promise<string> {
    const facts = await this.reader.facts(request.actor!, id);
    const { firstName, familyName } = facts.person;
    const parts = {
      title: `${firstName} ${familyName}`,
      isWide: true,
      back: { href: paths.people, text: 'Back to people and plans' },
      ...flashOf(DONE, done),
    };
    return this.pages.show(request, 'people/person.njk', parts, personView(facts));
  }
}
