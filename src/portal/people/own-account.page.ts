import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { OwnAccountPlace } from '../../finance/index.js';
import { AccountHolders, OwnAccounts } from '../../finance/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { formatDay, spokenReference } from '../../kernel/index.js';
import { seeOther, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act, flashOf, type Flashes } from '../shell/index.js';
import type { AccountTyped } from './own-account.form.js';
import { CONDITIONS, holderItems, holderNames, nameInAccount, readAccount, readHolder, typedAccount } from './own-account.form.js';
import { PersonReader } from './person-reader.js';
import type { PersonFacts } from './person.view.js';

const DONE: Flashes = {
  opened: {
    kind: 'done',
    title: 'The account is open',
    text: 'A line of the budget can be paid into it now: fund the plan, or a part of it, as a direct payment.',
  },
  named: { kind: 'done', title: 'The account has a new holder', text: 'They can see it and pay from it from now on, and nobody else can.' },
};

interface Facts {
  readonly facts: PersonFacts;
  readonly place: OwnAccountPlace;
}

/** A person's direct-payment account: opening it, and who holds it. */
@ApiExcludeController()
@Controller('people/:person/direct-payment')
@UseGuards(PageSignedIn)
export class OwnAccountPage {
  constructor(
    private readonly pages: Pages,
    private readonly reader: PersonReader,
    private readonly accounts: OwnAccounts,
    private readonly holders: AccountHolders,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('person') person: string, @Query('done') done?: string): Promise<string> {
    const found = await this.found(request, person);
    return this.pages.whole(request, 'people/own-account.njk', { ...modelOf(found, typedAccount({})), ...flashOf(DONE, done) });
  }

  @Post()
  @Redirect()
  async open(@Req() request: SignedInRequest, @Param('person') person: string, @Body() body: FormBody): Promise<SeeOther> {
    const found = await this.found(request, person);
    const key = takeFormKey(body);
    const typed = typedAccount(body);
    const { command, faults } = readAccount(typed, found.place.mayHold);
    return act({
      template: 'people/own-account.njk',
      model: () => modelOf(found, typed),
      faults,
      names: nameInAccount,
      command: () => this.accounts.open(request.actor!, found.facts.person.id, command, key),
      next: () => seeOther(paths.ownAccount(person), 'opened'),
    });
  }

  @Post('holder')
  @Redirect()
  async name(@Req() request: SignedInRequest, @Param('person') person: string, @Body() body: FormBody): Promise<SeeOther> {
    const found = await this.found(request, person);
    const key = takeFormKey(body);
    const typed = typedAccount(body);
    const { command, faults } = readHolder(typed, others(found.place));
    return act({
      template: 'people/own-account.njk',
      model: () => modelOf(found, typed),
      faults,
      names: nameInAccount,
      command: () => this.holders.name(request.actor!, found.facts.person.id, command, key),
      next: () => seeOther(paths.ownAccount(person), 'named'),
    });
  }

  private async found(request: SignedInRequest, person: string): Promise<Facts> {
    const facts = await this.reader.facts(request.actor!, person);
    return { facts, place: await this.holders.of(request.actor!, facts.person.id) };
  }
}

/** Who could hold it and does not. */
const others = ({ account, mayHold }: OwnAccountPlace): OwnAccountPlace['mayHold'] => mayHold.filter((each) => !account?.holders.includes(each.personId));

function modelOf({ facts, place }: Facts, typed: AccountTyped): PageParts {
  const { person, may, plans } = facts;
  const { account, mayHold } = place;
  const hasAgreedPlan = plans.some((plan) => plan.state === 'agreed');
  return withFormKey({
    title: `Direct-payment account: ${person.firstName} ${person.familyName}`,
    back: { href: paths.person(person.id), text: `Back to ${person.firstName} ${person.familyName}` },
    firstName: person.firstName,
    here: paths.ownAccount(person.id),
    account: account && [
      { key: 'Account', value: account.name },
      { key: 'Reference', value: spokenReference('BOO', account.bookId) },
      { key: 'Open since', value: formatDay(account.openedOn) },
      { key: 'Held by', value: account.holders.length > 0 ? holderNames(account.holders, mayHold) : 'Nobody now' },
    ],
    isHeld: (account?.holders.length ?? 0) > 0,
    blocked: account
      ? null
      : person.diedOn
        ? `${person.firstName} has died.`
        : !hasAgreedPlan
          ? 'Agree the plan first: no money moves before there is an agreed plan.'
          : may.openAccount
            ? null
            : 'There is no account yet. A decision-maker of the board, or its finance officer, opens it.',
    mayOpen: may.openAccount,
    only: mayHold.length === 1 ? mayHold[0]!.name : null,
    items: holderItems(mayHold),
    onlyOther: others(place).length === 1 ? others(place)[0]!.name : null,
    others: holderItems(others(place)),
    conditions: CONDITIONS,
    typed,
  });
}
