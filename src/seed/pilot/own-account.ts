import { PaymentFiles, Payees, PaymentQueries, PaymentSettings, Payments } from '../../payments/index.js';
import { bankDetailsFor } from '../../district/index.js';
import { bankOfProvider } from './paying.js';
import type { Holder, ListedProvider, World } from './world.js';

/** Invented accounts that people with a direct payment opened at the demonstration's own bank begin here. */
const OWN_ACCOUNTS = 70_000;

/** A holder sets up paying from their own account: whom, and from where. Whose bank is not the demonstration's, their files are refused. */
export async function readyOwnAccount(world: World, member: Holder, provider: ListedProvider, banksHere: boolean): Promise<void> {
  const { house } = world;
  const me = await house.actor(member.id);
  if (banksHere) {
    const bank = bankDetailsFor(OWN_ACCOUNTS);
    await house.bank('/bank/accounts', { ...bank, name: 'Direct payment', openedOn: world.start, openingPence: 500_000 });
    await house.write({ books: [member.lineBook] }, (tx, actor) =>
      house.get(PaymentSettings).set(tx, actor, member.lineBook, { account: { name: 'Direct payment', ...bank } }),
    );
  }
  await house.get(Payees).enter(me, { book: member.lineBook, kind: 'provider', subject: provider.id, name: provider.facts.name, ...bankOfProvider(900) });
}

/** The holder decides alone (truth 7), and the file leaves. */
export async function payFromOwnAccount(world: World, member: Holder): Promise<void> {
  const { house } = world;
  const me = await house.actor(member.id);
  const { items } = await house.get(PaymentQueries).ofBook(me, member.lineBook, { states: ['planned'], limit: 50 });
  if (items.length === 0) return;
  await house.get(Payments).approve(me, { payments: items.map((each) => each.id) });
  await house.settle();
  await house.get(PaymentFiles).release(me, member.lineBook);
  await house.settle();
}
