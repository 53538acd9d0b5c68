import { FriendCodes, Invitations } from '../../introductions/index.js';
import { DomainError } from '../../kernel/index.js';
import type { Holder, World } from './world.js';

/** An invitation on paper that nobody will type in: it ends by itself after six weeks. */
export async function leavePaperInDrawer({ house }: World, holder: Holder): Promise<void> {
  await house.get(Invitations).onPaper(await house.actor(holder.id), holder.id);
}

/** Of people who know each other: two who met by a code, an invitation that waits, and one taken back; the old ones end. */
export async function askAcquaintances(world: World, holders: readonly Holder[]): Promise<void> {
  const { house } = world;
  const invitations = house.get(Invitations);
  await house.job('introductions-end-invitations');
  for (let at = holders.length - 1; at > 0 && !(await haveMet(world, holders[at]!, holders[at - 1]!)); at -= 2);
  const [waits, takesBack] = [holders[0]!, holders[1]!];
  await invitations.onPaper(await house.actor(waits.id), waits.id);
  const { id } = await invitations.onPaper(await house.actor(takesBack.id), takesBack.id);
  await invitations.withdraw(await house.actor(takesBack.id), id);
}

/** False for two who may not: of different ages, or introduced already. */
async function haveMet({ house }: World, one: Holder, other: Holder): Promise<boolean> {
  try {
    const [first, second] = [await house.actor(one.id), await house.actor(other.id)];
    const mine = (await house.get(FriendCodes).make(first, one.id)).code!;
    const theirs = (await house.get(FriendCodes).make(second, other.id)).code!;
    await house.get(Invitations).useCode(first, one.id, { firstName: other.firstName, code: theirs });
    await house.get(Invitations).useCode(second, other.id, { firstName: one.firstName, code: mine });
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.kind === 'refused') return false;
    throw error;
  }
}
