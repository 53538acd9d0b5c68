import { Body, Controller, Get, Header, Post, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import type { FieldFault } from '../../kernel/index.js';
import { FormInvalid } from '../../platform/index.js';
import { Providers } from '../../providers/index.js';
import type { FormBody, SeeOther } from '../form-body.js';
import { seeOther, withFormKey } from '../form-body.js';
import { paths } from '../paths.js';
import { orAgain } from '../pool/form-again.js';
import { WEEKDAYS } from '../pool/quotes.form.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import type { ListTyped } from './list.form.js';
import { KINDS, PERS, readListing, typedListing } from './list.form.js';

const choices = (words: Readonly<Record<string, string>>): { value: string; text: string }[] => Object.entries(words).map(([value, text]) => ({ value, text }));

/** A small provider lists itself in one sitting. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class ListProviderPage {
  constructor(
    private readonly pages: Pages,
    private readonly providers: Providers,
  ) {}

  @Get('provider/list')
  @Header('content-type', 'text/html; charset=utf-8')
  show(@Req() request: SignedInRequest): string {
    const { title, back, ...view } = this.model(typedListing({}));
    return this.pages.show(request, 'provider/list.njk', { title, back }, view);
  }

  @Post('provider/list')
  @Redirect()
  async act(@Req() request: SignedInRequest, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const typed = typedListing(body);
    const again = (errors: readonly FieldFault[]): FormInvalid => new FormInvalid('provider/list.njk', { ...this.model(typed), errors });
    const { command, faults } = readListing(typed);
    if (faults.length > 0) throw again(faults);
    await orAgain(() => this.providers.list(request.actor!, command, key), again, { pricePence: 'price' });
    return seeOther(paths.home, 'listed');
  }

  private model(typed: ListTyped) {
    return withFormKey({
      title: 'Put what you offer in the directory',
      back: { href: paths.home, text: 'Home' },
      typed,
      kinds: choices(KINDS),
      pers: choices(PERS),
      days: WEEKDAYS.map((text, index) => ({ value: String(index + 1), text })),
      action: paths.listProvider,
    });
  }
}
