import type { FieldFault } from '../../kernel/index.js';
import { html, type Html } from '../../platform/index.js';
import {
  button,
  buttonGroup,
  checkboxes,
  dateField,
  details,
  emptyState,
  fileField,
  moneyField,
  note,
  pagination,
  progressBar,
  radios,
  selectField,
  summaryList,
  suppressedBlock,
  suppressedNumber,
  table,
  textareaField,
  textField,
} from '../blocks/index.js';
import { state, type GallerySection } from './gallery.common.js';

/** Lists, tables and forms. */
export const formSections = (): readonly GallerySection[] => [
  {
    id: 'tables',
    title: 'Tables and lists',
    examples: [
      table({
        caption: 'What people ask for',
        head: [{ text: 'Theme' }, { text: 'Place' }, { text: 'People', isNumber: true }],
        rows: [
          ['Gardening', 'Wetherdale', 24],
          ['Bus practice', 'Upper Weatherby', suppressedNumber()],
        ],
        hasRowHeaders: true,
      }),
      suppressedBlock({ what: 'People asking for night support in Upper Weatherby', fewerThan: 10 }),
      table({
        caption: 'Payments',
        head: [{ text: 'Day' }, { text: 'To' }],
        rows: [],
        empty: 'No payments yet. They show here on the day they are sent.',
      }),
      summaryList([
        { key: 'Name', value: 'Rosa Field', change: '#s1' },
        { key: 'How we reach you', value: 'By text, and by letter in large print', change: '#s2' },
      ]),
      pagination({ what: 'payments', first: '#first', next: '#next' }),
      progressBar({
        id: 'progress',
        label: 'Reading the bank statement',
        done: 1250,
        total: 4000,
        unit: 'lines',
        note: 'You can leave this page. It goes on without you.',
      }),
      emptyState({
        title: 'No one nearby yet',
        text: 'We look every night. You could widen the distance, or tell us about another goal.',
        icon: 'heart',
        actions: [{ text: 'Widen the distance', href: '#e' }],
      }),
      note('note', html`<p>The plan is looked at again on 3 June 2027.</p>`),
      note('care', html`<p>This cannot be undone.</p>`),
      note('done', html`<p>Everyone has answered.</p>`),
      details('What does “promised” mean?', html`<p>Money set aside for something you agreed to buy. It is still yours until it is paid.</p>`),
    ],
  },
  {
    id: 'forms',
    title: 'Forms',
    examples: [
      html`<form method="post" action="#send" novalidate>${formFields('', [])}${buttonGroup(button({ text: 'Save and continue' }), button({ text: 'Save and come back later', kind: 'secondary' }), html`<a href="#not">Do not save</a>`)}</form>`,
      state(
        'Error',
        html`<form method="post" action="#send" novalidate>${formFields('-wrong', [
          { field: 'amount-wrong', message: 'Enter an amount, like 120 or 120.50' },
          { field: 'way-wrong', message: 'Choose how you would like to hear from us' },
          { field: 'starts-wrong', message: 'Enter a real date, like 27 3 2027' },
        ])}${button({ text: 'Leave the pool', kind: 'warning' })}</form>`,
      ),
    ],
  },
];

const formFields = (mark: string, errors: readonly FieldFault[]): Html[] => [
  textField({
    name: `name${mark}`,
    label: 'What shall we call you?',
    hint: 'The name you like best',
    value: mark ? 'Rosa' : '',
    autocomplete: 'given-name',
    errors,
  }),
  moneyField({
    name: `amount${mark}`,
    label: 'How much would you like to put in?',
    value: mark ? 'twelve' : '',
    errors,
  }),
  radios({
    name: `way${mark}`,
    label: 'How would you like to hear from us?',
    errors,
    items: [
      { value: 'text', text: 'Text message' },
      { value: 'letter', text: 'Letter', hint: 'In large print if you like' },
      { value: 'phone', text: 'Phone call' },
    ],
  }),
  checkboxes({
    name: `days${mark}`,
    label: 'Which days suit you?',
    hint: 'Choose all that suit',
    values: ['tue'],
    errors,
    items: [
      { value: 'mon', text: 'Mondays' },
      { value: 'tue', text: 'Tuesdays' },
    ],
  }),
  dateField({
    name: `starts${mark}`,
    label: 'When would you like to start?',
    value: mark ? { day: '31', month: '2', year: '2027' } : { day: '', month: '', year: '' },
    errors,
  }),
  selectField({
    name: `pool${mark}`,
    label: 'Which pool?',
    items: [
      { value: '', text: 'Choose one' },
      { value: 'a', text: 'Monday Gardeners' },
    ],
    errors,
  }),
  textareaField({
    name: `words${mark}`,
    label: 'What does a good life look like for you?',
    value: '',
    maxLength: 2000,
    errors,
  }),
  fileField({
    name: `photo${mark}`,
    label: 'A photo or drawing, if you like',
    errors,
  }),
];
