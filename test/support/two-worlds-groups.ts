import type { Choice } from '../../src/introductions/index.js';
import { Cards, GroupQueries, Groups, Suggestions } from '../../src/introductions/index.js';
import type { Look } from './two-worlds-compare.js';
import { HOURS, World } from './two-worlds.js';

/** The one thing in which two worlds differ: what Ann does when she is asked about a group in which Raj would be, or before anybody is asked. */
export type GroupDeed = Choice | 'nothing' | 'yes, then block' | 'yes, then take-down' | 'block before' | 'take-down before';

/** From the night in which the group is found to the morning after it is revealed. */
export const GROUP_NIGHTS = 17;
/** Each suits Raj a little less than the one before: the order of equals is chance. */
const FOUR = [
  ['Ann', 'gentle', 'M33'],
  ['Raj', 'gentle', 'M32'],
  ['Mei', 'any', 'M33'],
  ['Tom', 'steady', 'M33'],
] as const;
const GOALS = ['bowls', 'gardening', 'singing', 'swimming', 'walking'];

/** Four who all suit each other and agreed to be asked about groups and to be seen by brokers. Mei says yes in every world. */
export class GroupWorld extends World {
  /** Lives until the group was revealed or came to nothing, and keeps all that Raj and his own could read. */
  static group(ann: GroupDeed, raj: Choice, tom: Choice): Promise<Look[]> {
    return World.opened(
      (house, icb, officer) => new GroupWorld(house, icb, officer),
      (world) => world.liveOn(ann, raj, tom),
    );
  }

  protected override async neighbours(): Promise<void> {
    for (const [name, pace, place] of FOUR)
      await this.neighbour(name, { goals: [...GOALS], agrees: ['brokers', 'groups'], pace, words: `Words of ${name}.` }, place);
  }

  private async liveOn(ann: GroupDeed, raj: Choice, tom: Choice): Promise<void> {
    if (ann.endsWith(' before')) await this.annDoes(ann);
    await this.night(0);
    this.at(1, HOURS.morning);
    await this.passing();
    await this.look('asked');
    this.at(1, HOURS.annAnswers);
    if (!ann.endsWith(' before')) await this.annDoes(ann);
    await this.says('Mei', 'yes');
    await this.says('Tom', tom);
    this.at(1, HOURS.noon);
    await this.look('after Ann');
    this.at(1, HOURS.rajAnswers);
    this.keep('his answer', 'Raj', await this.answersByPage('Raj', 'groups', `asked/${await this.askOf('Raj')}`, raj));
    this.at(1, HOURS.annIsLate);
    await this.look('after Raj');
    this.normaliser.close();
    for (let day = 1; day < GROUP_NIGHTS; day += 1) {
      await this.night(day);
      this.at(day + 1, HOURS.morning);
      await this.passing();
      const depth = day + 1 === GROUP_NIGHTS ? 'last' : 'front';
      if (depth === 'last' || day % 5 === 0) await this.look(`day ${day + 1}`, depth);
    }
  }

  private async annDoes(deed: GroupDeed): Promise<void> {
    const [ann, actor] = [this.idOf('Ann'), await this.actor(this.idOf('Ann'))];
    if (deed.startsWith('yes, then')) await this.says('Ann', 'yes');
    if (deed.includes('block')) await this.house.app.get(Suggestions).block(actor, (await this.suggestion('Ann', 'Words of Raj.')) as never);
    else if (deed.includes('take-down')) await this.house.app.get(Cards).takeDown(actor, ann);
    else if (deed !== 'nothing') await this.says('Ann', deed as Choice);
  }

  private async says(who: string, answer: Choice): Promise<void> {
    await this.house.app.get(Groups).answer(await this.actor(this.idOf(who)), (await this.askOf(who)) as never, { answer });
  }

  private async askOf(who: string): Promise<string> {
    const { asked } = await this.house.app.get(GroupQueries).groupsOf(await this.actor(this.idOf(who)), this.idOf(who));
    if (asked.length !== 1) throw new Error(`${who} is asked about ${asked.length} groups`);
    return asked[0]!.id;
  }
}
