import { Budgets } from '../../budgets/index.js';
import type { Pence } from '../../kernel/index.js';
import { pence, penceAsNumber } from '../../kernel/index.js';
import { Ledger } from '../../ledger/index.js';
import type { Holder, World } from './world.js';

/** Money reaches the lines of cash books, half at a time. The trust learns of it from its statement, by the line's reference. */
export async function payIntoLines(world: World, holders: readonly Holder[], instalment: string): Promise<void> {
  const { house } = world;
  for (const holder of holders.filter((each) => each.managed === 'third-party')) await payToTrust(world, holder, halfOf(holder));
  await house.forEach(
    holders.filter((each) => each.managed === 'direct-payment'),
    (holder) => arriveAtOwnAccount(world, holder, halfOf(holder), instalment),
  );
}

const halfOf = (holder: Holder): Pence => pence(holder.agreed / 2n);

/** The funder's bank pays into the trust's client account. */
export async function payToTrust(world: World, holder: Holder, amount: Pence): Promise<void> {
  await world.house.bank('/bank/credits', {
    ...world.moneyHolder.bank,
    pence: penceAsNumber(amount),
    name: 'NHS PAYMENTS',
    reference: holder.lineReference,
    id: `${holder.lineReference}-${world.house.today}`,
  });
}

/** A direct payment lands in the holder's own account, which keeps no statement here: what their bank's feed would say. */
async function arriveAtOwnAccount(world: World, holder: Holder, amount: Pence, instalment: string): Promise<void> {
  const { house } = world;
  const { id, lineId, lineBook: book } = holder;
  await house.write({ books: [book], people: [id] }, async (tx) => {
    await house.get(Ledger).record(tx, [
      {
        book,
        reference: `seed:${lineId}:arrival-${instalment}`,
        kind: 'arrival',
        effectiveOn: house.today,
        transfers: [{ debit: { book, kind: 'bank' }, credit: { book, kind: 'unallocated' }, amount }],
      },
    ]);
    await house.get(Budgets).allocateIn(tx, lineId, amount, instalment);
  });
}
