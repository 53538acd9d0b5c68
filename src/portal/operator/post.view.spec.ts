import { describe, expect, it } from '@jest/globals';
import type { PersonId } from '../../kernel/index.js';
import { localDate } from '../../kernel/index.js';
import type { Letter, PostItemId, PostOverview } from '../../notifications/index.js';
import { carrierNotes, itemView, lettersView, postNeeds, sheetsOf } from './post.view.js';

const zero = { waiting: 0, again: 0, posted: 0, failed: 0, returned: 0 };
const overview = (over: Partial<PostOverview> = {}): PostOverview => ({
  counts: [
    { by: 'letter', ...zero, waiting: 3 },
    { by: 'email', ...zero, failed: 1 },
    { by: 'text', ...zero, waiting: 1 },
    { by: 'phone', ...zero },
  ],
  carriers: [
    { by: 'email', carrier: 'the demonstration mailbox (nothing leaves this machine)', why: null },
    { by: 'text', carrier: null, why: 'No supplier of text messages is set up.' },
  ],
  failed: [],
  stuck: [],
  ...over,
});
const row = {
  itemId: '01890000-0000-7000-8000-000000000000' as PostItemId,
  personId: 'p' as PersonId,
  reference: 'LET-AAAA-BBBB',
  by: 'email' as const,
  format: 'standard',
  state: 'failed' as const,
  attempts: 1,
  notBefore: null,
  claimedUntil: null,
  postedOn: null,
  deliverOn: null,
  reason: 'refused' as const,
  madeAt: new Date('2026-05-05T10:00:00Z'),
};
const letter = (over: Partial<Letter>): Letter => ({
  itemId: row.itemId,
  personId: row.personId,
  reference: 'LET-AAAA-BBBB',
  name: 'Lou Invented',
  address: ['1 Invented Row'],
  hindrance: null,
  format: 'standard',
  subject: 'Your money is agreed',
  body: 'One idea.\n\nAnother idea.',
  madeAt: row.madeAt,
  ...over,
});

describe('what an operator sees of the post', () => {
  it('names what nobody carries before what goes well', () => {
    expect(carrierNotes(overview()).map((each) => each.text)).toEqual([
      'Nobody carries texts: No supplier of text messages is set up. 1 waits here. None is lost; send what matters as a letter.',
      'Emails go to the demonstration mailbox (nothing leaves this machine).',
    ]);
  });

  it('asks for an operator where post failed, waits for nobody, or is to be printed', () => {
    expect(postNeeds(overview({ failed: [row] })).map((need) => need.text)).toEqual([
      '1 message could not be delivered',
      '1 text nobody carries',
      '3 letters to print and post',
    ]);
    expect(postNeeds(overview({ counts: overview().counts.map((count) => ({ ...count, waiting: 0 })) }))).toEqual([]);
  });

  it('says why an item failed and what can be done', () => {
    expect(itemView(row)).toMatchObject({ title: 'Email LET-AAAA-BBBB', when: 'Written 5 May 2026 at 11:00, 1 attempt', canTryAgain: true, canBeLetter: true });
    expect(itemView({ ...row, by: 'letter' }).canBeLetter).toBe(false);
  });
});

describe('a pack of letters', () => {
  const today = localDate('2026-05-06');
  it('holds those that can be posted, the ones to be made elsewhere last', () => {
    const sheets = sheetsOf([letter({ format: 'braille', name: 'B' }), letter({ name: 'A' }), letter({ hindrance: 'gone-away' })], today);
    expect(sheets.map(({ name, maker }) => [name, maker])).toEqual([
      ['A', null],
      ['B', 'To be made in Braille before it is posted.'],
    ]);
    expect(sheets[0]).toMatchObject({ date: '6 May 2026', paragraphs: ['One idea.', 'Another idea.'] });
  });

  it('leaves out and explains what cannot be posted yet', () => {
    const view = lettersView([letter({ format: 'large-print' }), letter({ hindrance: 'no-address', address: null }), letter({ hindrance: 'gone-away' })]);
    expect(view).toMatchObject({ ready: '1 letter is', readyCount: 1, formats: { rows: [['Large print', '1']] } });
    expect(view.hindered.map((each) => each.why)).toEqual([
      'Nobody has written down where this person’s letters go.',
      'A letter came back: gone away. Find out where this person lives now.',
    ]);
  });
});
