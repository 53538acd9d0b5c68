import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import type { Actor, FieldFault, PersonId } from '../../kernel/index.js';
import { DomainError, formatDay } from '../../kernel/index.js';
import { html, idOf, readCommand } from '../../platform/index.js';
import type { AwayDay } from '../../purchasing/index.js';
import { Absences, TellAway } from '../../purchasing/index.js';
import type { DateParts, TableOptions } from '../blocks/index.js';
import { dateParts } from '../blocks/index.js';
import type { FormBody, SeeOther } from '../form-body.js';
import { dayOfParts, seeOther, textOf, withFormKey } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import { PoolReader } from './pool-facts.js';
import { poolHead } from './pool.view.js';
import { POOL_DONE } from './pool.words.js';

interface AwayTyped {
  readonly reason: string;
  readonly fromDay: DateParts;
  readonly untilDay: DateParts;
}

const typedAway = (body: Readonly<FormBody>): AwayTyped => ({
  reason: textOf(body, 'reason'),
  fromDay: dateParts('fromDay', body),
  untilDay: dateParts('untilDay', body),
});

const MESSAGES: Readonly<Record<string, string>> = {
  reason: 'Choose why, as far as money asks',
  fromDay: 'Enter the first day, like 27 3 2027',
  untilDay: 'Enter a real last day, like 27 4 2027, or leave it empty',
};

const PAYS = { pays: 'You pay your part, as you agreed', excused: 'You do not pay' } as const;
const REASONS: Readonly<Record<string, string>> = { away: 'Away', hospital: 'In hospital', bereavement: 'Somebody died' };

/** Saying that one cannot come, for one day or for many at once. What it means for money is shown before it is sent. */
@ApiExcludeController()
@Controller('pools/:id/away')
@UseGuards(PageSignedIn)
export class AwayPage {
  constructor(
    private readonly pages: Pages,
    private readonly reader: PoolReader,
    private readonly absences: Absences,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('id') id: string, @Query('done') done?: string): Promise<string> {
    return this.pages.whole(request, 'pool/away.njk', { ...(await this.model(request.actor!, id, {}, false)), ...flashOf(POOL_DONE, done) });
  }

  /** What it means, before it is said. Sent as a form: why somebody cannot come is not to stand in an address, which a browser remembers. */
  @Post('check')
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  async check(@Req() request: SignedInRequest, @Param('id') id: string, @Body() body: FormBody): Promise<string> {
    takeFormKey(body);
    return this.pages.whole(request, 'pool/away.njk', await this.model(request.actor!, id, body, true));
  }

  @Post()
  @Redirect()
  async tell(@Req() request: SignedInRequest, @Param('id') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const { personId } = await this.reader.forWhom(request.actor!, idOf<'pool'>(id));
    const { command, faults } = read(typedAway(body), personId);
    return act({
      template: 'pool/away.njk',
      model: () => this.model(request.actor!, id, body, false),
      faults,
      command: () => this.absences.tellRange(request.actor!, idOf<'pool'>(id), command, key),
      next: () => seeOther(paths.poolPart(id, 'away'), 'away'),
    });
  }

  private async model(actor: Actor, id: string, body: FormBody, isCheck: boolean) {
    const { pool } = await this.reader.facts(actor, idOf<'pool'>(id));
    const { personId } = await this.reader.forWhom(actor, pool.id);
    const typed = typedAway(body);
    const { days, errors } = isCheck ? await this.weigh(actor, id, typed, personId) : { days: [], errors: [] };
    const action = paths.poolPart(id, 'away');
    const said = await this.absences.said(actor, pool.id, personId);
    return withFormKey({
      title: days.length > 0 ? 'Check the days' : 'I cannot come',
      back: { href: paths.poolPart(id, 'sessions'), text: 'Sessions' },
      readAloud: true,
      head: poolHead(pool, 'sessions'),
      typed,
      action,
      checkAction: `${action}/check`,
      ...(errors.length > 0 ? { errors } : {}),
      days: days.length > 0 ? tableOf('What this means', days) : null,
      said: said.length > 0 ? saidTable(said) : null,
      reasons: [
        { value: 'away', text: 'I am away, or I cannot come' },
        { value: 'hospital', text: 'I am in hospital', hint: 'You never pay for a place that you could not take because of it' },
        { value: 'bereavement', text: 'Somebody died', hint: 'You never pay for it either. You need not say more' },
      ],
      backLink: html`<a href="${action}">No, change the days</a>`,
    });
  }

  private async weigh(
    actor: Actor,
    id: string,
    typed: AwayTyped,
    personId: PersonId | undefined,
  ): Promise<{ days: readonly AwayDay[]; errors: readonly FieldFault[] }> {
    const { command, faults } = read(typed, personId);
    if (faults.length > 0) return { days: [], errors: faults };
    try {
      const days = await this.absences.weighRange(actor, idOf<'pool'>(id), command);
      return {
        days,
        errors: days.length > 0 ? [] : [{ field: 'fromDay-day', message: 'There is no session on these days for which something is set aside for you' }],
      };
    } catch (error) {
      if (!(error instanceof DomainError) || error.fields.length === 0) throw error;
      return { days: [], errors: error.fields };
    }
  }
}

function read(
  { reason, fromDay, untilDay }: AwayTyped,
  personId: PersonId | undefined,
): { readonly command: TellAway; readonly faults: readonly FieldFault[] } {
  const [from, until] = [dayOfParts(fromDay), dayOfParts(untilDay)];
  const { command, faults } = readCommand(TellAway, {
    ...(reason === '' ? {} : { reason }),
    ...(from === undefined ? {} : { fromDay: from }),
    ...(until === undefined ? {} : { untilDay: until }),
    ...(personId === undefined ? {} : { personId }),
  });
  return { command, faults: faults.map(({ field, message }) => ({ field, message: MESSAGES[field] ?? message })) };
}

const tableOf = (caption: string, days: readonly AwayDay[]): TableOptions => ({
  caption,
  head: [{ text: 'Day' }, { text: 'What' }, { text: 'Your part' }],
  hasRowHeaders: true,
  rows: days.map((each) => [formatDay(each.day), each.service, PAYS[each.outcome]]),
});

const saidTable = (said: readonly (AwayDay & { readonly reason: string })[]): TableOptions => ({
  caption: 'What you have said',
  head: [{ text: 'Day' }, { text: 'What' }, { text: 'Why' }, { text: 'Your part' }],
  hasRowHeaders: true,
  rows: said.map((each) => [formatDay(each.day), each.service, REASONS[each.reason] ?? '', PAYS[each.outcome]]),
});
