import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { invalid } from '../../kernel/index.js';
import type { PageAnswer } from './error-pages.js';
import { ErrorPages, FormInvalid } from './error-pages.js';
import type { Fault } from './problem.js';
import { faultOf } from './problem.js';

/** Addresses that answer machines; everything else is a page. */
const MACHINES = /^\/(api|webhooks|health|metrics|open-referral)(\/|\?|$)/;

export const isForMachines = (url: string): boolean => MACHINES.test(url);

/** Everything thrown ends here: problem details for machines, a page for people, a line in the log. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  /** `pages` is asked at the first fault, since the room that makes pages stands above this one. */
  constructor(private readonly pages: () => ErrorPages | undefined) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const fault = faultOf(error instanceof FormInvalid ? formOutOfPlace() : error, request.id);
    const isForm = error instanceof FormInvalid && !isForMachines(request.url);
    if (!isForm) log(request, fault, error);
    if (reply.raw.headersSent) {
      // An open stream (server-sent events) cannot change its status: end it.
      if (!reply.raw.writableEnded) reply.raw.end();
      return;
    }
    if (fault.retryAfter !== undefined) reply.header('retry-after', String(fault.retryAfter));
    if (isForMachines(request.url)) {
      void reply.status(fault.problem.status).header('content-type', 'application/problem+json; charset=utf-8').send(JSON.stringify(fault.problem));
      return;
    }
    const pages = this.pages();
    if (!pages) return plain(reply, fault);
    try {
      const answer = await (isForm ? pages.form(error, request) : pages.error(fault.problem, request));
      send(reply, isForm ? 422 : fault.problem.status, answer);
    } catch (second) {
      request.log.error({ err: second }, 'the page of an error failed');
      plain(reply, faultOf(second, request.id));
    }
  }
}

const formOutOfPlace = (): Error => invalid('invalid-fields', 'Some of what was sent needs to be put right.');

function log(request: FastifyRequest, { problem, severity }: Fault, error: unknown): void {
  const actorId = (request as { actor?: { id: string } }).actor?.id;
  const fact = { actorId, code: problem.code, status: problem.status };
  if (severity === 'info') request.log.info(fact, 'refused');
  else request.log[severity]({ ...fact, err: error }, severity === 'warn' ? 'busy' : 'fault');
}

function send(reply: FastifyReply, status: number, answer: PageAnswer): void {
  if (typeof answer === 'string') void reply.status(status).header('content-type', 'text/html; charset=utf-8').send(answer);
  else void reply.status(303).header('location', answer.redirectTo).send();
}

function plain(reply: FastifyReply, { problem }: Fault): void {
  const text = `Error: ${problem.title}\n\n${problem.detail}\n\nReference: ${problem.requestId}\n`;
  void reply.status(problem.status).header('content-type', 'text/plain; charset=utf-8').send(text);
}
