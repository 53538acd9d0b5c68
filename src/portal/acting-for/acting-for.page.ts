import { Controller, Get, Header, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import type { Actor } from '../../kernel/index.js';
import { lifeOf } from '../nav.js';
import { paths } from '../paths.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import type { Whose } from './whose.js';
import { WhosePages } from './whose.js';

export interface ActingForView {
  /** The actor's own life, when they have one here. */
  readonly own: { readonly name: string; readonly href: string } | null;
  readonly others: readonly { readonly name: string; readonly as: string; readonly href: string }[];
}

export const actingForView = (actor: Actor, others: readonly Whose[]): ActingForView => ({
  own: actor.grants.some((grant) => grant.on !== 'person' || grant.id === actor.id) ? { name: actor.name ?? 'Myself', href: paths.home } : null,
  others: others.map((other) => ({
    name: other.actingFor!.name,
    as: other.actingFor!.as,
    href: other.id === lifeOf(actor) ? paths.home : paths.homeOf(other.id),
  })),
});

/** Whose pages to look at. The address says it, so two people can be open in two windows. */
@ApiExcludeController()
@Controller('acting-for')
@UseGuards(PageSignedIn)
export class ActingForPage {
  constructor(
    private readonly pages: Pages,
    private readonly whosePages: WhosePages,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest): Promise<string> {
    const view = actingForView(request.actor!, await this.whosePages.all(request.actor!));
    return this.pages.show(request, 'acting-for/acting-for.njk', { title: 'Who do you want to act for?', readAloud: true }, view);
  }
}
