import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';

/** Axe as it is shipped to browsers: `axe.source` is the same with all its comments. The browser is given it once for all pages of a visitor, and begins
 *  it on those that are looked at: half a million letters handed over for each would cost both programs more than a tenth of the looking. */
const bringAxe = `globalThis.bringAxe = () => {${readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')}\n};`;

/** What passed already, in whichever test of this run: a page of a shape, or a part of one in the same surroundings. Axe would say the same again. The run's own folder keeps them. */
const passed = (what: string): string => join(process.env['TEST_SHAPES_FOLDER']!, createHash('sha256').update(what).digest('hex'));

/** What an element is, and its shape: elements with classes and names of attributes, as a tree; of neighbours that are alike, as rows of a table, one. */
const shapes = `
  const own = (each) => each ? each.tagName + '.' + (each.getAttribute('class') ?? '') + [...each.attributes].map((attribute) => attribute.name).join(' ') : '';
  const shape = (each) => own(each) + '(' + [...each.children].map(shape).filter((child, n, all) => child !== all[n - 1]).join('') + ')';`;

/** Runs in the page: how many first headings it has, and its shape. */
const lookOfPage = `(() => {
  if (document.readyState === 'loading') throw new Error('the page is still coming');
  ${shapes}
  return { headings: document.querySelectorAll('h1').length, shape: innerWidth + ' ' + shape(document.documentElement) };
})()`;

/** Runs in the page: its parts, of some forty elements at most, each by its shape with all that it lies in and what stands before it. */
const partsOfPage = `(() => {
  ${shapes}
  const parts = [];
  const part = (each, around) => {
    const here = around + '>' + own(each.previousElementSibling) + '+' + (each.nextElementSibling ? '' : 'last ');
    if (each.querySelectorAll('*').length <= 40) parts.push([each, here + shape(each)]);
    else for (const child of each.children) part(child, here + own(each));
  };
  part(document.body, innerWidth + ' ' + own(document.documentElement));
  globalThis.partsOfPage = parts.map(([each]) => each);
  return parts.map(([, words]) => words);
})()`;

/** Runs in the page. Pages have no frames. `known`: the places of parts that passed, which are left out; the page as a whole is looked at, and all of it where
 *  a name that others refer to is there twice. */
const faultsOfPage = (known: readonly number[]): string => `(() => {
  bringAxe();
  const named = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  const isNamedOnce = new Set(named).size === named.length;
  const without = isNamedOnce ? ${JSON.stringify(known)}.map((place) => partsOfPage[place]) : [];
  return axe.run(without.length > 0 ? { exclude: without } : document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] })
    .then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.target.join(' ')).join('; ')));
})()`;

export type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

export interface VisitorOptions {
  readonly javaScriptEnabled?: boolean;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** The main menu is folded: a phone with scripts. */
  readonly menu?: boolean;
  /** Pages that look again by themselves do so only in sight: out of sight they leave axe in peace. */
  readonly outOfSight?: boolean;
}

/** A person at a browser. Opening a page waits for it and runs axe on it: no page passes that axe faults. With scripts off axe
 *  cannot run (it is a script), so there the same pages are walked for what they say and do. */
export class Visitor {
  private constructor(
    private readonly origin: string,
    private readonly context: BrowserContext,
    readonly page: Page,
    private readonly hasMenu: boolean,
    private readonly hasScripts: boolean,
    /** What the browser complained of: errors of scripts, and content the security policy refused. */
    readonly complaints: string[],
  ) {}

