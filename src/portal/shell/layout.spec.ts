import { describe, expect, it } from '@jest/globals';
import { html } from '../../platform/index.js';
import { galleryPage, galleryProblem, galleryShell } from './gallery.js';
import { wholePage } from './layout.js';
import { renderPage, type PageModel } from './page.js';
import { problemPage } from './problem.js';
import { portalTemplates } from './templates.js';

const templates = portalTemplates(false);
const stranger: PageModel = { title: 'Sign in', nav: [], csrf: '', simulated: false };

describe('the shell', () => {
  it('is the same from a template and from functions', () => {
    const fromTemplate = galleryProblem(templates).split('<div class="cp-problem">')[0]!;
    const fromFunctions = wholePage({ ...galleryShell, errors: [], title: 'We cannot find this page' }, html`<div class="cp-problem">`).split(
      '<div class="cp-problem">',
    )[0]!;
    expect(fromTemplate.trim()).toBe(fromFunctions.trim());
  });

  it('says who is signed in, for whom they act, and that payments are simulated', () => {
    const page = wholePage(galleryShell, html``);
    expect(page).toContain('Signed in as </span>Ana Marsh');
    expect(page).toContain('You are acting for <strong>Rosa Field</strong> as representative.');
    expect(page).toContain('Payments are simulated.');
    expect(wholePage(stranger, html``)).not.toContain('simulated');
    expect(wholePage(stranger, html``)).not.toContain('acting for');
  });

  it('has a skip link, one way to help, worries and out, and a way to sign in for strangers', () => {
    const page = wholePage({ ...stranger, path: '/pools/a?b=c' }, html``);
    expect(page).toContain('href="#maincontent"');
    expect(page).toContain('/worried?from=%2Fpools%2Fa%3Fb%3Dc');
    expect(page).toContain('data-quick-exit');
    expect(page).toContain('href="/sign-in"');
    expect(wholePage({ ...stranger, quickExit: false }, html``)).not.toContain('data-quick-exit');
  });

  it('says "Error:" in the title and shows the summary when something must be put right', () => {
    const page = wholePage({ ...stranger, errors: [{ field: 'name', message: 'Enter your name' }] }, html``);
    expect(page).toContain('<title>Error: Sign in – Commonpurse</title>');
    expect(page).toContain('href="#name"');
  });

  it('escapes names, and has no inline script or style, as the content policy forbids them', () => {
    const page = wholePage({ ...galleryShell, actor: { name: '<script>alert(1)</script>' } }, html``) + galleryPage();
    expect(page).not.toContain('<script>alert');
    expect(page).not.toMatch(/<script(?![^>]*src=)/);
    expect(page).not.toMatch(/ style=| on[a-z]+=/);
  });

  it('signs out by a form with a token', () =>
    expect(wholePage(galleryShell, html``)).toMatch(/method="post" action="\/sign-out"><input type="hidden" name="_csrf" value="token-of-the-gallery">/));
});

describe('the gallery', () => {
  it('has no id twice', () => {
    const ids = [...galleryPage().matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('points every label, description and pattern at something there', () => {
    const page = galleryPage();
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]));
    const wanted = [...page.matchAll(/ (?:for|aria-describedby|aria-labelledby|aria-controls)="([^"]+)"/g)].flatMap((match) => match[1]!.split(' '));
    const fills = [...page.matchAll(/fill="url\(#([^)]+)\)"/g)].map((match) => match[1]!);
    expect([...wanted, ...fills].filter((id) => !ids.has(id))).toEqual([]);
  });
});

describe('problem pages', () => {
  const page = (status: number, message?: string): string =>
    renderPage(
      templates,
      'shell/error.njk',
      problemPage({ status, ...(message ? { message } : {}), reference: 'REQ-1' }, { nav: [], csrf: '', simulated: false }),
    );

  it.each([
    [401, 'Please sign in'],
    [403, 'You cannot do this'],
    [404, 'We cannot find this page'],
    [409, 'This cannot be done now'],
    [413, 'This file is too big'],
    [422, 'We could not do this'],
    [429, 'Please wait a moment'],
    [500, 'Something went wrong'],
    [502, 'Something went wrong'],
    [503, 'We are busy just now'],
  ])('%d says "%s"', (status, title) => {
    expect(page(status)).toContain(`<h1 class="nhsuk-heading-l">${title}</h1>`);
    expect(page(status)).toContain('REQ-1');
  });

  it('repeats the sentence of a refusal, and never that of a fault', () => {
    expect(page(409, 'There is £12.00 free <now>.')).toContain('There is £12.00 free &lt;now&gt;.');
    expect(page(500, 'null is not an object')).not.toContain('null is not an object');
    expect(page(404, 'Pool 7 is hidden')).not.toContain('Pool 7');
  });
});
