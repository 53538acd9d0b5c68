import { describe, expect, it } from '@jest/globals';
import type { PayRunLine, PayRunView } from '../../finance/index.js';
import type { LocalDate, PersonId } from '../../kernel/index.js';
import { newId, pence } from '../../kernel/index.js';
import type { PayeeView, PaymentStep, PaymentView } from '../../payments/index.js';
import { html, type Printable } from '../../platform/index.js';
import { bookDayView, type BookDay } from './finance-home.view.js';
import { payeePageView, payeeState } from './payee.view.js';
import { paymentPageView, sentenceOf, trackerOf } from './payment.view.js';
import { payRunView } from './pay-run.view.js';
import { waitingWords } from './pay-runs.view.js';

const day = (text: string): LocalDate => text as LocalDate;
const words = (cell: Printable): string =>
  html`${cell}`.markup
    .replace(/<svg.*?<\/svg>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
const [una, vera] = [newId<'person'>() as PersonId, newId<'person'>() as PersonId];
const names = new Map<string, string>([
  [una, 'Una Invented'],
  [vera, 'You'],
]);
const may = { prepare: true, approve: true, hold: true };

const line = (over: Partial<PayRunLine> = {}): PayRunLine =>
  ({
    id: newId(),
    payment: newId(),
    amount: pence(4550),
    state: 'included',
    reason: null,
    changedBy: null,
    reference: 'PAY-7K3M-9QXA',
    paymentState: 'prepared',
    payeeName: 'Leaf & Spade',
    ...over,
  }) as PayRunLine;
function run(lines: PayRunLine[], over: Partial<PayRunView> = {}): PayRunView {
  const of = (state: PayRunLine['state']) => ({
    count: lines.filter((each) => each.state === state).length,
    total: pence(lines.filter((each) => each.state === state).reduce((sum, each) => sum + each.amount, 0n)),
  });
  return {
    id: newId(),
    book: newId(),
    cutOffOn: day('2026-11-27'),
    state: 'prepared',
    lineCount: lines.length,
    total: pence(lines.reduce((sum, each) => sum + each.amount, 0n)),
    proposedBy: una,
    proposedAt: new Date('2026-11-20T10:00:00Z'),
    maker: una,
    checker: null,
    fileId: null,
    lines,
    totals: { included: of('included'), held: of('held'), dropped: of('dropped') },
    ...over,
  } as PayRunView;
}
const view = (which: PayRunView, me = vera) => payRunView(which, names, may, me, day('2026-11-20'));

describe('a pay run', () => {
  it('says that its states add up, and when they do not', () => {
    const lines = [line(), line({ state: 'held', reason: 'No session yet', changedBy: vera })];
    expect(view(run(lines)).addsUp).toBe(true);
    expect(view(run(lines, { total: pence(1) })).addsUp).toBe(false);
    expect(words(view(run(lines)).lines.rows[1]![1]!)).toBe('Held No session yet Decided by you.');
  });
  it('offers the next step to another person than its maker', () => {
    expect(view(run([line()]), vera).step?.text).toBe('Approve 1 payment');
    expect(view(run([line()]), una)).toMatchObject({ step: null, waitsFor: 'You prepared this run, so somebody else has to approve it.' });
  });
  it('offers nothing when nothing is left to be paid', () => expect(view(run([line({ state: 'held', reason: 'x' })])).step).toBeNull());
  it('looks again only while money is leaving', () => {
    expect(view(run([line({ paymentState: 'sending' })], { state: 'approved' })).isUnderWay).toBe(true);
    expect(view(run([line({ paymentState: 'approved' })], { state: 'approved' })).isUnderWay).toBe(false);
    expect(view(run([line({ paymentState: 'in-file' })], { state: 'released' })).isUnderWay).toBe(false);
  });
  it('lets nobody change a line after the approval', () =>
    expect(words(view(run([line()], { state: 'approved' })).lines.rows[0]![4]!)).toContain('Nothing to change'));
});

describe('a payment', () => {
  const step = (action: string, to: PaymentStep['to'], at: string, over: Partial<PaymentStep> = {}): PaymentStep => ({
    at: new Date(at),
    from: null,
    to,
    action,
    actor: 'system:payments',
    reason: null,
    ...over,
  });
  const payment = (over: Partial<PaymentView>): PaymentView =>
    ({
      id: newId(),
      book: newId(),
      direction: 'out',
      reference: 'PAY-7K3M-9QXA',
      state: 'planned',
      words: 'w',
      reason: null,
      owner: 'finance',
      nextOn: day('2026-11-25'),
      amount: pence(4550),
      channel: null,
      purpose: { noun: 'invoice', id: newId() },
      payeeName: 'Leaf & Spade',
      dueOn: day('2026-11-20'),
      parts: [{ owner: {}, amount: pence(4550), refunded: pence(0) }],
      history: [step('plan', 'planned', '2026-11-20T10:00:00Z')],
      preparedBy: null,
      approvedBy: null,
      fileId: null,
      attempt: 1,
      ...over,
    }) as PaymentView;

  it.each([
    ['prepare', una, 'Una Invented prepared it.'],
    ['approve', vera, 'You approved it.'],
    ['approve', newId(), 'A colleague approved it.'],
    ['lose-sight', 'system:payments', 'No answer came, so we ask until we know. It is not sent again.'],
    ['made', 'system:stripe', 'Stripe took it.'],
  ])('%s by %s reads "%s"', (action, actor, sentence) => expect(sentenceOf({ action, actor, to: 'sent' }, names)).toBe(sentence));

  it('stands where it had got to when it came back, with why and who', () => {
    const history = [
      step('plan', 'planned', '2026-11-20T10:00:00Z'),
      step('approve', 'approved', '2026-11-21T10:00:00Z'),
      step('put-in-file', 'in-file', '2026-11-23T10:00:00Z'),
      step('return', 'returned', '2026-11-25T10:00:00Z'),
    ];
    expect(trackerOf(payment({ state: 'returned', reason: 'The account is closed.', history }))).toMatchObject({
      step: 'sent',
      reached: { approved: '2026-11-21', sent: '2026-11-23' },
      stopped: { kind: 'returned', reason: 'The account is closed.', owner: 'The money-holder’s finance officers' },
    });
  });
  it('forgets the steps of the attempt before when it is planned again', () => {
    const history = [
      step('plan', 'planned', '2026-11-20T10:00:00Z'),
      step('approve', 'approved', '2026-11-21T10:00:00Z'),
      step('put-in-file', 'in-file', '2026-11-23T10:00:00Z'),
      step('plan-again', 'planned', '2026-11-26T10:00:00Z'),
    ];
    expect(trackerOf(payment({ history }))).toMatchObject({ step: 'committed', reached: { committed: '2026-11-26' } });
    expect(trackerOf(payment({ history }))?.reached.sent).toBeUndefined();
  });
  it('has no tracker for money coming in', () => expect(trackerOf(payment({ direction: 'in', state: 'succeeded' }))).toBeNull());
  it('offers what its state allows, and nothing to readers', () => {
    const actions = (state: PaymentView['state'], mayChange = true): string[] =>
      paymentPageView(payment({ state }), names, new Map(), { change: mayChange, download: mayChange }).actions.map((action) => action.text);
    expect(actions('held')).toEqual(['Let it go on', 'Call it off']);
    expect(actions('failed')).toEqual(['Plan it again', 'Call it off']);
    expect(actions('in-file')).toEqual([]);
    expect(actions('unknown')).toEqual([]);
    expect(actions('held', false)).toEqual([]);
  });
});

describe('a payee', () => {
  const payee = (over: Partial<PayeeView>): PayeeView =>
    ({
      id: newId(),
      book: newId(),
      kind: 'provider',
      subject: newId(),
      name: 'Leaf & Spade',
      last4: '0009',
      hasStripe: false,
      state: 'checked',
      version: 1,
      usableFrom: '2026-11-21T10:00:00.000Z',
      ...over,
    }) as PayeeView;
  const now = new Date('2026-11-20T10:00:00Z');
  it.each([
    [{ state: 'entered' as const }, 'Waits for a check'],
    [{}, 'Checked, waiting'],
    [{ usableFrom: '2026-11-20T10:00:00.000Z' }, 'Ready to pay'],
    [{ state: 'stopped' as const }, 'Stopped'],
  ])('%o is "%s"', (over, state) => expect(payeeState(payee(over), now).state).toBe(state));
  it('is checked once, and by those who may', () => {
    expect(payeePageView(payee({ state: 'entered' }), now, { enter: true, check: true }).mayCheck).toBe(true);
    expect(payeePageView(payee({}), now, { enter: true, check: true }).mayCheck).toBe(false);
    expect(payeePageView(payee({ state: 'entered' }), now, { enter: true, check: false }).mayCheck).toBe(false);
  });
});

describe('the home page', () => {
  const quiet: BookDay = {
    gap: 0n,
    book: { id: newId(), name: 'Keepers' },
    totals: [],
    runs: [],
    breaks: [],
    missing: 0,
    unchecked: 0,
    proof: {
      bookId: newId(),
      basis: 'cash',
      provedOn: day('2026-11-20'),
      statementOn: day('2026-11-19'),
      ok: true,
      figures: {},
      inFlight: [],
      differences: [],
    } as never,
  };
  it('has nothing to say on a quiet day', () => expect(bookDayView(quiet, day('2026-11-20')).needs).toEqual([]));
  it('puts a book that does not agree before all else, then what stopped, then what is next', () => {
    const { needs } = bookDayView(
      {
        ...quiet,
        missing: 2,
        runs: [{ id: newId(), state: 'prepared', isMine: true, total: 12_550n, cutOffOn: day('2026-11-27') }],
        totals: [
          { state: 'planned', count: 3, total: pence(300), firstDueOn: day('2026-11-18') },
          { state: 'unknown', count: 1, total: pence(100), firstDueOn: day('2026-11-18') },
        ],
        proof: { ...quiet.proof, ok: false, differences: [{ what: 'bank', pence: pence(5), words: 'The bank shows £0.05 more.' }] } as never,
      },
      day('2026-11-20'),
    );
    expect(needs.map((each) => each.text)).toEqual([
      'The book does not agree with its bank',
      '1 payment may or may not have gone through, £1.00 in all',
      '2 payees are not known yet',
      'Approve the pay run of £125.50',
      'Propose a pay run: 3 payments wait, £3.00',
    ]);
    expect(needs[3]!.hint).toBe('You prepared it, so somebody else approves it.');
  });
  it('says what waits to be collected, with the held ones', () => {
    const told = waitingWords(
      [
        { state: 'planned', count: 2, total: pence(12_550), firstDueOn: day('2026-11-18') },
        { state: 'held', count: 1, total: pence(800), firstDueOn: day('2026-11-01') },
      ],
      day('2026-11-20'),
    );
    expect(told.isLate).toBe(true);
    expect(words(told.words)).toContain(
      '2 payments wait to be collected, £125.50 in all. The first was due on 18 November 2026. 1 payment is held, £8.00 in all.',
    );
  });
});
