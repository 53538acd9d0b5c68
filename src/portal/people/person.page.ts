import { Controller, Get, Header, Param, Query, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { paths } from '../paths.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import type { Flash } from '../shell/index.js';
import { PersonReader } from './person-reader.js';
import { personView } from './person.view.js';

const DONE: Readonly<Record<string, Flash>> = {
  drafted: { kind: 'done', title: 'The draft is saved', text: 'Read it together with the person. Then decide about it.' },
  agreed: { kind: 'done', title: 'The plan is agreed', text: 'It is stored as a decision of the board, with your reason. The next step is to fund it.' },
  funded: {
    kind: 'done',
    title: 'The plan is funded',
    text: 'The person sees the money at once. Money that has to be paid into a bank account shows as still to come until it arrives there.',
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
    const flash = done !== undefined && Object.hasOwn(DONE, done) ? DONE[done] : undefined;
    const parts = {
      title: `${firstName} ${familyName}`,
      isWide: true,
      back: { href: paths.people, text: 'Back to people and plans' },
      ...(flash ? { flash } : {}),
    };
    return this.pages.show(request, 'people/person.njk', parts, personView(facts));
  }
}
