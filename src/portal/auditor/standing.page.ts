import { Controller, Get, Header, Param, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { SignedInRequest } from '../../identity/index.js';
import type { Standing } from '../../insight/index.js';
import { Standings } from '../../insight/index.js';
import type { FieldFault } from '../../kernel/index.js';
import { DomainError, formatDay, spokenReference } from '../../kernel/index.js';
import { Clock, idOf } from '../../platform/index.js';
import { money, type TableOptions } from '../blocks/index.js';
import { BookChoice } from '../finance/book-choice.js';
import type { FormBody } from '../form-body.js';
import { paths } from '../paths.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { titleOf } from './follow.words.js';
import { captionOf, QUESTIONS, readStanding } from './standing.form.js';

/** How a budget line's money, or a funder's, stood in a book on a past day: balance, set aside, free, and the movements until then. */
@ApiExcludeController()
@Controller('books/:book/standing')
@UseGuards(PageSignedIn)
export class StandingPage {
  constructor(
    private readonly pages: Pages,
    private readonly choice: BookChoice,
    private readonly standings: Standings,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('book') id: string,
    @Query() query: FormBody,
  ): Promise<string> {
    const { book } = await this.choice.of(request.actor!, 'book:read', idOf(id));
    const { values, faults, asked } = readStanding(query, this.clock.now());
    const errors: FieldFault[] = [...faults];
    const found = asked
      ? await this.standings.inBook(request.actor!, book.id, values.reference, asked.asOf).catch((error: unknown) => {
          if (!(error instanceof DomainError) || error.kind !== 'invalid') throw error;
          errors.push(...error.fields);
          return [];
        })
      : [];
    if (errors.length > 0) void reply.status(422);
    const caption = asked ? captionOf(asked.day, values.by) : '';
    return this.pages.show(
      request,
      'auditor/standing.njk',
      { title: 'A past day', isWide: true, back: { href: paths.home, text: 'Back to your books' }, ...(errors.length > 0 ? { errors } : {}) },
      {
        book: book.name,
        here: paths.standing(book.id),
        values,
        questions: QUESTIONS,
        sums: found.length > 0 ? sumsTable(found, caption) : null,
        statements: found.map(movementsTable),
      },
    );
  }
}

const placeOf = ({ kind, poolId }: Standing): string =>
  kind === 'line' || poolId === null ? 'The budget line' : `Share of pool ${spokenReference('POO', poolId)}`;

const sumsTable = (standings: readonly Standing[], caption: string): TableOptions => ({
  caption,
  head: [{ text: 'Where' }, { text: 'Stood at', isNumber: true }, { text: 'Set aside of it', isNumber: true }, { text: 'Free', isNumber: true }],
  rows: standings.map((standing) => [placeOf(standing), money(standing.posted), money(standing.reserved), money(standing.free)]),
  hasRowHeaders: true,
});

/** Where a movement came from and went to, as the page that follows money calls places. */
function waysOf({ kind }: Standing, { change, otherKind }: Standing['movements'][number]): { from: string; to: string } {
  const other = otherKind === 'payable' ? 'owed' : otherKind;
  return change > 0n ? { from: other, to: kind } : { from: kind, to: other };
}

const movementsTable = (standing: Standing): TableOptions => ({
  caption: `${placeOf(standing)}: the newest movements until then`,
  head: [{ text: 'Day' }, { text: 'What' }, { text: 'Change', isNumber: true }, { text: 'Then stood at', isNumber: true }],
  rows: standing.movements.map((row) => [
    formatDay(row.effectiveOn),
    titleOf({ kind: row.kind, seen: null, forDay: null, ...waysOf(standing, row) }, 'staff'),
    money(row.change, { signed: true }),
    money(row.balance),
  ]),
  empty: 'Nothing had moved.',
});
