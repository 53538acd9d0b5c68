import { describe, expect, it } from '@jest/globals';
import type { CaseView } from '../../brokers/index.js';
import type { LocalDate } from '../../kernel/index.js';
import { newId } from '../../kernel/index.js';
import { brokerNeeds, personCardOf } from './broker.view.js';

const today = '2027-03-08' as LocalDate;
const person = (over: object = {}): CaseView =>
  ({
    appointmentId: newId(),
    personId: newId(),
    firstName: 'Ana',
    familyName: 'Invented',
    place: 'M33',
    reachBy: 'letter',
    reachFormat: 'easy-read',
    covers: ['goals', 'pools'],
    signedOn: '2027-03-01',
    untilDay: '2028-03-01',
    ...over,
  }) as unknown as CaseView;

describe('a person a broker works for', () => {
  it('shows how to reach them, and opens only what they signed for', () => {
    const card = personCardOf(person(), today);
    expect(card.reach).toBe('Reach them by letter, in Easy Read');
    expect(card.since).toBe('For 7 days, since 1 March 2027');
    expect(card.links.map((link) => link.text)).toEqual(['Visits and calls', 'Good life and goals']);
    expect(card.endsSoon).toBe(false);
  });
  it('opens nothing of the card, the plan or the goals that was not signed for', () =>
    expect(personCardOf(person({ covers: ['pools'] }), today).links.map((link) => link.text)).toEqual(['Visits and calls']));
  it('says since when something waits on the broker', () =>
    expect(personCardOf(person(), today, { state: 'late', waitingDays: 9, since: '2027-02-27' as LocalDate }).standing).toEqual({
      state: { state: 'You are late', tone: 'attention' },
      waiting: 'Waits for 9 days, since 27 February 2027',
    }));
  it('says when the person last heard', () =>
    expect(personCardOf(person(), today, { state: 'up-to-date', waitingDays: 1, since: '2027-03-07' as LocalDate }).standing!.waiting).toBe(
      'Last heard from you 1 day ago, on 7 March 2027',
    ));
  it('is talked with before the appointment ends', () =>
    expect(brokerNeeds([], [person({ untilDay: '2027-04-01' })], today)).toMatchObject([{ text: 'Talk with Ana about going on' }]));
  it('needs nothing when nothing waits', () => expect(brokerNeeds([], [person()], today)).toEqual([]));
});
