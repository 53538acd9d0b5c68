import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** One thing that a reader was given: the page or the question, and all of the answer. */
export interface Reading {
  readonly at: string;
  readonly text: string;
}

/** Someone who looks at everything that they can reach. */
export interface Reader {
  readonly name: string;
  readonly id: string;
  /** What this reader was shown at any earlier moment, by the noun it was met under: asked for again for ever. */
  readonly met: Map<string, Set<string>>;
  /** Questions with an id that were refused once; asked again at the last reading, in case they are answered by then. */
  readonly refused: Set<string>;
}

/** `whole`: all there is to reach. `last`: the same, and once more what was refused before. `front`: the home page and what it links to, but for
 *  "who looked", of which a later reading sees all that was before. */
export type Depth = 'whole' | 'last' | 'front';

/** More pages than any reader of this test has; whoever meets it is told, since what lies beyond was not compared. */
export const MOST_PAGES = 400;
/** Moves with every request and says nothing of anybody. */
const PASSING_HEADERS = new Set(['date', 'etag', 'content-length', 'x-request-id', 'connection', 'keep-alive', 'content-security-policy', 'server-timing']);
const ID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

export const readerOf = (name: string, id: string): Reader => ({ name, id, met: new Map([['people', new Set([id])]]), refused: new Set() });

/** A crawler with one reader's session: pages by their links, and every question of the JSON door that an id met on the way fits. */
export class Crawler {
  private readonly readings: Reading[] = [];

  constructor(
    private readonly app: NestFastifyApplication,
    private readonly reader: Reader,
    private readonly token: string,
    /** The paths of the API's description that are asked by GET. */
    private readonly questions: readonly string[],
  ) {}

  async read(depth: Depth): Promise<Reading[]> {
    await this.pages(depth);
    if (depth !== 'front') await this.api(depth);
    return this.readings;
  }

  /** Breadth-first from the home page, within the origin, forms left alone. */
  private async pages(depth: Depth): Promise<void> {
    const found = new Set(['/']);
    for (const path of found) {
      if (found.size > MOST_PAGES) throw new Error(`${this.reader.name} reached more than ${MOST_PAGES} pages: what lies beyond was not compared`);
      const { text } = await this.get(path, { cookie: `cp_session=${this.token}` });
      if (path === '/' || depth !== 'front') for (const link of linksIn(text)) if (depth !== 'front' || link !== '/who-looked') found.add(link);
      for (const [, noun, id] of text.matchAll(new RegExp(`/([a-z-]+)/(${ID})`, 'g'))) this.meet(noun!, id!);
    }
  }

  /** Questions without an id first; those with one for every id met under that noun, until nothing new is met. */
  private async api(depth: Depth): Promise<void> {
    const asked = new Set<string>();
    for (let before = -1; before !== asked.size; ) {
      before = asked.size;
      for (const path of this.questions.flatMap((question) => this.filled(question))) {
        if (asked.has(path) || (depth === 'whole' && this.reader.refused.has(path))) continue;
        asked.add(path);
        const { status, text } = await this.get(path, { authorization: `Bearer ${this.token}` });
        if (status === 404) this.reader.refused.add(path);
        this.meetAll(path, text);
      }
    }
  }

  private filled(question: string): string[] {
    let paths = [''];
    const parts = question.split('/').slice(1);
    for (const [at, part] of parts.entries()) {
      const fitting = part.startsWith('{') ? [...(this.reader.met.get(parts[at - 1]!) ?? [])] : [part];
      paths = paths.flatMap((path) => fitting.map((each) => `${path}/${each}`));
    }
    return paths;
  }

  /** Remembers the ids of an answer, by what they are called in it: `personId` is one of people, an `id` is one of what was asked for. */
  private meetAll(path: string, text: string): void {
    const asked = path.split('/').findLast((part) => !new RegExp(ID).test(part))!;
    for (const [, key, id] of text.matchAll(new RegExp(`"([A-Za-z]+)":"(${ID})"`, 'g'))) {
      if (key === 'id') this.meet(asked, id!);
      else for (const noun of nounsOf(key!)) this.meet(noun, id!);
    }
  }

  private meet(noun: string, id: string): void {
    const ids = this.reader.met.get(noun) ?? new Set();
    this.reader.met.set(noun, ids.add(id));
  }

  private async get(path: string, headers: Record<string, string>): Promise<{ status: number; text: string }> {
    const answer = await this.app.inject({ method: 'GET', url: path, headers });
    const kept = Object.entries(answer.headers).filter(([name]) => !PASSING_HEADERS.has(name));
    this.readings.push({ at: path, text: `${answer.statusCode} ${JSON.stringify(Object.fromEntries(kept.sort()))}\n${answer.body}` });
    const onward = answer.headers.location === undefined ? '' : `<a href="${String(answer.headers.location)}">`;
    return { status: answer.statusCode, text: onward + answer.body };
  }
}

function nounsOf(key: string): string[] {
  if (/^(person|other|holder|broker|from|to|actor)/.test(key)) return ['people', 'brokers'];
  const noun = key.replace(/Id$/, '').replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return [`${noun}s`];
}

/** Addresses of links on a page, of this site alone, without what only moves on the page. The page for worries is the same wherever it was come
 *  to from, so it is read once. */
function linksIn(html: string): string[] {
  return [...html.matchAll(/\shref="([^"]+)"/g)]
    .map(([, href]) =>
      href!
        .replaceAll('&amp;', '&')
        .split('#')[0]!
        .replace(/^\/worried\?.*/, '/worried'),
    )
    .filter((href) => href.startsWith('/') && !href.startsWith('//') && !href.startsWith('/assets'));
}
