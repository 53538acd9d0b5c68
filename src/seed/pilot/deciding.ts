import type { LocalDate, PoolId } from '../../kernel/index.js';
import { addDays, pence } from '../../kernel/index.js';
import type { DecisionId, VoteChoice } from '../../pools/index.js';
import { ContributionPapers, DecisionOutcomes, DecisionQueries, Decisions, SHORTEST_DAYS } from '../../pools/index.js';
import type { QuoteId } from '../../purchasing/index.js';
import { PoolPacks, QuotePapers } from '../../purchasing/index.js';
import type { Until } from '../diary.js';
import { poolOf } from './funders.js';
import { askForQuote, assent, offer, propose } from './pool-steps.js';
import type { PoolPlan } from './pool-steps.js';
import type { Holder, World } from './world.js';

/** A member asks the others something; they have a week. */
async function ask(world: World, pool: PoolId, member: Holder, question: string, more: object = {}): Promise<DecisionId> {
  const closesOn = addDays(world.house.today, SHORTEST_DAYS);
  const asked = await world.house
    .get(Decisions)
    .raise(await world.house.actor(member.id), pool, { question, closesOn, reviewOn: addDays(closesOn, 90), ...more });
  return asked.decisionId;
}

async function vote(world: World, decision: DecisionId, member: Holder, choice: VoteChoice, reason?: string, helpedBy?: string): Promise<void> {
  await world.house
    .get(Decisions)
    .vote(await world.house.actor(member.id), decision, { choice, ...(reason ? { reason } : {}), ...(helpedBy ? { helpedBy } : {}) });
}

/** The day after the last one to vote. */
async function itEnds(world: World, until: Until): Promise<void> {
  await until(addDays(world.house.today, SHORTEST_DAYS + 1), 1);
  await world.house.job('pools.close-decisions');
}

/** Six people who sing: questions that most agree to, that most are against, that too few answer, one that is taken back, and a sum for which there
 *  are several ideas. One is open today, with papers printed. */
export async function choirDecides(world: World, until: Until, plan: PoolPlan, ago: number): Promise<void> {
  const { house, today } = world;
  const day = (before: number): LocalDate => addDays(today, -before);
  await until(day(ago), 10);
  const pool = await poolOf(world, plan);
  const [ann, bo, cy, di, ed, flo] = plan.members as [Holder, Holder, Holder, Holder, Holder, Holder];
  const fair = await ask(world, pool, ann, 'Shall we sing at the spring fair?', { words: 'They asked us. It is outside, for half an hour.' });
  for (const [member, choice, reason] of [
    [ann, 'for', 'I would like my sister to hear us.'],
    [bo, 'for', ''],
    [cy, 'against', 'I do not like to be looked at.'],
    [di, 'either', ''],
  ] as const)
    await vote(world, fair, member, choice, reason, member === bo ? 'his support worker' : undefined);
  await house.get(Decisions).askProxy(await house.actor(ed.id), fair, { toMember: 1 });
  await house.get(Decisions).vote(await house.actor(ann.id), fair, { choice: 'for', forMember: 5 });
  const early = await ask(world, pool, bo, 'Shall we begin at nine in the morning?');
  for (const member of [ann, cy, di, flo]) await vote(world, early, member, 'against', member === flo ? 'My tablets make me slow in the morning.' : undefined);
  const quiet = await ask(world, pool, cy, 'Shall we learn a song in Welsh?');
  await vote(world, quiet, cy, 'for');
  const mistaken = await ask(world, pool, di, 'Shall we meet on Sunday?');
  await house.get(DecisionOutcomes).withdraw(await house.actor(di.id), mistaken);
  await itEnds(world, until);

  await until(day(12), 10);
  const spend = await ask(world, pool, flo, 'What shall we do with £120 from the fair?', {
    budgetPence: pence(12_000),
    ideas: [
      { words: 'A trip to hear a bigger choir', costPence: pence(9_000) },
      { words: 'Song sheets in large print', costPence: pence(3_000) },
      { words: 'Tea and cake for a month', costPence: pence(4_000) },
    ],
  });
  const ideas = (await house.get(DecisionQueries).one(await house.actor(flo.id), spend)).ideas.map((idea) => idea.id);
  for (const [member, wanted] of [
    [ann, [0]],
    [bo, [0, 2]],
    [cy, [1]],
    [di, [0]],
    [flo, [1, 2]],
  ] as const)
    await house.get(Decisions).vote(await house.actor(member.id), spend, { ideas: wanted.map((n) => ideas[n]!) });
  await itEnds(world, until);

  await until(day(2), 10);
  const open = await ask(world, pool, ann, 'Shall we ask two more people to join us?');
  await house.get(Decisions).makePapers(await house.actor(plan.broker), open);
  await vote(world, open, cy, 'for', 'It would be louder.');
  const papers = await house.get(DecisionQueries).papers(await house.actor(plan.broker), open);
  const paper = papers.find((each) => each.firstName !== cy.firstName)!;
  await house.get(Decisions).typePaper(await house.actor(plan.broker), pool, { reference: paper.reference, choice: 'against', reason: 'I like us as we are.' });
}

/** The broker typed in what two gardeners signed: one chooses a quote, and one could not live with it; and five pounds of a third one's own. */
async function onPaper(world: World, pool: PoolId, { broker, members: [ann, bo, cy] }: PoolPlan, quoteId: QuoteId): Promise<void> {
  const { house } = world;
  const typist = await house.actor(broker);
  await house.get(PoolPacks).make(typist, pool, { withMoney: true });
  const { quotes, money } = await house.get(PoolPacks).waiting(typist, pool);
  const signed = { signedBy: 'member', signedOn: house.today, readBack: true } as const;
  for (const [member, choice] of [
    [ann!, 'yes'],
    [cy!, 'object'],
  ] as const)
    await house
      .get(QuotePapers)
      .type(typist, pool, { reference: quotes.find((each) => each.firstName === member.firstName)!.reference, quoteId, choice, ...signed });
  const sheet = money.find((each) => each.firstName === bo!.firstName)!;
  await house
    .get(ContributionPapers)
    .type(typist, pool, { reference: sheet.reference, amountPence: pence(500), lineId: bo!.lineId, planLineId: bo!.together, ...signed });
}

/** Five gardeners, who go on unless somebody could not live with it; and two people who play chess and do not agree. */
export async function gardenersDecide(world: World, until: Until, plan: PoolPlan, two: PoolPlan): Promise<void> {
  await until(addDays(world.today, -40), 10);
  const pool = await poolOf(world, plan);
  const [ann, bo, cy] = plan.members as [Holder, Holder, Holder];
  const hens = await ask(world, pool, ann, 'Shall we keep hens?');
  await vote(world, hens, ann, 'for', 'Eggs!');
  await vote(world, hens, bo, 'against', 'Who will feed them at Christmas?');
  await vote(world, hens, cy, 'object', 'I am afraid of birds. I could not come any more.');
  const far = await askForQuote(world, { ...plan, id: pool }, plan.provider, 3_900, 4);
  await onPaper(world, pool, plan, far);
  const chess = await propose(world, two);
  await assent(world, two.members, await offer(world, chess));
  const [gus, hal] = two.members as [Holder, Holder];
  const where = await ask(world, chess.id, gus, 'Shall we play at my house?');
  await vote(world, where, gus, 'for');
  await vote(world, where, hal, 'against', 'There is a dog.');
  await itEnds(world, until);
}
