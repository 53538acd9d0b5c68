import { beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Templates, type Html } from '../../platform/index.js';
import { checkboxes, dateField, dateParts, radios } from './choices.js';
import { errorSummary } from './error-summary.js';
import { button, faultOf, fieldId, formTokens, moneyField, selectField, textareaField, textField } from './fields.js';
import { summaryList } from './lists.js';

let macro: (name: string, folder: string, options: object) => string;

beforeAll(() => {
  macro = (name, folder, options) => {
    const place = mkdtempSync(join(tmpdir(), 'macro-'));
    writeFileSync(join(place, 'm.njk'), `{% from "nhsuk/components/${folder}/macro.njk" import ${name} %}{{ ${name}(options) }}`);
    const markup = new Templates({ folders: [place], cache: false }).render('m.njk', { options });
    rmSync(place, { recursive: true });
    return markup;
  };
});

/** Without what differs in looks only: white space, and attributes that are ours (`aria-invalid`) or stand in another order. */
const bare = (markup: Html | string): string => {
  const text = (typeof markup === 'string' ? markup : markup.markup)
    .replace(/\s+/g, ' ')
    .replace(/> /g, '>')
    .replace(/ </g, '<')
    .replace(/ aria-invalid="true"/g, '');
  return text.replace(
    /<([a-z0-9]+)((?: [a-z-]+(?:="[^"]*")?)+)>/g,
    (_, tag: string, list: string) =>
      `<${tag} ${list
        .match(/[a-z-]+(?:="[^"]*")?/g)!
        .sort()
        .join(' ')}>`,
  );
};

describe("our fast fields print what nhsuk-frontend's macros print", () => {
  const fault = [{ field: 'name', message: 'Enter your name' }];

  it('text', () =>
    expect(bare(textField({ name: 'name', label: 'Name', hint: 'As you like', value: 'A "B"', width: 10, errors: fault }))).toBe(
      bare(
        macro('input', 'input', {
          name: 'name',
          label: { text: 'Name' },
          hint: { text: 'As you like' },
          value: 'A "B"',
          width: 10,
          errorMessage: { text: 'Enter your name' },
        }),
      ),
    ));

  it('text as the page heading', () =>
    expect(bare(textField({ name: 'name', label: 'Name', isPageHeading: true }))).toBe(
      bare(macro('input', 'input', { name: 'name', label: { text: 'Name', size: 'l', isPageHeading: true } })),
    ));

  it('money', () =>
    expect(bare(moneyField({ name: 'sum', label: 'How much?', hint: 'In pounds' }))).toBe(
      bare(
        macro('input', 'input', {
          name: 'sum',
          label: { text: 'How much?' },
          hint: { text: 'In pounds' },
          width: 10,
          inputmode: 'decimal',
          spellcheck: false,
          prefix: { text: '£' },
        }),
      ),
    ));

  it('textarea', () =>
    expect(bare(textareaField({ name: 'words', label: 'Words', errors: [{ field: 'words', message: 'Say something' }] }))).toBe(
      bare(macro('textarea', 'textarea', { name: 'words', label: { text: 'Words' }, errorMessage: { text: 'Say something' } })),
    ));

  it('select', () =>
    expect(
      bare(
        selectField({
          name: 'pool',
          label: 'Pool',
          value: 'b',
          items: [
            { value: 'a', text: 'A' },
            { value: 'b', text: 'B' },
          ],
        }),
      ),
    ).toBe(
      bare(
        macro('select', 'select', {
          name: 'pool',
          label: { text: 'Pool' },
          value: 'b',
          items: [
            { value: 'a', text: 'A' },
            { value: 'b', text: 'B' },
          ],
        }),
      ),
    ));

  it('radios', () =>
    expect(
      bare(
        radios({
          name: 'way',
          label: 'Which way?',
          value: 'b',
          items: [
            { value: 'a', text: 'A' },
            { value: 'b', text: 'B', hint: 'Best' },
          ],
          errors: [{ field: 'way', message: 'Choose one' }],
        }),
      ),
    ).toBe(
      bare(
        macro('radios', 'radios', {
          name: 'way',
          fieldset: { legend: { text: 'Which way?', size: 's' } },
          value: 'b',
          items: [
            { value: 'a', text: 'A' },
            { value: 'b', text: 'B', hint: { text: 'Best' } },
          ],
          errorMessage: { text: 'Choose one' },
        }),
      ).replaceAll(' data-module="nhsuk-radios"', ''),
    ));

  it('checkboxes', () =>
    expect(
      bare(
        checkboxes({
          name: 'days',
          label: 'Which days?',
          values: ['b'],
          items: [
            { value: 'a', text: 'A' },
            { value: 'b', text: 'B' },
          ],
        }),
      ),
    ).toBe(
      bare(
        macro('checkboxes', 'checkboxes', {
          name: 'days',
          fieldset: { legend: { text: 'Which days?', size: 's' } },
          values: ['b'],
          items: [
            { value: 'a', text: 'A' },
            { value: 'b', text: 'B' },
          ],
        }),
      ).replaceAll(' data-module="nhsuk-checkboxes"', ''),
    ));

  it('error summary', () =>
    // Ours takes the focus without scripts as well.
    expect(bare(errorSummary(fault)).replace('<div autofocus ', '<div ').replace(' tabindex="-1"', '')).toBe(
      bare(macro('errorSummary', 'error-summary', { titleText: 'There is a problem', errorList: [{ text: 'Enter your name', href: '#name' }] })),
    ));

  it('summary list', () =>
    expect(
      bare(
        summaryList([
          { key: 'Name', value: 'Rosa' },
          { key: 'Place', value: '<b>', change: '/c' },
        ]),
      ),
    ).toBe(
      bare(
        macro('summaryList', 'summary-list', {
          rows: [
            { key: { text: 'Name' }, value: { text: 'Rosa' } },
            { key: { text: 'Place' }, value: { text: '<b>' }, actions: { items: [{ href: '/c', text: 'Change', visuallyHiddenText: 'place' }] } },
          ],
        }),
      )
        .replaceAll(' class="nhsuk-link"', '')
        .replace('<a class="nhsuk-link" ', '<a '),
    ));
});

describe('fields', () => {
  it('find their own faults by name, and the summary links to their first control', () => {
    const errors = [{ field: 'lines.0.pence', message: 'Enter an amount' }];
    expect(faultOf('lines.0.pence', errors)).toBe('Enter an amount');
    expect(moneyField({ name: 'lines.0.pence', label: 'How much?', errors }).markup).toContain(`id="${fieldId('lines.0.pence')}"`);
    expect(errorSummary(errors).markup).toContain('href="#lines-0-pence"');
    expect(moneyField({ name: 'lines.1.pence', label: 'How much?', errors }).markup).not.toContain('error');
  });

  it('give the first part of a date the id of the field', () => {
    const { markup } = dateField({
      name: 'starts',
      label: 'When?',
      value: { day: '31', month: '2', year: '2027' },
      errors: [{ field: 'starts', message: 'Enter a real date' }],
    });
    expect(markup).toContain('id="starts" name="starts-day"');
    expect(markup).toContain('id="starts-month"');
    expect(markup).toContain('value="31"');
    expect(dateParts('starts', { 'starts-day': ' 31 ', 'starts-month': '2', 'starts-year': ['1', '2'] })).toEqual({ day: '31', month: '2', year: '' });
  });

  it('never print a password back', () =>
    expect(textField({ name: 'password', label: 'Password', type: 'password', value: 'secret' }).markup).not.toContain('secret'));
  it('never open further questions inside a choice', () =>
    expect(radios({ name: 'a', label: 'A', items: [{ value: '1', text: '1' }] }).markup).not.toContain('conditional'));
  it('print no summary without faults', () => expect(errorSummary([]).markup).toBe(''));
  it('escape what was typed', () => expect(textareaField({ name: 'w', label: 'W', value: '</textarea><script>' }).markup).not.toContain('<script>'));
  it('carry both tokens', () =>
    expect(formTokens({ csrf: 'c', key: 'k' }).markup).toBe('<input type="hidden" name="_csrf" value="c"><input type="hidden" name="_key" value="k">'));

  it('make buttons that send once, and links that look alike', () => {
    expect(button({ text: 'Save' }).markup).toContain('data-prevent-double-click="true"');
    expect(button({ text: 'Start', href: '/start' }).markup).toMatch(/^<a class="nhsuk-button" href="\/start"/);
  });
});
