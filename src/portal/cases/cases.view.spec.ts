import { describe, expect, it } from '@jest/globals';
import type { Chasing, FollowUpView } from '../../brokers/index.js';
import type { SentInvitation } from '../../introductions/index.js';
import type { PersonId } from '../../kernel/index.js';
import { nextOf, toChase } from './cases.view.js';

const ana = '018f0000-0000-7000-8000-000000000001' as PersonId;
const followUp = (over: object = {}): FollowUpView =>
  ({
    id: 'f',
    personId: ana,
    brokerName: 'Bea',
    isMine: true,
    what: 'Ask the hall',
    waitsOn: 'broker',
    byDay: '2026-11-24',
    state: 'open',
    isLate: false,
    ...over,
  }) as FollowUpView;
const found = (over: Partial<Chasing> = {}): Chasing => ({ followUps: [], packs: [], advice: [], notes: [], ...over });
const sent = (over: object = {}): SentInvitation =>
  ({ id: 'i', way: 'name', toName: 'Raj', state: 'waiting', expiresOn: '2027-01-01', code: null, ...over }) as unknown as SentInvitation;

describe('what waits', () => {
  it('on the broker: what they promised, late things marked, and notes to settle', () =>
    expect(
      toChase(
        found({ followUps: [followUp(), followUp({ isLate: true })], notes: [{ id: 'n', personId: ana, onDay: '2026-11-18' as never }] }),
        [],
        [],
        () => 'Ana',
      ).mine,
    ).toMatchObject([
      { text: 'Ask the hall', hint: 'Ana. To be done by 24 November 2026', isUrgent: false },
      { hint: 'Ana. Late: it was to be done by 24 November 2026', isUrgent: true },
      { text: 'Settle a note that two devices wrote differently', hint: 'Ana. Visit on 18 November 2026' },
    ]));

  it('on others: things, options, sheets, invitations and pools; of an invitation only that it waits', () =>
    expect(
      toChase(
        found({
          followUps: [followUp({ waitsOn: 'person' }), followUp({ waitsOn: 'other' })],
          advice: [{ id: 'a', personId: ana, about: 'Fridays', since: '2026-11-01' as never }],
          packs: [{ id: 'p', personId: ana, reference: 'PCK-AAAA-AAAA', madeOn: '2026-11-02' } as never],
        }),
        [
          { personId: ana, sent: sent() },
          { personId: ana, sent: sent({ toName: null }) },
        ],
        [{ pool: 'Film club', href: '/pools/x', who: 'Cy' }],
        () => 'Ana',
      ).others.map(({ text, hint }) => `${text} | ${hint ?? ''}`),
    ).toEqual([
      'Ask the hall | Ana. To be done by 24 November 2026',
      'Ask the hall | Ana. To be done by 24 November 2026',
      'Options not chosen from: Fridays | Ana. Since 1 November 2026',
      'Sheets not typed back: PCK-AAAA-AAAA | Ana. Printed on 2 November 2026',
      'An invitation to Raj without an answer | Ana asked. It ends on 1 January 2027',
      'An invitation on paper without an answer | Ana asked. It ends on 1 January 2027',
      'Not in yet: Cy | Film club',
    ]));

  it('is ended only by the broker whose it is, and only while it is open', () => {
    expect(nextOf(followUp(), 'Ana').end).toContain('/calls/next/f');
    expect(nextOf(followUp({ isMine: false }), 'You')).toMatchObject({ end: null, who: 'Bea' });
    expect(nextOf(followUp({ state: 'done' }), 'Ana').end).toBeNull();
  });
});
