import { describe, expect, it } from '@jest/globals';
import { faultsOfSchedule, JobRegistry } from './job-registry.js';

const job = (name: string) => ({ name, run: async () => undefined });
const line = (name: string) => ({ name, cron: '0 2 * * *', what: 'A job of this test.' });

describe('the schedule and its handlers', () => {
  it.each([
    { scheduled: ['seal', 'sweep'], registered: ['sweep', 'seal'], faults: [] },
    { scheduled: ['seal'], registered: [], faults: ['seal has no handler'] },
    { scheduled: ['seal'], registered: ['seal', 'seal'], faults: ['seal has 2 handlers'] },
    { scheduled: [], registered: ['seal'], faults: ['seal is registered but not scheduled'] },
    { scheduled: ['seal', 'seal'], registered: ['seal'], faults: ['seal is scheduled 2 times'] },
    { scheduled: ['b', 'a'], registered: ['c'], faults: ['a has no handler', 'b has no handler', 'c is registered but not scheduled'] },
  ])('finds $faults', ({ scheduled, registered, faults }) => {
    expect(faultsOfSchedule(scheduled, registered)).toEqual(faults);
  });

  it('refuses to start, and names every fault', () => {
    const registry = new JobRegistry();
    registry.register(job('seal'));
    expect(() => registry.checkHandlers([line('seal')])).not.toThrow();
    expect(() => registry.checkHandlers([line('sweep')])).toThrow(/seal is registered but not scheduled; sweep has no handler/);
  });
});
