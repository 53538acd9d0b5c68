import type { LocalDate, PoolId } from '../../kernel/index.js';
import { addDays } from '../../kernel/index.js';
import type { ReviewId, Says, Stage } from '../../pools/index.js';
import { AgreementPapers, Agreements, APPEAL_DAYS, Leaving, MemberReviews, PoolQueries, ReviewQueries, ReviewVoices } from '../../pools/index.js';
import { PoolPacks } from '../../purchasing/index.js';
import type { Until } from '../diary.js';
import { assent, offer, propose } from './pool-steps.js';
import type { PoolPlan } from './pool-steps.js';
import type { Holder, World } from './world.js';

/** A group in which things are hard at times, with the members who are still there, by their place. */
interface Group {
  readonly world: World;
  readonly pool: PoolId;
  readonly plan: PoolPlan;
  readonly staying: Set<number>;
}

const memberAt = (group: Group, place: number): Holder => group.plan.members[place - 1]!;

async function tell(group: Group, from: number, about: number, words: string): Promise<void> {
  const { world, pool } = group;
  await world.house.get(ReviewVoices).ask(await world.house.actor(memberAt(group, from).id), pool, { aboutHarm: false, aboutMember: about, words });
}

const days = (world: World): { untilOn: LocalDate; closesOn: LocalDate } => ({
  untilOn: addDays(world.house.today, 3),
  closesOn: addDays(world.house.today, 10),
});

async function begin({ world, pool, plan }: Group, about: number, words: string): Promise<ReviewId> {
  const { reviewId } = await world.house
    .get(MemberReviews)
    .begin(await world.house.actor(plan.broker), pool, { stage: 'talk', words, ...days(world), aboutMember: about });
  return reviewId;
}

/** All the others say the same, and the broker closes the stage. */
async function allSay(group: Group, review: ReviewId, about: number, says: Says): Promise<void> {
  const { house } = group.world;
  for (const place of group.staying) if (place !== about) await house.get(ReviewVoices).give(await house.actor(memberAt(group, place).id), review, { says });
  await house.get(MemberReviews).close(await house.actor(group.plan.broker), review);
}

/** The broker prints what is missing and types in the agreement of those who have not agreed yet. One of them had not agreed at all, and says so. */
async function agreeOnPaper(world: World, pool: PoolId, plan: PoolPlan): Promise<void> {
  const { house } = world;
  const broker = await house.actor(plan.broker);
  await house.get(PoolPacks).make(broker, pool);
  const [fifth, last] = await house.get(AgreementPapers).waiting(broker, pool);
  await house.get(AgreementPapers).type(broker, pool, { reference: fifth!.reference, format: 'large-print', helpedBy: 'the neighbour' });
  const wronged = await house.actor(plan.members[fifth!.joinOrder - 1]!.id);
  await house.get(AgreementPapers).takeBack(wronged, pool, fifth!.agreementId);
  await house.get(AgreementPapers).type(broker, pool, { reference: last!.reference, format: 'easy-read' });
  const { contentHash } = (await house.get(PoolQueries).pool(wronged, pool)).agreements[0]!;
  await house.get(Agreements).assent(wronged, fifth!.agreementId, { contentHash, format: 'spoken' });
}

/** From a talk to the voices that ask somebody to leave. */
async function asFarAsLeaving(group: Group, about: number): Promise<ReviewId> {
  const { world, plan } = group;
  const review = await begin(group, about, 'The others find it hard on Sundays. How is it for you?');
  const steps: readonly (readonly [Says, Stage, string])[] = [
    ['conditions', 'conditions', 'We walk at the pace of the slowest, and nobody shouts at dogs.'],
    ['pause', 'pause', 'Let us try three Sundays apart.'],
    ['leave', 'leave', 'The others will say if they want to go on together.'],
  ];
  for (const [says, stage, words] of steps) {
    await allSay(group, review, about, says);
    const { untilOn, closesOn } = days(world);
    await world.house
      .get(MemberReviews)
      .open(await world.house.actor(plan.broker), review, { stage, words, closesOn, ...(stage === 'leave' ? {} : { untilOn }) });
  }
  await allSay(group, review, about, 'leave');
  return review;
}

/** Six people who walk on Sundays: one talk that came right, one after which somebody had to leave, one appeal that was right, somebody who left of their
 *  own accord meanwhile, and one talk that is open today, beside what somebody told the broker and what the broker answered. */
export async function walkersTalk(world: World, until: Until, plan: PoolPlan): Promise<void> {
  const { house, today } = world;
  const ago = (before: number): LocalDate => addDays(today, -before);
  await until(ago(60), 10);
  const started = await propose(world, plan);
  const agreement = await offer(world, started);
  await assent(world, plan.members.slice(0, 4), agreement);
  await agreeOnPaper(world, started.id, plan);
  const group: Group = { world, pool: started.id, plan, staying: new Set([1, 2, 3, 4, 5, 6]) };
  const chair = await house.actor(plan.broker);
  const as = (place: number) => house.actor(memberAt(group, place).id);
  const reviews = house.get(MemberReviews);

  await tell(group, 2, 1, 'He walks on ahead, and we lose him.');
  const quick = await begin(group, 1, 'The others lose sight of you. What would help?');
  await house
    .get(ReviewVoices)
    .answer(await as(1), quick, { words: 'I get cold when I wait. I could walk back to you.', supporter: 'my brother', forAll: true });
  await allSay(group, quick, 1, 'conditions');
  await reviews.open(chair, quick, { stage: 'conditions', words: 'He walks ahead to the next gate, and waits there.', ...days(world) });
  await reviews.settle(chair, quick, { words: 'He waits at each gate. It works well.' });

  const wrong = await asFarAsLeaving(group, 2);
  await house.get(ReviewVoices).appeal(await as(2), wrong, { words: 'Nobody told me about the dogs before.' });
  await until(ago(50), 10);
  await reviews.answerAppeal(chair, wrong, { isUpheld: true, words: 'They should have been told sooner. They stay.' });

  const right = await asFarAsLeaving(group, 3);
  await until(ago(50 - APPEAL_DAYS), 10);
  await reviews.endMembership(chair, right);
  group.staying.delete(3);

  await begin(group, 4, 'We have not seen you for a while. How are you?');
  await house.get(Leaving).leave(await as(4), started.id, {});
  group.staying.delete(4);
  await house.settle();

  await until(ago(3), 10);
  await tell(group, 5, 6, 'She sings while we walk.');
  const [song] = (await house.get(ReviewQueries).ofPool(chair, started.id)).asks;
  await house.get(ReviewVoices).turnDown(chair, song!.id, { words: 'I like that too little to stop it. Could you walk a bit behind?' });
  await tell(group, 6, 5, 'He brings a dog, and I am afraid of dogs.');
  const open = await begin(group, 1, 'It is about waiting at the gates again. When can we talk?');
  await house.get(ReviewVoices).give(await as(2), open, { says: 'continue', reason: 'It is better than it was.' });
}
