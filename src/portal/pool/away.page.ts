import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import type { Actor, FieldFault, PersonId } from '../../kernel/index.js';
import { invalid } from '../../kernel/index.js';
import { html, idOf, readCommand } from '../../platform/index.js';
import type { PoolView } from '../../pools/index.js';
import type { AwayDay } from '../../purchasing/index.js';
import { Absences, TellAway } from '../../purchasing/index.js';
import type { DateParts } from '../blocks/index.js';
import { dateParts } from '../blocks/index.js';
import type { FormBody, SeeOther } from '../form-body.js';
import { dayOfParts, seeOther, textOf, withFormKey } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import { awayWords, saidTable, weighedTable } from './away.view.js';
import { forWhom, PoolReader } from './pool-facts.js';
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
    return this.pages.whole(request, 'pool/away.njk', { ...(await this.model(request.actor!, id, {})), ...flashOf(POOL_DONE, done) });
  }

  /** What it means, before it is said. Sent as a form: why somebody cannot come is not to stand in an address, which a browser remembers. */
  @Post('check')
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  async check(@Req() request: SignedInRequest, @Param('id') id: string, @Body() body: FormBody): Promise<string> {
    takeFormKey(body);
    const { pool } = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    const { command, faults } = read(typedAway(body), forWhom({ pool }));
    return act({
      template: 'pool/away.njk',
      model: () => this.model(request.actor!, id, body),
      faults,
      command: () => this.weighed(request.actor!, pool, command),
      next: async (days) => this.pages.whole(request, 'pool/away.njk', await this.model(request.actor!, id, body, days)),
    });
  }

  @Post()
  @Redirect()
  async tell(@Req() request: SignedInRequest, @Param('id') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const { command, faults } = read(typedAway(body), await this.reader.forWhom(request.actor!, idOf<'pool'>(id)));
    return act({
      template: 'pool/away.njk',
      model: () => this.model(request.actor!, id, body),
      faults,
      command: () => this.absences.tellRange(request.actor!, idOf<'pool'>(id), command, key),
      next: () => seeOther(paths.poolPart(id, 'away'), 'away'),
    });
  }

  /** The page: `days` are those that were weighed, for somebody to look at before they say it. */
  private async model(actor: Actor, id: string, body: FormBody, days: readonly AwayDay[] = []) {
    const { pool } = await this.reader.facts(actor, idOf<'pool'>(id));
    const words = awayWords(pool);
    const action = paths.poolPart(id, 'away');
    const said = await this.absences.said(actor, pool.id, forWhom({ pool }).personId);
    return withFormKey({
      title: days.length > 0 ? 'Check the days' : words.title,
      back: { href: paths.poolPart(id, 'sessions'), text: 'Sessions' },
      readAloud: true,
      head: poolHead(pool, 'sessions'),
      words,
      typed: typedAway(body),
      action,
      checkAction: paths.checkAway(id),
      days: days.length > 0 ? weighedTable(days, words) : null,
      said: said.length > 0 ? saidTable(said, words) : null,
      backLink: html`<a href="${action}">No, change the days</a>`,
    });
  }

  private async weighed(actor: Actor, pool: PoolView, command: TellAway): Promise<readonly AwayDay[]> {
    const days = await this.absences.weighRange(actor, pool.id, command);
    const { nothingHeld } = awayWords(pool);
    if (days.length === 0) throw invalid('no-session-then', nothingHeld, [{ field: 'fromDay', message: nothingHeld }]);
    return days;
  }
}

function read(
  { reason, fromDay, untilDay }: AwayTyped,
  whom: { readonly personId?: PersonId },
): { readonly command: TellAway; readonly faults: readonly FieldFault[] } {
  const [from, until] = [dayOfParts(fromDay), dayOfParts(untilDay)];
  const { command, faults } = readCommand(TellAway, {
    ...(reason === '' ? {} : { reason }),
    ...(from === undefined ? {} : { fromDay: from }),
    ...(until === undefined ? {} : { untilDay: until }),
    ...whom,
  });
  return { command, faults: faults.map(({ field, message }) => ({ field, message: MESSAGES[field] ?? message })) };
}
