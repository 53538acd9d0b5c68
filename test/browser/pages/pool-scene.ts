import { setTimeout as sleep } from 'node:timers/promises';
import { Brokers, COVERS } from '../../../src/brokers/index.js';
import { Budgets } from '../../../src/budgets/index.js';
import { Commissioning } from '../../../src/commissioning/index.js';
import type { BookId, BudgetLineId, LocalDate, OrganisationId, PersonId } from '../../../src/kernel/index.js';
import { pence } from '../../../src/kernel/index.js';
import { Ledger } from '../../../src/ledger/index.js';
import { StripeAccounts } from '../../../src/payments/index.js';
import { Plans } from '../../../src/plans/index.js';
import type { House } from '../../support/house.js';
import { Caller } from '../../support/house.js';
import { Scene } from './scene.js';

const KEY = 'sk_test_wetherdale';
const SECRET = 'whsec_wetherdale';
const day = (text: string): LocalDate => text as LocalDate;

/** Three neighbours, whose budgets are held in three ways, a broker all three appointed, a treasurer who takes cards, and somebody who will
 *  become a provider. Asha's money is notional, Bola's is held by the treasurer, Carys has a direct payment in an account of her own. */
export class PoolScene {
  private constructor(
    readonly scene: Scene,
    readonly treasury: BookId,
    readonly people: { readonly asha: PersonId; readonly bola: PersonId; readonly carys: PersonId; readonly femi: PersonId; readonly pat: PersonId },
  ) {}

  static async open(at: string): Promise<PoolScene> {
    const scene = await Scene.open(at);
    const { house } = scene;
    const treasurer = await house.organisation('money-holder', 'Purse Keepers CIC');
    const treasury = await house.book('cash', 'Purse Keepers CIC', { organisation: treasurer });
    const people = {
      asha: await scene.holder('Asha', 'asha'),
      bola: await scene.holder('Bola', 'bola'),
      carys: await scene.holder('Carys', 'carys', 'M32'),
      femi: await broker(scene),
      pat: (await house.person('Pat')).id,
    };
    await house.signedIn(people.pat, 'pat');
    const own = await house.book('cash', 'Carys’s account', { holder: people.carys });
    await house.grant(people.carys, 'account-holder', 'book', own);
    await fund(scene, people.asha, 'notional', scene.book);
    await arrives(scene, people.bola, treasury, await fund(scene, people.bola, 'third-party', treasury), 100_000);
    await arrives(scene, people.carys, own, await fund(scene, people.carys, 'direct-payment', own), 90_000);
    for (const holder of [people.asha, people.bola, people.carys])
      await house.app.get(Brokers).appoint(await scene.actor(holder), holder, { brokerId: people.femi, covers: [...COVERS] });
    const all = house.system({ books: [treasury] });
    await house.database.transaction(all, (tx) => house.app.get(StripeAccounts).connect(tx, all, { book: treasury, secretKey: KEY, webhookSecret: SECRET }));
    await fetch(`${house.sandbox.url}/sandbox/webhook_endpoints`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account: KEY, url: `${house.url}/webhooks/stripe/${treasury}`, secret: SECRET }),
    });
    await house.settle();
    return new PoolScene(scene, treasury, people);
  }

  get house(): House {
    return this.scene.house;
  }

  get url(): string {
    return this.house.url;
  }

  /** A pool with an agreement in force, to garden on Fridays unless `more` says otherwise. Its members agree themselves, or whoever stands beside their id. */
  async started(
    by: Caller,
    members: readonly (Caller | readonly [member: PersonId, by: Caller])[],
    more: { readonly name?: string; readonly terms?: object } = {},
  ): Promise<string> {
    const asked = members.map((each) => (each instanceof Caller ? ([each.id, each] as const) : each));
    const { poolId } = await by.must<{ poolId: string }>('post', 'pools', {
      name: more.name ?? 'Friday Gardeners',
      purpose: 'Grow food and have company.',
      members: asked.map(([personId]) => ({ personId })),
    });
    const { agreementId, contentHash } = await by.must<{ agreementId: string; contentHash: string }>('post', `pools/${poolId}/agreements`, {
      split: 'equal',
      absence: 'pay-to-hold-place',
      noticeDays: 28,
      decide: 'all-agree',
      feesOwedBy: 'icb',
      reviewOn: '2027-04-01',
      text: 'We garden on Fridays.',
      ...more.terms,
    });
    await this.house.settle();
    for (const [personId, caller] of asked)
      await caller.must('post', `agreements/${agreementId}/assent`, { contentHash, format: 'easy-read', ...(caller.id === personId ? {} : { personId }) });
    await this.house.settle();
    return poolId;
  }

  /** Waits until what the simulated Stripe tells has come in and been taken up. */
  async until(claim: () => Promise<boolean>): Promise<void> {
    for (let n = 0; n < 100; n += 1) {
      await this.scene.house.settle();
      if (await claim()) return;
      await sleep(50);
    }
    throw new Error('it did not come');
  }

  async close(): Promise<void> {
    await this.scene.close();
  }
}

async function broker(scene: Scene): Promise<PersonId> {
  const { brokerId } = await scene.house.app
    .get(Brokers)
    .registerBroker(await scene.actor(scene.officer), { icbId: scene.icb, firstName: 'Femi', familyName: 'Invented' });
  await scene.house.signedIn(brokerId, 'femi');
  return brokerId;
}

/** An agreed plan with one service, and a line of £1,200 for it. */
async function fund(scene: Scene, person: PersonId, managed: 'notional' | 'third-party' | 'direct-payment', bookId: BookId): Promise<BudgetLineId> {
  const { house, icb, officer } = scene;
  const actor = await scene.actor(officer);
  const draft = await house.app.get(Plans).draft(actor, {
    personId: person,
    about: 'Invented.',
    risks: 'None.',
    coordinatorId: officer,
    reviewOn: day('2027-05-01'),
    consentOn: day('2026-04-01'),
    lines: [{ service: 'Gardening with others', category: 'community', amountPence: pence(120_000), per: 'year', outcome: 'To be outdoors and among people' }],
  });
  await house.app.get(Commissioning).agreePlan(actor, draft.id, { reason: 'Agreed together.' });
  const { lines } = await house.app.get(Commissioning).fund(actor, {
    planId: draft.id,
    fromDay: day('2026-04-01'),
    untilDay: day('2027-04-01'),
    reason: 'Agreed together.',
    lines: [{ name: 'My care budget', managed, funderId: icb as OrganisationId, bookId, agreedPence: pence(120_000) }],
  });
  return lines[0]!.id;
}

/** Money reaches the account and is put to the line. */
async function arrives(scene: Scene, person: PersonId, book: BookId, line: BudgetLineId, sum: number): Promise<void> {
  const { house } = scene;
  await house.database.transaction(house.system({ books: [book], people: [person], icbs: [scene.icb] }), async (tx) => {
    await house.app.get(Ledger).record(tx, [
      {
        book,
        reference: 'test:arrival',
        kind: 'arrival',
        effectiveOn: day('2026-11-01'),
        transfers: [{ debit: { book, kind: 'bank' }, credit: { book, kind: 'unallocated' }, amount: pence(sum) }],
      },
    ]);
    await house.app.get(Budgets).allocateIn(tx, line, pence(sum), 'test');
  });
}
