/** The page for worries says what is true where it stands: who reads them, and by when; and that in danger one phones 999. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OrganisationId } from '../../src/kernel/index.js';
import { Carriers } from '../../src/platform/index.js';
import { House } from '../support/house.js';

const LIVE = {
  MODE: 'live',
  STRIPE_SECRET_KEY: 'sk_test_invented',
  STRIPE_WEBHOOK_SECRET: 'whsec_invented',
  ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 3).toString('base64')}`,
};

describe.each([
  ['in a demonstration', {}],
  ['live', LIVE],
])('the page for worries, %s', (mode, settings) => {
  let house: House;
  const isLive = mode === 'live';

  beforeAll(async () => {
    house = await House.open({ at: '2026-05-01T10:00:00Z', settings }); // a Friday; the Monday after is a bank holiday
  }, 60_000);
  afterAll(() => house?.close());

  const page = async (): Promise<string> => {
    const { statusCode, body } = await house.app.inject({ method: 'GET', url: '/worried' });
    expect(statusCode).toBe(200);
    return body;
  };

  it('promises nobody where nobody is named, and points elsewhere', async () => {
    await house.organisation('icb', 'Wetherdale ICB');
    const text = await page();
    expect(text).toContain('Is somebody in danger now? Phone 999.');
    expect(text).toContain(isLive ? 'Nobody at the NHS board is named to read this yet.' : 'Nobody reads this.');
    if (isLive) expect(text).not.toContain('safeguarding lead reads it');
  });

  it('says who reads it and by which day, once a safeguarding lead is named', async () => {
    const icb = (await house.database.read(house.system({}), (tx) => tx.row<{ id: OrganisationId }>(`select id from organisation where kind = 'icb'`)))!.id;
    await house.person('Lena', [{ role: 'safeguarding-lead', on: 'icb', id: icb }]);
    const text = await page();
    expect(text).toMatch(isLive ? /<p>A safeguarding lead reads it\./ : /<p>In real use a safeguarding lead reads it\./);
    expect(text).toContain('They read it by 5 May 2026, the next working day.');
    expect(text).toMatch(/In danger, do not wait: phone 999\./);
    if (isLive) expect(text).not.toMatch(/trial|Nobody at the NHS board/);
    else expect(text).toContain('Nobody from the NHS or the council reads this.');
  });

  it('and emails wait for a mail server, or stay in the mailbox of the demonstration', () =>
    expect(house.app.get(Carriers, { strict: false }).states[0]).toEqual(
      isLive
        ? { by: 'email', carrier: null, why: 'SMTP_URL is not set.' }
        : { by: 'email', carrier: 'the demonstration mailbox (nothing leaves this machine)', why: null },
    ));
});
