import { Nominations, Nominees } from '../../holders/index.js';
import type { PersonId } from '../../kernel/index.js';
import type { Holder, World } from './world.js';

const WANTED = [
  ['Nasreen Brightwater', 'nasreen@example.test', 'She is my friend and good with paper.'],
  ['Tobias Penhallow', '01632 960412', 'He helps me with letters already.'],
  ['My neighbour Ines', 'She lives next door', 'She is always at home.'],
  ['Auntie Marguerite', '01632 960377', 'She did it for my brother.'],
] as const;

/** Whom people want to manage their direct payment: one is agreed, one waits, one is turned down, and one was taken back. */
export async function nominate({ house }: World, who: readonly Holder[], nominee: PersonId): Promise<void> {
  const [nominations, nominees] = [house.get(Nominations), house.get(Nominees)];
  const [agreed, , refused, undecided] = who as [Holder, Holder, Holder, Holder];
  const asked = new Map<Holder, Awaited<ReturnType<Nominations['ask']>>['nominationId']>();
  for (const [index, holder] of who.entries()) {
    const [name, contact, reason] = WANTED[index]!;
    asked.set(holder, (await nominations.ask(await house.actor(holder.id), holder.id, { name, contact, reason, hasAgreed: true })).nominationId);
  }
  await nominees.nominate(await house.actor(agreed.icb.coordinator), agreed.id, {
    nomineeId: nominee,
    nominationId: asked.get(agreed)!,
    nomineeAgreedOn: house.today,
    reason: 'They have talked it through with us and both have signed.',
  });
  const reason = 'We could not reach your neighbour, who has moved. You can ask for somebody else.';
  await nominations.turnDown(await house.actor(refused.icb.coordinator), asked.get(refused)!, { reason });
  await nominations.withdraw(await house.actor(undecided.id), asked.get(undecided)!);
}
