import { Controller, Get, Header, Query, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { Proof } from '../../reconciliation/index.js';
import { BookChoice, bookForm } from '../finance/book-choice.js';
import { paths } from '../paths.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { lastWords, proofPageView } from './proof.view.js';

/** The book held against its bank, worked out as the page is opened, with each difference by name. */
@ApiExcludeController()
@Controller('proof')
@UseGuards(PageSignedIn)
export class ProofPage {
  constructor(
    private readonly pages: Pages,
    private readonly choice: BookChoice,
    private readonly proof: Proof,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Query('book') named?: string): Promise<string> {
    const chosen = await this.choice.of(request.actor!, 'book:read', named, 'cash');
    const proof = await this.proof.ofBook(request.actor!, chosen.book.id);
    const last = await this.proof.lastOf(request.actor!, chosen.book.id);
    return this.pages.show(
      request,
      'statements/proof.njk',
      { title: 'Proof', isWide: true },
      { choice: bookForm(chosen), ...proofPageView(proof), last: lastWords(last), journal: paths.journal(chosen.book.id) },
    );
  }
}
