import { pence } from '../../kernel/index.js';
import { html } from '../../platform/index.js';
import {
  button,
  cardGrid,
  circlesPicture,
  consentSummary,
  decisionCard,
  goalStrip,
  needsList,
  personCard,
  poolCard,
  providerCard,
  quoteComparison,
  stateBlock,
  stateTag,
  timeline,
} from '../blocks/index.js';
import { day, LONG, state, type GallerySection } from './gallery.common.js';

/** Blocks about people, pools and providers, and what they decide. */
export const peopleSections = (): readonly GallerySection[] => [
  {
    id: 'needs',
    title: 'What needs me',
    examples: [
      state(
        'Usual',
        needsList([
          {
            text: 'Say if Tuesday’s session happened',
            href: '#1',
            hint: 'Art with Fern Studio. Please answer by 5 March 2027.',
            icon: 'calendar',
            isUrgent: true,
          },
          { text: 'Vote: shall we ask for a second minibus?', href: '#2', hint: 'Closes on 9 March 2027', icon: 'people' },
          { text: 'Someone near Wetherdale would like to meet', href: '#3', hint: 'Both: gardening, both: Tuesdays', icon: 'heart' },
        ]),
      ),
      state('Empty', needsList([])),
    ],
  },
  {
    id: 'pools',
    title: 'Pool cards',
    examples: [
      cardGrid([
        poolCard({
          name: 'Monday Gardeners',
          href: '#p1',
          purpose: 'Grow food and meet people at the Mill Lane allotment.',
          state: { state: 'Running', tone: 'good' },
          members: 5,
          room: 8,
          when: 'Mondays, 10am to 1pm',
          where: 'Mill Lane, Wetherdale',
          eachSession: pence(1475),
          mine: pence(8850),
          nextSession: day('2027-03-08'),
        }),
        poolCard({
          name: LONG,
          href: '#p2',
          purpose: 'Learn to cook what we grow, and practise taking the bus there and back.',
          state: { state: 'Forming: 2 more people needed', tone: 'waiting' },
          members: 3,
          needs: 5,
          when: 'Tuesdays and Thursdays',
          where: 'Upper Weatherby',
          eachSession: pence(1820),
          reasons: [
            { kind: 'goal', text: 'both: cooking', mute: '#m1' },
            { kind: 'day', text: 'both: Tuesdays', mute: '#m2' },
            { kind: 'place', text: '2 miles', mute: '#m3' },
          ],
        }),
        poolCard({
          name: 'Swimming together',
          href: '#p3',
          purpose: 'A lane and a helper.',
          state: { state: 'Stopped', tone: 'stopped' },
          members: 1,
        }),
      ]),
    ],
  },
  {
    id: 'people',
    title: 'Person cards',
    examples: [
      cardGrid([
        personCard({
          isRevealed: false,
          area: 'near Wetherdale',
          looksFor: 'Someone to garden with, at an easy pace',
          offers: 'Can drive, has tools',
          reasons: [
            { kind: 'goal', text: 'both: gardening' },
            { kind: 'day', text: 'both: Tuesdays' },
            { kind: 'place', text: '2 miles' },
          ],
          actions: html`${button({ text: 'Yes, I would like to meet' })} ${button({ text: 'Not for me', kind: 'secondary' })}`,
        }),
        personCard({
          isRevealed: true,
          name: 'Tomasz',
          area: 'Wetherdale',
          looksFor: 'Someone to garden with, at an easy pace',
          offers: 'Can drive, has tools',
          hello: 'Hello! I like early mornings and growing beans.',
          reasons: [{ kind: 'goal', text: 'both: gardening' }],
          actions: button({ text: 'Write to Tomasz', href: '#w' }),
        }),
      ]),
    ],
  },
  {
    id: 'providers',
    title: 'Provider cards',
    examples: [
      cardGrid([
        providerCard({
          name: 'Fern Studio',
          href: '#f',
          kind: 'Community micro-enterprise',
          what: 'Art and craft in small groups, at your pace.',
          where: 'Wetherdale and 10 miles around',
          price: { sum: pence(3200), per: 'an hour for the group' },
          score: '9 of 11 people would choose them again',
          checks: [
            { name: 'Public liability insurance', state: 'in-date', on: day('2027-11-30') },
            { name: 'DBS checks', state: 'ends-soon', on: day('2027-04-01') },
            { name: 'Two references', state: 'in-date' },
          ],
        }),
        providerCard({
          name: 'Hillside Care',
          kind: 'Registered care provider',
          what: 'Personal care at home.',
          checks: [
            { name: 'CQC registration', state: 'lapsed', on: day('2027-01-15') },
            { name: 'Clinical training', state: 'not-seen' },
            { name: 'Client account', state: 'not-needed' },
          ],
        }),
        providerCard({ name: 'New Start Buses', kind: 'Voluntary group', what: 'A minibus with a driver.', checks: [] }),
      ]),
    ],
  },
  {
    id: 'states',
    title: 'States',
    examples: [
      html`<p>${stateTag({ state: 'Running', tone: 'good' })} ${stateTag({ state: 'Waiting for you', tone: 'waiting' })} ${stateTag({ state: 'Look at this', tone: 'attention' })} ${stateTag({ state: 'Held', tone: 'stopped' })} ${stateTag({ state: 'Ended', tone: 'quiet' })}</p>`,
      stateBlock({
        state: 'Held',
        tone: 'stopped',
        reason: 'The bank details changed this week',
        owner: 'Priya Nair, finance officer',
        next: { what: 'Priya calls the provider', on: day('2027-03-04') },
      }),
    ],
  },
  {
    id: 'quotes',
    title: 'Quotes',
    examples: [
      quoteComparison({
        quotes: [
          {
            provider: 'Fern Studio',
            href: '#q1',
            whole: pence(88500),
            eachSession: pence(7375),
            eachPerson: pence(1475),
            includes: ['Paint and paper', 'Tea'],
            leavesOut: ['Travel'],
            startsOn: day('2027-04-05'),
            validUntil: day('2027-03-31'),
            isChosen: true,
          },
          {
            provider: 'Wetherdale Arts Workshop and Gallery',
            whole: pence(84000),
            eachSession: pence(7000),
            eachPerson: pence(1400),
            includes: ['Paint and paper'],
            leavesOut: ['Travel', 'Help with eating', 'Tea'],
            startsOn: day('2027-04-12'),
            validUntil: day('2027-03-20'),
          },
        ],
      }),
      state('Empty', quoteComparison({ quotes: [] })),
    ],
  },
  {
    id: 'decisions',
    title: 'Decisions',
    examples: [
      decisionCard({
        question: 'Shall we ask for a second minibus?',
        href: '#d',
        reasonsFor: ['Three people wait an hour each week'],
        reasonsAgainst: ['It costs each of us £2.40 more a week'],
        answered: 3,
        of: 5,
        rule: 'Everyone must say yes',
        closesOn: day('2027-03-09'),
        mine: 'Yes',
        actions: button({ text: 'Change my answer', kind: 'secondary' }),
      }),
      state(
        'Empty',
        decisionCard({
          question: 'When do we meet in summer?',
          reasonsFor: [],
          reasonsAgainst: [],
          answered: 0,
          of: 5,
          rule: 'Most must say yes',
          closesOn: day('2027-05-01'),
        }),
      ),
    ],
  },
  {
    id: 'consents',
    title: 'Consents',
    examples: [
      consentSummary([
        {
          what: 'My goals and what I can offer',
          withWhom: 'people near me who are looking for the same',
          why: 'So that we can find each other',
          since: day('2026-11-02'),
          state: 'yes',
          change: '#c1',
        },
        {
          what: 'How my sessions went',
          withWhom: 'Wetherdale ICB, without my name',
          why: 'So that they plan better',
          state: 'no',
          change: '#c2',
        },
        {
          what: 'My plan',
          withWhom: 'Jo Lund, broker',
          why: 'To help me buy',
          since: day('2026-05-01'),
          until: day('2026-11-01'),
          state: 'ended',
        },
      ]),
      state('Empty', consentSummary([])),
    ],
  },
  {
    id: 'timeline',
    title: 'What happened',
    examples: [
      timeline([
        { when: day('2027-02-01'), text: 'You joined Monday Gardeners.', href: '#t1' },
        { when: new Date('2027-02-08T09:30:00Z'), text: 'You put in £40.00.', detail: 'From your direct payment, for “Being outdoors”.' },
        { when: day('2027-03-08'), text: 'The next session is at Mill Lane.', isAhead: true },
      ]),
      state('Empty', timeline([])),
    ],
  },
  {
    id: 'goals',
    title: 'Goals and circles',
    examples: [
      goalStrip({
        goal: 'Take the bus by myself',
        href: '#g',
        now: 2,
        first: { place: 0, on: day('2026-11-02') },
        askedOn: day('2027-02-20'),
      }),
      goalStrip({ goal: 'Have friends to visit', now: null }),
      circlesPicture({
        id: 'circles',
        label: 'Your circles',
        circles: [
          { name: 'Closest', people: ['Mum', 'Leo'] },
          { name: 'Friends', people: ['Tomasz', 'Bea', 'Idris'] },
          { name: 'People I do things with', people: ['Monday Gardeners (4)', 'Choir (9)'] },
          { name: 'Paid to help', people: [] },
        ],
      }),
    ],
  },
];
