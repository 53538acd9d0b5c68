import { expect } from '@jest/globals';
import type { Visitor } from './page.js';

/** Where the keyboard's focus is, as somebody who looks at the page sees it. */
export interface Stop {
  /** `a`, `button`, `input[radio]` … */
  readonly what: string;
  readonly name: string;
  /** An outline, a ring or an edge shows where the focus is. */
  readonly isSeen: boolean;
  /** It is on the screen, and nothing lies over it. */
  readonly isInSight: boolean;
  /** Its place in the order of the document. */
  readonly place: number;
}

/** More stops than any page of ours has: whoever needs more is in a trap. */
const MOST_STOPS = 400;

/** Runs in the page. Boxes and circles of a choice are drawn by their label, so the ring is looked for there as well. */
const stopOfPage = `(() => {
  const at = document.activeElement;
  if (!at || at === document.body || at === document.documentElement) return null;
  const label = at.labels && at.labels[0];
  const drawn = [getComputedStyle(at), ...(label ? [getComputedStyle(label, '::before')] : [])];
  const resting = (style) => (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) && style.boxShadow === 'none' && parseFloat(style.borderTopWidth) < 4;
  const choice = at.type === 'radio' || at.type === 'checkbox';
  const box = (choice && label ? label : at).getBoundingClientRect();
  const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 12), 0), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 12), 0), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const hit = top && (at.contains(top) || top.contains(at) || (label && label.contains(top)));
  const words = (label ? label.innerText : at.getAttribute('aria-label') || at.textContent || at.value || '').replace(/\\s+/g, ' ').trim();
  return {
    what: at.tagName.toLowerCase() + (at.tagName === 'INPUT' ? '[' + at.type + ']' : ''),
    name: words,
    isSeen: !drawn.every(resting),
    isInSight: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && Boolean(hit),
    place: [...document.querySelectorAll('*')].indexOf(at),
  };
})()`;

/** Runs in the page: the places of all that the Tab key should reach; of a group of circles the chosen one, else the first. */
const reachableOfPage = `(() => {
  const all = [...document.querySelectorAll('*')];
  const shown = (each) => each.checkVisibility({ visibilityProperty: true }) && !each.disabled && each.tabIndex >= 0;
  const radios = (each) => all.filter((other) => other.type === 'radio' && other.name === each.name && other.form === each.form);
  return all.filter((each) => {
    if (!each.matches('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]') || !shown(each)) return false;
    if (each.type !== 'radio') return true;
    const group = radios(each);
    return each === (group.find((other) => other.checked) || group[0]);
  }).map((each) => all.indexOf(each));
})()`;

/** A person who has a keyboard and nothing else. Every stop of the focus must be seen, in sight, and after the one before. */
export class Keyboard {
  private last: Stop | null = null;

  constructor(readonly visitor: Visitor) {}

  /** Presses Tab until the focus is on what bears these words. */
  async to(what: string, name: string | RegExp): Promise<void> {
    for (let n = 0; n < MOST_STOPS; n += 1) {
      const stop = await this.tab();
      if (stop && stop.what === what && (typeof name === 'string' ? stop.name === name : name.test(stop.name))) return;
    }
    throw new Error(`the Tab key never came to the ${what} "${String(name)}" on ${this.visitor.page.url()}`);
  }

  /** One press of Tab, or of Shift and Tab. Null: the focus left the page for the browser's own bars. */
  async tab(isBack = false): Promise<Stop | null> {
    await this.visitor.page.keyboard.press(isBack ? 'Shift+Tab' : 'Tab');
    const stop = await this.visitor.page.evaluate<Stop | null>(stopOfPage);
    if (stop) {
      const at = new URL(this.visitor.page.url()).pathname;
      expect({ at, ...stop }).toMatchObject({ isSeen: true, isInSight: true });
      if (this.last && isBack) expect({ at, ...stop, isBefore: stop.place < this.last.place, than: this.last.name }).toMatchObject({ isBefore: true });
      else if (this.last) expect({ at, ...stop, isAfter: stop.place > this.last.place, than: this.last.name }).toMatchObject({ isAfter: true });
    }
    this.last = stop;
    return stop;
  }

