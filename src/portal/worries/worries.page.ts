import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { WorryId, WorryRecord } from '../../concerns/index.js';
import { CloseWorry, NoteWorry, WORRY_OUTCOMES, WorryDesk, WorryQueries } from '../../concerns/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import type { FieldFault } from '../../kernel/index.js';
import { isId, notFound } from '../../kernel/index.js';
import { Clock, idOf, readCommand } from '../../platform/index.js';
import { seeOther, textOf, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import type { Flashes } from '../shell/index.js';
import { worriesTable, worryView } from './worries.view.js';
import { OUTCOME_WORDS } from './worries.words.js';

const HTML = 'text/html; charset=utf-8';
const DONE: Flashes = {
  take: { kind: 'done', title: 'You have this worry now', text: 'Other leads see that it is with you.' },
  note: { kind: 'done', title: 'Written down' },
  close: { kind: 'done', title: 'The worry is closed', text: 'If something more comes up, open it again.' },
  'open-again': { kind: 'done', title: 'The worry is open again, and you have it' },
};

/** The three steps that ask for words. */
const STEPS = {
  note: { title: 'What was done?', label: 'What you did, and what comes next', text: 'Save' },
  close: { title: 'Close this worry', label: 'Why it can be closed', text: 'Close the worry' },
  'open-again': { title: 'Open this worry again', label: 'What came up', text: 'Open it again' },
} as const;
type Step = keyof typeof STEPS;
interface Typed {
  readonly words: string;
  readonly outcome: string;
}

/** Worries: the list, one with its history, and what is done about it. To everybody but safeguarding leads these pages are not there. */
@ApiExcludeController()
@Controller('worries')
@UseGuards(PageSignedIn)
export class WorriesPage {
  constructor(
    private readonly pages: Pages,
    private readonly queries: WorryQueries,
    private readonly desk: WorryDesk,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Header('content-type', HTML)
  async list(@Req() request: SignedInRequest, @Query('which') sent?: string, @Query('after') after?: string): Promise<string> {
    const which = sent === 'closed' ? 'closed' : 'open';
    const { items, next } = await this.queries.list(request.actor!, { which, after: isId(after) ? after : undefined });
    const here = `${paths.worries}?which=${which}`;
    return this.pages.show(
      request,
      'worries/worries.njk',
      { title: 'Worries', isWide: true },
      {
        which,
        other: { href: `${paths.worries}?which=${which === 'open' ? 'closed' : 'open'}`, text: which === 'open' ? 'Closed worries' : 'Open worries' },
        worries: worriesTable(items, which, this.clock.today()),
        more: { what: 'worries', ...(isId(after) ? { first: here } : {}), ...(next ? { next: `${here}&after=${next}` } : {}) },
      },
    );
  }

  @Get(':worry')
  @Header('content-type', HTML)
  async show(@Req() request: SignedInRequest, @Param('worry') id: string, @Query('done') done?: string): Promise<string> {
    return this.pages.whole(request, 'worries/worry.njk', { ...this.page(await this.read(request, id)), ...flashOf(DONE, done) });
  }

  @Post(':worry/take')
  @Redirect()
  take(@Req() request: SignedInRequest, @Param('worry') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    return act({
      template: 'worries/worry.njk',
      model: async () => this.page(await this.read(request, id)),
      command: () => this.desk.take(request.actor!, worryOf(id), key),
      next: () => seeOther(paths.worry(id), 'take'),
    });
  }

  @Get(':worry/:step')
  @Header('content-type', HTML)
  async ask(@Req() request: SignedInRequest, @Param('worry') id: string, @Param('step') step: string): Promise<string> {
    const asked = stepOf(step);
    return this.pages.whole(request, 'worries/worry-step.njk', stepPage(await this.read(request, id), asked, { words: '', outcome: '' }));
  }

  @Post(':worry/:step')
  @Redirect()
  async do(@Req() request: SignedInRequest, @Param('worry') id: string, @Param('step') sent: string, @Body() body: FormBody): Promise<SeeOther> {
    const step = stepOf(sent);
    const key = takeFormKey(body);
    const typed = { words: textOf(body, 'words'), outcome: textOf(body, 'outcome') };
    const { faults, run } = this.commandOf(request, worryOf(id), step, typed, key);
    return act({
      template: 'worries/worry-step.njk',
      model: async () => stepPage(await this.read(request, id), step, typed),
      faults,
      command: run,
      next: () => seeOther(paths.worry(id), step),
    });
  }

  private commandOf(
    request: SignedInRequest,
    id: WorryId,
    step: Step,
    { words, outcome }: Typed,
    key: string,
  ): { faults: readonly FieldFault[]; run: () => Promise<unknown> } {
    const actor = request.actor!;
    if (step === 'close') {
      const { command, faults } = readCommand(CloseWorry, { words, outcome });
      return { faults, run: () => this.desk.close(actor, id, command, key) };
    }
    const { command, faults } = readCommand(NoteWorry, { words });
    return { faults, run: () => (step === 'note' ? this.desk.note(actor, id, command, key) : this.desk.openAgain(actor, id, command, key)) };
  }

  private page(worry: WorryRecord): PageParts {
    const link = (step: Step): string => paths.worryStep(worry.id, step);
    return withFormKey({
      title: `Worry ${worry.reference}`,
      back: { href: paths.worries, text: 'Back to worries' },
      ...worryView(worry, this.clock.today()),
      links: { take: paths.worryStep(worry.id, 'take'), note: link('note'), close: link('close'), openAgain: link('open-again') },
    });
  }

  private read(request: SignedInRequest, id: string): Promise<WorryRecord> {
    return this.queries.one(request.actor!, worryOf(id));
  }
}

const worryOf = (id: string): WorryId => idOf<'worry'>(id);

function stepOf(text: string): Step {
  if (!Object.hasOwn(STEPS, text)) throw notFound();
  return text as Step;
}

const stepPage = (worry: WorryRecord, step: Step, typed: Typed): PageParts =>
  withFormKey({
    back: { href: paths.worry(worry.id), text: `Back to ${worry.reference}` },
    ...STEPS[step],
    typed,
    outcomes: step === 'close' ? WORRY_OUTCOMES.map((value) => ({ value, text: OUTCOME_WORDS[value] })) : null,
  });
