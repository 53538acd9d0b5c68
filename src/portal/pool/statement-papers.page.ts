import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { formatDay, notFound, pence } from '../../kernel/index.js';
import { idOf } from '../../platform/index.js';
import type { PaperListing, PaperView, StatementSide } from '../../pools/index.js';
import { READ_FOR_THEM, StatementPaperQueries, StatementPapers } from '../../pools/index.js';
import type { StateTagOptions, SummaryRow, TableOptions } from '../blocks/index.js';
import { money, table } from '../blocks/index.js';
import type { FormBody, SeeOther } from '../form-body.js';
import { seeOther, textOf } from '../form-body.js';
import { paths } from '../paths.js';
import { newFormKey, takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import type { Flashes } from '../shell/index.js';
import { act, flashOf } from '../shell/index.js';
import { exitLines, leadsTo } from './exit.view.js';

const SIDES: readonly StatementSide[] = ['money-holder', 'broker', 'reader'];
const BUTTONS: Readonly<Record<StatementSide, string>> = {
  'money-holder': 'Sign it for the money-holder',
  broker: 'Sign it as the broker',
  reader: 'I have read it',
};
const DONE: Flashes = {
  signed: { kind: 'done', title: 'It is signed', text: 'Whose statement it is can read that.' },
  read: { kind: 'done', title: 'Thank you', text: 'We wrote down that you have read it. If something is wrong, you can still tell us.' },
};

/** Statements of what somebody had in a pool, to read, to print and to sign. */
@ApiExcludeController()
@Controller('pool-statements')
@UseGuards(PageSignedIn)
export class StatementPapersPage {
  constructor(
    private readonly pages: Pages,
    private readonly papers: StatementPapers,
    private readonly queries: StatementPaperQueries,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async list(@Req() request: SignedInRequest): Promise<string> {
    const all = await this.queries.mine(request.actor!);
    const toSign = all.filter((paper) => !paper.isSigned && paper.mayMark.some((side) => side !== 'reader'));
    return this.pages.show(
      request,
      'pool/statement-papers.njk',
      { title: 'Statements of pools', back: { href: paths.home, text: 'Home' }, readAloud: true },
      { toSign: toSign.map(item), others: all.filter((paper) => !toSign.includes(paper)).map(item) },
    );
  }

  @Get(':id')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('id') id: string, @Query('done') done?: string): Promise<string> {
    return this.pages.whole(request, 'pool/statement-paper.njk', { ...(await this.model(request, id)), ...flashOf(DONE, done) });
  }

  @Post(':id')
  @Redirect()
  async mark(@Req() request: SignedInRequest, @Param('id') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const side = SIDES.find((each) => each === textOf(body, 'side'));
    if (!side) throw notFound();
    return act({
      template: 'pool/statement-paper.njk',
      model: () => this.model(request, id),
      command: () => this.papers.mark(request.actor!, idOf<'statement-paper'>(id), { side, contentHash: textOf(body, 'contentHash') }, key),
      next: () => seeOther(paths.statementPaper(id), side === 'reader' ? 'read' : 'signed'),
    });
  }

  private async model(request: SignedInRequest, id: string) {
    const paper = await this.queries.one(request.actor!, idOf<'statement-paper'>(id));
    return {
      title: `${paper.kind === 'final' ? 'Final statement' : 'Exit statement'} of ${paper.of.name}`,
      back: { href: paths.statementPapers, text: 'Statements of pools' },
      readAloud: true,
      isPrinted: true,
      rows: rowsOf(paper),
      table: table(linesTable(paper, request.actor!.id)),
      isWhole: paper.isWhole && leadsTo(paper.content.statement),
      marks: marksOf(paper),
      isSigned: paper.isSigned,
      buttons: paper.mayMark.map((side) => ({ side, text: BUTTONS[side], key: newFormKey() })),
      contentHash: paper.contentHash,
      format: paper.content.format,
      action: paths.statementPaper(id),
    };
  }
}

const WORDS = (paper: PaperListing): Pick<StateTagOptions, 'state' | 'tone'> =>
  paper.isSigned ? { state: 'Signed', tone: 'good' } : { state: 'Not signed yet', tone: 'waiting' };

const item = (paper: PaperListing) => ({
  text: `${paper.of.name}: ${paper.pool}, ${formatDay(paper.madeOn)}`,
  hint: paper.kind === 'final' ? 'Final statement: the pool has ended' : 'Exit statement: of the day of leaving',
  href: paths.statementPaper(paper.id),
  words: WORDS(paper),
});

const rowsOf = ({ content, madeOn }: PaperView): SummaryRow[] => [
  { key: 'Pool', value: content.pool.name },
  { key: 'Whose', value: content.of.name },
  { key: 'Made on', value: formatDay(madeOn) },
  { key: 'Where the money lay', value: [...new Set(content.shares.map((share) => share.holder))].join(', ') || 'Nowhere' },
];

/** A paper says `you` to the member whose it is, and the name to everybody else who reads or signs it; a funder is never `you`. */
const linesTable = ({ content }: PaperView, reader: string): TableOptions => {
  const { of, statement, kind } = content;
  const isOwn = of.kind === 'member' && of.id === reader;
  return {
    caption: 'From the first day to the last',
    hasRowHeaders: true,
    head: [{ text: 'What' }, { text: 'Amount', isNumber: true }],
    rows: exitLines(statement, isOwn ? undefined : of.name).map((line) => [line.text, money(line.change, { signed: true })]),
    foot: [kind === 'final' ? 'Left in the pool' : `Goes back to ${isOwn ? 'you' : 'them'}`, money(pence(statement.toReturnPence))],
  };
};

const marksOf = ({ marks }: PaperView): string[] =>
  marks.map(({ side, role, on }) => {
    if (side !== 'reader') return `Signed ${role}, on ${formatDay(on)}.`;
    return `Read by ${role === READ_FOR_THEM ? 'somebody who acts for them' : 'whose it is'}, on ${formatDay(on)}.`;
  });
