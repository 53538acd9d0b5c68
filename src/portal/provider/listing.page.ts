import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import type { ProviderView } from '../../providers/index.js';
import { Providers } from '../../providers/index.js';
import type { FormBody, SeeOther } from '../form-body.js';
import { seeOther, textOf, withFormKey } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import type { ListTyped } from './list.form.js';
import { choicesOf, KINDS, listModel, readListing, typedListing } from './list.form.js';
import { readBegin, readWithdraw, typedBegin, type BeginTyped } from './listing.form.js';
import { LISTING_DONE, listingsTable, listingView } from './listing.view.js';
import { ProviderReader } from './provider-reader.js';

/** A provider's own place in the directory: begun, put in, confirmed once a year, and taken off. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class ListingPage {
  constructor(
    private readonly pages: Pages,
    private readonly reader: ProviderReader,
    private readonly providers: Providers,
  ) {}

  @Get('provider/listings')
  @Header('content-type', 'text/html; charset=utf-8')
  async list(@Req() request: SignedInRequest): Promise<string> {
    const listings = await this.reader.listings(request.actor!);
    return this.pages.show(
      request,
      'provider/listings.njk',
      { title: 'Your listings in the directory', back: { href: paths.home, text: 'Home' } },
      { listings: listings.length > 0 ? listingsTable(listings) : null, beginHref: paths.beginListing, listHref: paths.listProvider },
    );
  }

  @Get('provider/listings/new')
  @Header('content-type', 'text/html; charset=utf-8')
  showBegin(@Req() request: SignedInRequest): string {
    return this.pages.whole(request, 'provider/begin-listing.njk', beginModel(typedBegin({})));
  }

  @Post('provider/listings/new')
  @Redirect()
  async begin(@Req() request: SignedInRequest, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const typed = typedBegin(body);
    const { command, faults } = readBegin(typed);
    return act({
      template: 'provider/begin-listing.njk',
      model: () => beginModel(typed),
      faults,
      command: () => this.providers.begin(request.actor!, command, key),
      next: ({ id }) => seeOther(paths.listing(id), 'begun'),
    });
  }

  @Get('provider/:provider/listing')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('provider') id: string, @Query('done') done?: string): Promise<string> {
    const model = listingModel(await this.reader.listing(request.actor!, id));
    return this.pages.whole(request, 'provider/listing.njk', { ...model, ...flashOf(LISTING_DONE, done) });
  }

  @Get('provider/:provider/listing/publish')
  @Header('content-type', 'text/html; charset=utf-8')
  async showPublish(@Req() request: SignedInRequest, @Param('provider') id: string): Promise<string> {
    const provider = await this.reader.listing(request.actor!, id);
    return this.pages.whole(request, 'provider/list.njk', publishModel(provider, knownOf(provider)));
  }

  @Post('provider/:provider/listing/publish')
  @Redirect()
  async publish(@Req() request: SignedInRequest, @Param('provider') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const provider = await this.reader.listing(request.actor!, id);
    const key = takeFormKey(body);
    const typed = typedListing(body);
    const { command, faults } = readListing(typed);
    return act({
      template: 'provider/list.njk',
      model: () => publishModel(provider, typed),
      faults,
      names: { pricePence: 'price' },
      command: () => this.providers.publish(request.actor!, provider.id, command, key),
      next: () => seeOther(paths.listing(provider.id), 'published'),
    });
  }

  /** Said twice it is as true as once: this form needs no key. */
  @Post('provider/:provider/listing/confirm')
  @Redirect()
  async confirm(@Req() request: SignedInRequest, @Param('provider') id: string): Promise<SeeOther> {
    const provider = await this.reader.listing(request.actor!, id);
    return act({
      template: 'provider/listing.njk',
      model: () => listingModel(provider),
      command: () => this.providers.confirm(request.actor!, provider.id),
      next: () => seeOther(paths.listing(provider.id), 'confirmed'),
    });
  }

  @Get('provider/:provider/listing/withdraw')
  @Header('content-type', 'text/html; charset=utf-8')
  async showWithdraw(@Req() request: SignedInRequest, @Param('provider') id: string): Promise<string> {
    return this.pages.whole(request, 'provider/withdraw-listing.njk', withdrawModel(await this.reader.listing(request.actor!, id), ''));
  }

  @Post('provider/:provider/listing/withdraw')
  @Redirect()
  async withdraw(@Req() request: SignedInRequest, @Param('provider') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const provider = await this.reader.listing(request.actor!, id);
    const key = takeFormKey(body);
    const reason = textOf(body, 'reason');
    const { command, faults } = readWithdraw(reason);
    return act({
      template: 'provider/withdraw-listing.njk',
      model: () => withdrawModel(provider, reason),
      faults,
      command: () => this.providers.withdraw(request.actor!, provider.id, command, key),
      next: () => seeOther(paths.listing(provider.id), 'taken-off'),
    });
  }
}

const backTo = ({ id, name }: ProviderView): { href: string; text: string } => ({ href: paths.listing(id), text: `Back to the listing of ${name}` });

const beginModel = (typed: BeginTyped) =>
  withFormKey({ title: 'Begin a listing', back: { href: paths.listings, text: 'Your listings' }, typed, kinds: choicesOf(KINDS), action: paths.beginListing });

const listingModel = (provider: ProviderView) => ({
  title: `Listing of ${provider.name}`,
  back: { href: paths.listings, text: 'Your listings' },
  ...listingView(provider),
});

const publishModel = (provider: ProviderView, typed: ListTyped) =>
  listModel(typed, { title: `Put ${provider.name} in the directory`, back: backTo(provider), action: paths.listingStep(provider.id, 'publish') });

/** What is known already is not asked again. */
const knownOf = ({ name, kind, about, place }: ProviderView): ListTyped => ({ ...typedListing({ name, kind }), about: about ?? '', place: place ?? '' });

const withdrawModel = (provider: ProviderView, reason: string) =>
  withFormKey({
    title: provider.state === 'draft' ? `Give up the listing of ${provider.name}` : `Take ${provider.name} off the directory`,
    back: backTo(provider),
    reason,
    isDraft: provider.state === 'draft',
    press: provider.state === 'draft' ? 'Give it up' : 'Take it off',
    action: paths.listingStep(provider.id, 'withdraw'),
  });
