import { describe, expect, it } from '@jest/globals';
import { tmpdir } from 'node:os';
import { NotReady, Readiness } from './readiness.js';
import { databaseAnswers, diskHasRoom, migrationsCurrent } from './ready-checks.js';

const database = (rows: object[]): { query: () => Promise<object[]> } => ({ query: () => Promise.resolve(rows) });
const broken = { query: () => Promise.reject(new Error('password of postgres://user:pw@host is wrong')) };

describe('Readiness', () => {
  it('is ready when every check passes', async () => {
    const readiness = new Readiness();
    readiness.add('database', databaseAnswers(database([])));
    readiness.add('migrations', migrationsCurrent(database([{ name: 'A' }, { name: 'Newer' }]), ['A']));
    readiness.add('disk', diskHasRoom(tmpdir(), 1));
    const answer = await readiness.ask();
    expect(answer.status).toBe('ready');
    expect(answer.checks.map((check) => [check.name, check.ok])).toEqual([
      ['database', true],
      ['migrations', true],
      ['disk', true],
    ]);
  });

  it('names what is not ready, without what the driver said', async () => {
    const readiness = new Readiness();
    readiness.add('database', databaseAnswers(broken));
    readiness.add('migrations', migrationsCurrent(database([{ name: 'A' }]), ['A', 'B', 'C']));
    readiness.add('disk', diskHasRoom(tmpdir(), Number.MAX_SAFE_INTEGER));
    readiness.add('queue', () => {
      throw new Error('secret address');
    });
    const answer = await readiness.ask();
    expect(answer.status).toBe('not-ready');
    expect(answer.checks.map((check) => check.problem)).toEqual([
      'The database does not answer.',
      '2 migration(s) have not run. Run: npm run cli -- migrate',
      expect.stringMatching(/^Only \d+ MB are free/),
      'It failed; see the log.',
    ]);
    expect(JSON.stringify(answer)).not.toMatch(/pw@|secret/);
  });

  it('does not wait for a check that hangs', async () => {
    const readiness = new Readiness();
    readiness.add('database', () => new Promise<void>(() => undefined));
    expect((await readiness.ask()).checks[0]).toMatchObject({ ok: false, problem: 'No answer in 2 seconds.' });
  });

  it('asks once for all who ask in the same second', async () => {
    const readiness = new Readiness();
    let asked = 0;
    readiness.add('count', () => void asked++);
    await Promise.all([readiness.ask(0), readiness.ask(10), readiness.ask(999)]);
    expect(asked).toBe(1);
    await readiness.ask(1_000);
    expect(asked).toBe(2);
  });

  it('is not ready once it is stopping', async () => {
    const readiness = new Readiness();
    readiness.stop();
    expect((await readiness.ask()).status).toBe('not-ready');
    expect(new NotReady('x')).toBeInstanceOf(Error);
  });
});
