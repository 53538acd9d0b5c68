/** What was looked at before is not looked at again, and whatever is new on a page is: a part of it, or a known part in other surroundings. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { oneBrowser } from './pages/company.js';
import { Visitor } from './pages/page.js';

const browser = oneBrowser();
let visitor: Visitor;
let served = '';
beforeAll(async () => {
  visitor = await Visitor.with(browser(), 'http://127.0.0.1:9');
  await visitor.page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: served }));
});
afterAll(() => visitor?.close());

const rows = (count: number): string => `<section>${'<p>Some words</p><div>and others</div>'.repeat(count)}</section>`;
const page = (main: string, style = ''): string =>
  `<!doctype html><html lang="en"><head><title>A page</title><style>.night { background: #222 } .night p, .day p { color: #333 } ${style}</style></head>
   <body><header><p>The house</p></header><main class="day"><h1>A page</h1>${rows(30)}${main}</main></body></html>`;
const look = async (html: string): Promise<string> => {
  served = html;
  return visitor.open('/').then(
    () => 'no fault',
    (error: unknown) => (error as Error).message,
  );
};

it('finds no fault where there is none, and the same again without looking', async () => {
  expect(await look(page(''))).toBe('no fault');
  const before = await visitor.page.evaluate('typeof axe');
  expect(await look(page(''))).toBe('no fault');
  expect([before, await visitor.page.evaluate('typeof axe')]).toEqual(['object', 'undefined']);
});

it.each([
  ['a new part of a page whose other parts are known', page('<aside><img src="data:,"></aside>'), 'image-alt'],
  ['a known part in other surroundings', page('').replace('class="day"', 'class="night"'), 'color-contrast'],
  ['a page without a language whose parts are known', page('').replace(' lang="en"', ''), 'html-has-lang'],
  ['a control among many parts', page(`<form>${rows(30)}<input type="text"></form>`), 'label'],
])('finds the fault of %s', async (_, html, fault) => {
  expect(await look(html)).toContain(fault);
});
