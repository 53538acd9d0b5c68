import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { SignedInRequest } from '../../identity/index.js';
import type { FormInvalid, PageAnswer, Problem } from '../../platform/index.js';
import { ErrorPages } from '../../platform/index.js';
import { paths } from '../paths.js';
import { problemPage } from '../shell/index.js';
import type { PageParts } from './pages.js';
import { Pages } from './pages.js';

/** Refusals as pages in the portal's words; whoever is not signed in is led to the sign-in page and back. */
@Injectable()
export class PortalErrorPages extends ErrorPages {
  constructor(private readonly pages: Pages) {
    super();
  }

  error(problem: Problem, request: FastifyRequest): PageAnswer {
    if (problem.status === 401) return { redirectTo: `${paths.signIn}${request.method === 'GET' ? `?next=${encodeURIComponent(request.url)}` : ''}` };
    if (problem.code === 'password-must-change') return { redirectTo: paths.password };
    const shell = this.pages.model(request as SignedInRequest, { title: '' });
    const facts = { status: problem.status, message: problem.detail, ...(problem.status >= 500 ? { reference: problem.requestId } : {}) };
    const { title, ...view } = problemPage(facts, shell);
    return this.pages.show(request as SignedInRequest, 'shell/error.njk', { title }, view);
  }

  form(failed: FormInvalid, request: FastifyRequest): PageAnswer {
    return this.pages.whole(request as SignedInRequest, failed.view, failed.model as PageParts);
  }
}
