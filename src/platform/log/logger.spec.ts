import { describe, expect, it } from '@jest/globals';
import { createLogger, NestLog, pathOf } from './logger.js';
import type { Logger } from './logger.js';

function logging(): { logger: Logger; lines: () => Record<string, unknown>[]; text: () => string } {
  let text = '';
  const logger = createLogger({ level: 'debug', program: 'test', destination: { write: (line: string) => void (text += line) } });
  return {
    logger,
    text: () => text,
    lines: () =>
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

describe('the log', () => {
  it('is one JSON line per fact, with its level, time and program', () => {
    const { logger, lines } = logging();
    logger.info({ requestId: 'r1', actorId: 'p1' }, 'answered');
    logger.warn('slow');
    expect(lines()).toEqual([
      expect.objectContaining({
        level: 'info',
        program: 'test',
        requestId: 'r1',
        actorId: 'p1',
        msg: 'answered',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      }),
      expect.objectContaining({ level: 'warn', msg: 'slow' }),
    ]);
  });

  it('leaves out what opens a door or names a person', () => {
    const { logger, text } = logging();
    logger.info(
      {
        password: 'hunter22',
        body: { nhsNumber: '9991234560', token: 'abc123' },
        req: { headers: { cookie: 'session=s3cret' } },
        a: { b: { sortCode: '040010' } },
      },
      'x',
    );
    expect(text()).not.toMatch(/hunter22|9991234560|abc123|s3cret|040010/);
  });

  it('keeps SQL, its parameters and quoted values out of errors, but their code and constraint in', () => {
    const { logger, text, lines } = logging();
    const driverError = Object.assign(new Error('duplicate key value violates unique constraint "person_nhs"'), {
      code: '23505',
      constraint: 'person_nhs',
      detail: 'Key (nhs)=(9991234560) already exists.',
    });
    logger.error(
      { err: Object.assign(new Error(driverError.message), { driverError, query: 'insert into person values ($1)', parameters: ['Ada Invented'] }) },
      'fault',
    );
    logger.error({ err: new Error('invalid input syntax for type date: "Ada Invented"') }, 'fault');
    expect(text()).not.toMatch(/Ada Invented|9991234560|insert into/);
    expect(lines()[0]!['err']).toMatchObject({ code: '23505', constraint: 'person_nhs' });
  });

  it('names a request by method and path only', () => {
    const { logger, lines } = logging();
    logger.info({ req: { method: 'GET', url: '/pools?name=Ada', headers: { cookie: 'x' } } }, 'x');
    expect(lines()[0]!['req']).toEqual({ method: 'GET', path: '/pools' });
  });

  it.each([
    ['/pools/018f4e7a-0000-7000-8000-000000000001/shares?x=1', '/pools/018f4e7a-0000-7000-8000-000000000001/shares'],
    ['/sign-in/kJ8s7d6f5g4h3j2k1l0qwertyuiop', '/sign-in/[left out]'],
    ['/', '/'],
  ])('writes %s as %s', (url, path) => {
    expect(pathOf(url)).toBe(path);
  });

  it('takes what Nest says', () => {
    const { logger, lines } = logging();
    const nest = new NestLog(logger);
    nest.log('started', 'NestFactory');
    nest.error('broke', 'Error: broke\n    at here', 'Somewhere');
    nest.error(new Error('whole'), 'Somewhere');
    nest.verbose('not shown at this level');
    expect(lines()).toEqual([
      expect.objectContaining({ level: 'info', context: 'NestFactory', msg: 'started' }),
      expect.objectContaining({ level: 'error', context: 'Somewhere', msg: 'broke', stack: 'Error: broke\n    at here' }),
      expect.objectContaining({ level: 'error', context: 'Somewhere', msg: 'whole', err: expect.objectContaining({ message: 'whole' }) }),
    ]);
  });
});
