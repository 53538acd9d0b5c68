import { html, type Templates } from '../../platform/index.js';
import { formSections } from './gallery.forms.js';
import { moneySections } from './gallery.money.js';
import { peopleSections } from './gallery.people.js';
import { wholePage } from './layout.js';
import { renderPage, type PageModel } from './page.js';

/** The shell as a representative sees it, with everything the shell can show. */
export const galleryShell: PageModel = {
  title: 'All building blocks',
  actor: { name: 'Ana Marsh', actingFor: 'Rosa Field', as: 'representative', canChange: true },
  nav: [
    { text: 'Home', href: '#home', isCurrent: true },
    { text: 'My money', href: '#money' },
    { text: 'My pools', href: '#pools' },
    { text: 'My goals', href: '#goals' },
    { text: 'Find people', href: '#find' },
    { text: 'Inbox', href: '#inbox', waiting: { count: 3, what: 'messages to read' } },
  ],
  csrf: 'token-of-the-gallery',
  back: { href: '#home', text: 'Back to home' },
  errors: [
    { field: 'amount-wrong', message: 'Enter an amount, like 120 or 120.50' },
    { field: 'way-wrong', message: 'Choose how you would like to hear from us' },
    { field: 'starts-wrong', message: 'Enter a real date, like 27 3 2027' },
  ],
  flash: {
    kind: 'done',
    title: 'You put £40.00 into Monday Gardeners',
    text: 'It is set aside now. You can take it back until 3 March 2027.',
    reference: 'PAY-7K3M-9QXA',
  },
  simulated: true,
  readAloud: true,
  path: '/gallery',
  isWide: true,
};

/** Every building block in its empty, usual, long and error states. For tests and demonstrations only. */
export const galleryPage = (): string =>
  wholePage(
    galleryShell,
    html`<h1 class="nhsuk-heading-xl">All building blocks</h1>
${[...peopleSections(), ...moneySections(), ...formSections()].map((section) => html`<section aria-labelledby="${section.id}"><h2 class="nhsuk-heading-l" id="${section.id}">${section.title}</h2>${section.examples}</section>`)}`,
  );

/** The same through a template, to see that both ways give the same shell. */
export const galleryProblem = (templates: Templates): string =>
  renderPage(templates, 'shell/error.njk', {
    ...galleryShell,
    errors: [],
    title: 'We cannot find this page',
    sentences: ['It may have moved.'],
    ways: [{ text: 'Go to the first page', href: '/' }],
  } as PageModel);
