import { Controller, Get, Header, Query, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { IcbPeople } from '../../insight/index.js';
import { formatDay } from '../../kernel/index.js';
import { html } from '../../platform/index.js';
import { paths } from '../paths.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';

/** For a safeguarding lead, who sees no list of people: finding the person whose part of a pool is to be stopped. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class FindPartPage {
  constructor(
    private readonly pages: Pages,
    private readonly people: IcbPeople,
  ) {}

  @Get('pool-parts')
  @Header('content-type', 'text/html; charset=utf-8')
  async find(@Req() request: SignedInRequest, @Query('name') sent?: string): Promise<string> {
    const name = typeof sent === 'string' ? sent.trim().slice(0, 80) : '';
    const { items, hasMore } = await this.people.inPools(request.actor!, name);
    return this.pages.show(
      request,
      'people/find-part.njk',
      { title: 'Stop a part of a pool', back: { href: paths.home, text: 'Home' } },
      {
        name,
        hasMore,
        action: paths.findPart,
        people: {
          caption: 'People in a pool whose name begins so',
          head: [{ text: 'Name' }, { text: 'Born' }],
          hasRowHeaders: true,
          rows: items.map((person) => [
            html`<a href="${paths.poolParts(person.id)}">${`${person.firstName} ${person.familyName}`}</a>`,
            person.bornOn ? formatDay(person.bornOn) : 'Not known',
          ]),
          empty: 'Nobody in a pool has a name that begins so. Type two letters at least.',
        },
      },
    );
  }
}
