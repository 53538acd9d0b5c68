import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';

/** A person at a browser. Opening a page waits for it and runs axe on it: no page passes that axe faults. */
export class Visitor {
  private constructor(
    private readonly origin: string,
    private readonly context: BrowserContext,
    readonly page: Page,
    /** What the browser complained of: errors of scripts, and content the security policy refused. */
    readonly complaints: string[],
  ) {}

  static async with(browser: Browser, origin: string, options: { javaScriptEnabled?: boolean; viewport?: { width: number; height: number } } = {}): Promise<Visitor> {
    const context = await browser.newContext({ javaScriptEnabled: options.javaScriptEnabled ?? true, viewport: options.viewport ?? { width: 1280, height: 900 }, locale: 'en-GB', timezoneId: 'Europe/London' });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => void (message.type() === 'error' && !/status of 4\d\d/.test(message.text()) && complaints.push(message.text())));
    return new Visitor(origin, context, page, complaints);
  }

  close(): Promise<void> {
    return this.context.close();
  }

  async open(path: string): Promise<void> {
    const response = await this.page.goto(`${this.origin}${path}`);
    expect({ path, status: response?.status() }).toEqual({ path, status: 200 });
    await this.check();
  }

  async follow(link: string | RegExp): Promise<void> {
    await this.page.getByRole('link', { name: link }).first().click();
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

  async tick(label: string | RegExp): Promise<void> {
    await this.page.getByLabel(label, { exact: typeof label === 'string' }).first().check();
  }

  async heading(): Promise<string> {
    return (await this.page.locator('h1').first().innerText()).trim();
  }

  async says(words: string | RegExp): Promise<void> {
    const text = await this.page.locator('body').innerText();
    if (typeof words === 'string') expect(text).toContain(words);
    else expect(text).toMatch(words);
  }

  async saysNothingOf(words: string): Promise<void> {
    expect(await this.page.content()).not.toContain(words);
  }

  /** One h1, no fault of axe, nothing wider than the window. */
  async check(): Promise<void> {
    const at = new URL(this.page.url()).pathname;
    expect({ at, headings: await this.page.locator('h1').count() }).toEqual({ at, headings: 1 });
    const { violations } = await new AxeBuilder({ page: this.page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    expect({ at, faults: violations.map((fault) => `${fault.id}: ${fault.nodes.map((node) => node.target.join(' ')).join('; ')}`) }).toEqual({ at, faults: [] });
  }

  async signIn(username: string): Promise<void> {
    await this.open('/sign-in');
    await this.fill('Your sign-in name', username);
    await this.fill('Your password', 'a password of theirs');
    await this.press('Sign in');
  }

  /** True when the page fits the width of the window: nothing scrolls sideways. */
  async fits(): Promise<boolean> {
    return (await this.page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')) === 0;
  }
}
