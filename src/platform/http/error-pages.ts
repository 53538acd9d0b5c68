import type { FastifyRequest } from 'fastify';
import type { Problem } from './problem.js';

/** A page as HTML, or another address to go to (sign-in, for someone who is not signed in). */
export type PageAnswer = string | { readonly redirectTo: string };

/** A form with faults: the same page again with what was typed, its error summary, and status 422. */
export class FormInvalid extends Error {
  constructor(
    /** The template of the page. */
    readonly view: string,
    /** Exactly what the template prints. */
    readonly model: object,
  ) {
    super('a form needs to be put right');
    this.name = 'FormInvalid';
  }
}

/** Makes pages of refusals and faults. The portal provides one; until it does, pages are plain text. */
export abstract class ErrorPages {
  abstract error(problem: Problem, request: FastifyRequest): PageAnswer | Promise<PageAnswer>;
  abstract form(failed: FormInvalid, request: FastifyRequest): PageAnswer | Promise<PageAnswer>;
}
