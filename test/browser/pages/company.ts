import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../support/chromium.js';
import type { House } from '../../support/house.js';
import type { Cookies, VisitorOptions } from './page.js';
import { Visitor } from './page.js';

/** Widths at which pages are looked at: a small phone's, which is a desk's enlarged to 400% (WCAG 1.4.10), and a desk's. */
const WIDTHS = [320, 1280];

/** Call it at the top of a test file: one browser for all its tests. */
export function oneBrowser(): () => Browser {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  }, 120_000);
  afterAll(() => browser?.close());
  return () => browser;
}

/** A scene that tests play in: an app on a database of its own, with people in it. */
export interface Place {
  readonly house: House;
  readonly url: string;
}

/** The people at browsers during the tests of one `describe`. After each test none of their browsers may have complained, they leave,
 *  and every check of the house must hold. */
export class Company {
  private readonly visitors: Visitor[] = [];
  /** Sessions of people who have left: two browsers at once never share one. */
  private readonly sessions = new Map<string, Cookies>();
  private readonly inside = new Map<Visitor, { readonly key: string; readonly cookies: Cookies }>();

  private constructor(
    private readonly browser: () => Browser,
    private readonly place: () => Place,
    private readonly options: VisitorOptions,
  ) {}

  /** Call it inside the `describe`, beside the hooks that open and close the scene. */
  static of(browser: () => Browser, place: () => Place, options: VisitorOptions = {}): Company {
    const company = new Company(browser, place, options);
    afterEach(() => company.leave());
    return company;
  }

  /** Somebody who has not signed in. */
  async visitor(options: VisitorOptions = {}): Promise<Visitor> {
    const visitor = await Visitor.with(this.browser(), this.place().url, { ...this.options, ...options });
    visitor.page.setDefaultTimeout(8_000);
    this.visitors.push(visitor);
    return visitor;
  }

  /** Somebody who has signed in: the first time on the page for it, later by the session they still have from a test before. */
  async as(username: string, options: VisitorOptions = {}): Promise<Visitor> {
    const visitor = await this.visitor(options);
    const key = `${this.place().url} ${username}`;
    const kept = this.sessions.get(key);
    this.sessions.delete(key);
    if (!(await visitor.comesBack(kept))) await visitor.signIn(username);
    this.inside.set(visitor, { key, cookies: await visitor.cookies() });
    return visitor;
  }

  /** The page fits a phone and a desk; with SHOTS, a folder, pictures for whoever wants to look. */
  async look(visitor: Visitor, name: string): Promise<void> {
    const shots = process.env['SHOTS'];
    for (const width of WIDTHS) {
      await visitor.page.setViewportSize({ width, height: 900 });
      expect({ name, width, fits: await visitor.fits() }).toEqual({ name, width, fits: true });
      const scripts = this.options.javaScriptEnabled === false ? 'plain' : 'js';
      if (shots) await visitor.page.screenshot({ path: `${shots}/${name}-${scripts}-${width}.png`, fullPage: true });
    }
  }

  private async leave(): Promise<void> {
    const complaints = this.visitors.flatMap((visitor) => visitor.complaints);
    for (const visitor of this.visitors.splice(0)) await visitor.close();
    for (const { key, cookies } of this.inside.values()) this.sessions.set(key, cookies);
    this.inside.clear();
    expect(complaints).toEqual([]);
    const { house } = this.place();
    await house.settle();
    expect(await house.faults()).toEqual({});
  }
}
