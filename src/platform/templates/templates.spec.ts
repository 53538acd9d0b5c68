import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pence } from '../../kernel/index.js';
import { html } from './html.js';
import { Templates } from './templates.js';

let folder: string;
let templates: Templates;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'templates-'));
  templates = new Templates({ folders: [folder], functions: { bold: (text: string) => html`<b>${text}</b>` }, cache: false });
});
afterAll(() => rmSync(folder, { recursive: true }));

const rendered = (template: string, model: object = {}): string => {
  writeFileSync(join(folder, 'page.njk'), template);
  return templates.render('page.njk', model);
};

describe('Templates', () => {
  it('escapes the model, and keeps markup made by our functions', () => {
    expect(rendered('{{ name }} {{ bold(name) }}', { name: '<Ana>' })).toBe('&lt;Ana&gt; <b>&lt;Ana&gt;</b>');
  });

  it.each([
    ['{{ x | pounds }}', { x: pence(123450) }, '£1,234.50'],
    ['{{ x | pounds }}', { x: null }, ''],
    ['{{ x | day }}', { x: '2027-03-03' }, '3 March 2027'],
    ['{{ x | instant }}', { x: new Date('2027-07-03T13:05:00Z') }, '3 July 2027 at 14:05'],
  ])('%s of %o is %s', (template, model, expected) => expect(rendered(template, model)).toBe(expected));

  it.each([
    ['{{ x | pounds }}', { x: 120 }],
    ['{{ x | day }}', { x: '2027-02-30' }],
    ['{{ x | instant }}', { x: '2027-02-01' }],
  ])('%s refuses a value of another kind', (template, model) => expect(() => rendered(template, model)).toThrow());

  it("finds nhsuk-frontend's macros", () => {
    expect(rendered('{% from "nhsuk/components/tag/macro.njk" import tag %}{{ tag({ text: "New" }) }}')).toContain('nhsuk-tag');
  });

  it('reads a changed template again when the cache is off', () => {
    expect(rendered('one')).toBe('one');
    expect(rendered('two')).toBe('two');
  });
});