  /** Presses a key where the focus is; a page that follows is waited for and looked at. */
  async press(key: 'Enter' | 'Space' | 'ArrowDown' | 'ArrowUp', leads: boolean): Promise<void> {
    const { page } = this.visitor;
    if (!leads) return page.keyboard.press(key);
    await Promise.all([page.waitForEvent('load'), page.keyboard.press(key)]);
    this.last = null;
    await this.visitor.check();
  }

  async type(words: string): Promise<void> {
    await this.visitor.page.keyboard.type(words);
  }

  /** Goes to a field and writes. */
  async fill(what: string, label: string | RegExp, words: string): Promise<void> {
    await this.to(what, label);
    await this.type(words);
  }

  async follow(link: string | RegExp): Promise<void> {
    await this.to('a', link);
    await this.press('Enter', true);
  }

  async push(button: string | RegExp): Promise<void> {
    await this.to('button', button);
    await this.press('Enter', true);
  }

  async tick(label: string | RegExp): Promise<void> {
    await this.to('input[checkbox]', label);
    await this.press('Space', false);
  }

  /** Comes to the group of circles that has these words, and goes down by arrow until they are chosen. */
  async choose(label: string): Promise<void> {
    const { page } = this.visitor;
    const isInGroup = `[...document.querySelectorAll('input[type=radio]')].some((each) => each.name === document.activeElement.name && each.labels[0]?.innerText.trim() === ${JSON.stringify(label)})`;
    do await this.to('input[radio]', /./);
    while (!(await page.evaluate<boolean>(isInGroup)));
    for (let n = 0; n < 20 && this.last?.name !== label; n += 1) {
      await this.press('ArrowDown', false);
      this.last = await this.where();
      expect(this.last).toMatchObject({ what: 'input[radio]', isSeen: true, isInSight: true });
    }
    await this.press('Space', false);
    expect({ label: this.last?.name, isChosen: await page.evaluate('document.activeElement.checked') }).toEqual({ label, isChosen: true });
  }

  where(): Promise<Stop | null> {
    return this.visitor.page.evaluate<Stop | null>(stopOfPage);
  }

  /** A form came back: its summary has the focus, and its first link leads to the field. */
  async isToldOfFaults(): Promise<Stop> {
    const { page } = this.visitor;
    for (let n = 0; n < 40 && !(await page.evaluate<boolean>("document.activeElement.matches('.nhsuk-error-summary')")); n += 1) await page.waitForTimeout(50);
    expect(await page.evaluate('document.activeElement.className')).toBe('nhsuk-error-summary');
    this.last = await this.where();
    expect(this.last).toMatchObject({ isSeen: true, isInSight: true });
    const link = await this.tab();
    await this.press('Enter', false);
    const field = await this.where();
    expect(field).toMatchObject({ isSeen: true, isInSight: true });
    expect(link!.what).toBe('a');
    this.last = field;
    return field!;
  }

  /** From the top of the page to its end and back: every control is reached, in order, and nothing holds the focus. */
  async walk(): Promise<void> {
    const { page } = this.visitor;
    await page.evaluate('document.activeElement?.blur(), scrollTo(0, 0)');
    const reachable = await page.evaluate<number[]>(reachableOfPage);
    this.last = null;
    const forth: Stop[] = [];
    for (let stop = await this.tab(); stop && forth.length < MOST_STOPS; stop = await this.tab()) forth.push(stop);
    const at = new URL(page.url()).pathname;
    expect({ at, places: forth.map((stop) => stop.place) }).toEqual({ at, places: reachable });
    const back: Stop[] = [];
    for (let stop = await this.tab(true); stop && back.length < MOST_STOPS; stop = await this.tab(true)) back.push(stop);
    expect({ at, places: back.map((stop) => stop.place).reverse() }).toEqual({ at, places: reachable });
  }
}