  static async with(browser: Browser, origin: string, options: VisitorOptions = {}): Promise<Visitor> {
    const context = await browser.newContext({
      javaScriptEnabled: options.javaScriptEnabled ?? true,
      viewport: options.viewport ?? { width: 1280, height: 900 },
      locale: 'en-GB',
      timezoneId: 'Europe/London',
    });
    const page = await context.newPage();
    if (options.javaScriptEnabled ?? true) await page.addInitScript({ content: bringAxe });
    if (options.outOfSight) await page.addInitScript("Object.defineProperty(document, 'hidden', { get: () => true })");
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => void (message.type() === 'error' && !/status of 4\d\d/.test(message.text()) && complaints.push(message.text())));
    return new Visitor(origin, context, page, options.menu ?? false, options.javaScriptEnabled ?? true, complaints);
  }

  close(): Promise<void> {
    return this.context.close();
  }

  async open(path: string): Promise<void> {
    const response = await this.page.goto(`${this.origin}${path}`);
    expect({ path, status: response?.status() }).toEqual({ path, status: 200 });
    await this.check();
  }

  /** On a phone with scripts the menu is opened first, if the link is in it. */
  async follow(link: string | RegExp): Promise<void> {
    const first = this.page.getByRole('link', { name: link }).first();
    if (this.hasMenu && !(await first.isVisible().catch(() => false))) await this.page.getByRole('button', { name: 'Menu' }).click();
    await first.click();
    await this.page.waitForLoadState();
    await this.check();
  }

  async press(button: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name: button }).first().click();
    await this.page.waitForLoadState();
    await this.check();
  }

  async fill(label: string | RegExp, words: string): Promise<void> {
    await this.page.getByLabel(label).first().fill(words);
  }

  /** Types a day into its three boxes, below the question with this name. */
  async fillDay(name: string, [day, month, year]: readonly [day: string, month: string, year: string]): Promise<void> {
    const group = this.page.getByRole('group', { name });
    await group.getByLabel('Day').fill(day);
    await group.getByLabel('Month').fill(month);
    await group.getByLabel('Year').fill(year);
  }

  async tick(label: string | RegExp): Promise<void> {
    await this.page
      .getByLabel(label, { exact: typeof label === 'string' })
      .first()
      .check();
  }

  heading(): Promise<string> {
    return this.ask("document.querySelector('h1').innerText.trim()");
  }

  async says(words: string | RegExp): Promise<void> {
    const text = await this.ask<string>('document.body.innerText');
    if (typeof words === 'string') expect(text).toContain(words);
    else expect(text).toMatch(words);
  }

  async saysNothingOf(words: string): Promise<void> {
    const text = await this.ask<string>('document.documentElement.innerText');
    expect({ words, isThere: text.includes(words) }).toEqual({ words, isThere: false });
  }

  /** One h1, and no fault of axe. */
  async check(): Promise<void> {
    const at = new URL(this.page.url()).pathname;
    const { headings, shape } = await this.ask<{ headings: number; shape: string }>(lookOfPage);
    expect({ at, headings }).toEqual({ at, headings: 1 });
    if (!this.hasScripts || existsSync(passed(shape))) return;
    await this.page.mouse.move(0, 0); // a link under the pointer has no line under it, which axe takes for its look
    const parts = await this.ask<string[]>(partsOfPage);
    const known = parts.flatMap((part, place) => (existsSync(passed(part)) ? [place] : []));
    expect({ at, faults: await this.page.evaluate<string[]>(faultsOfPage(known)) }).toEqual({ at, faults: [] });
    for (const each of [shape, ...parts]) writeFileSync(passed(each), '');
  }

  /** Asked in this way and not of a locator, a page need not be given Playwright's own scripts first (docs/decisions/029-the-browser-of-the-tests.md).
   *  A page that goes away while it is asked leaves the question to the next, and one that is still coming is waited for. */
  private async ask<T>(question: string): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.page.evaluate<T>(question);
      } catch (error) {
        if (tries === 5 || !/context was destroyed|Cannot find context|still coming/.test((error as Error).message)) throw error;
        await this.page.waitForLoadState();
      }
    }
  }

  async signIn(username: string): Promise<void> {
    await this.open('/sign-in');
    await this.fill('Your sign-in name', username);
    await this.fill('Your password', 'a password of theirs');
    await this.press('Sign in');
  }

  cookies(): Promise<Cookies> {
    return this.context.cookies();
  }

  /** Opens the first page with the cookies of a visit before, as a browser that kept them. False: none were kept, or that session is over. */
  async comesBack(cookies: Cookies | undefined): Promise<boolean> {
    if (!cookies) return false;
    await this.context.addCookies(cookies);
    await this.page.goto(this.origin);
    if (new URL(this.page.url()).pathname === '/sign-in') return false;
    await this.check();
    return true;
  }

  /** True when the page fits the width of the window: nothing scrolls sideways. */
  async fits(): Promise<boolean> {
    return (await this.page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')) === 0;
  }
}
