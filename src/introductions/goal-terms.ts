/** The wellbeing areas of the Care Act 2014, s1(2), in the order and with the letters of the Act. */
export const WELLBEING_AREAS = {
  a: 'dignity and respect',
  b: 'health, in body and mind',
  c: 'being safe',
  d: 'control over my day',
  e: 'work, learning and fun',
  f: 'money and people around me',
  g: 'home, family and friends',
  h: 'a good place to live',
  i: 'giving something back',
} as const;

export type WellbeingArea = keyof typeof WELLBEING_AREAS;

export interface GoalTerm {
  readonly id: string;
  readonly words: string;
  readonly area: WellbeingArea;
}

const term = (id: string, words: string, area: WellbeingArea): GoalTerm => ({ id, words, area });

/** What people look for, in plain words. Nothing here names a diagnosis. Migration 013 puts these in the table `goal_term`, which an
 *  ICB may extend; a spec holds the two lists together. Our own list, November 2026. */
export const GOAL_TERMS: readonly GoalTerm[] = [
  term('speaking-up', 'speaking up for myself', 'a'),
  term('looking-my-best', 'looking and feeling my best', 'a'),
  term('my-culture', 'keeping up my culture', 'a'),
  term('faith', 'faith and prayer', 'a'),
  term('walking', 'walking', 'b'),
  term('swimming', 'swimming', 'b'),
  term('cycling', 'cycling', 'b'),
  term('dancing', 'dancing', 'b'),
  term('yoga', 'yoga and stretching', 'b'),
  term('gym', 'going to the gym', 'b'),
  term('football', 'football', 'b'),
  term('bowls', 'bowls', 'b'),
  term('seated-sport', 'seated sport', 'b'),
  term('sleeping-better', 'sleeping better', 'b'),
  term('calm', 'feeling calmer', 'b'),
  term('eating-well', 'eating well', 'b'),
  term('being-outdoors', 'being outdoors', 'b'),
  term('safe-online', 'being safe online', 'c'),
  term('travel-safely', 'travelling safely', 'c'),
  term('self-defence', 'feeling strong and safe', 'c'),
  term('using-the-bus', 'using the bus', 'd'),
  term('planning-my-week', 'planning my week', 'd'),
  term('phones-and-computers', 'phones and computers', 'd'),
  term('cooking', 'cooking', 'd'),
  term('shopping', 'shopping', 'd'),
  term('choosing-my-support', 'choosing my own support', 'd'),
  term('gardening', 'gardening', 'e'),
  term('art', 'painting and drawing', 'e'),
  term('pottery', 'pottery', 'e'),
  term('singing', 'singing', 'e'),
  term('playing-music', 'playing music', 'e'),
  term('going-to-gigs', 'going to gigs', 'e'),
  term('films', 'films', 'e'),
  term('theatre', 'theatre', 'e'),
  term('reading', 'reading and books', 'e'),
  term('writing', 'writing', 'e'),
  term('history', 'local history', 'e'),
  term('photography', 'photography', 'e'),
  term('knitting', 'knitting and sewing', 'e'),
  term('woodwork', 'woodwork and mending', 'e'),
  term('board-games', 'board games', 'e'),
  term('video-games', 'video games', 'e'),
  term('learning-english', 'learning English', 'e'),
  term('sign-language', 'sign language', 'e'),
  term('a-course', 'taking a course', 'e'),
  term('finding-work', 'finding work', 'e'),
  term('looking-after-money', 'looking after money', 'f'),
  term('coffee-and-a-chat', 'coffee and a chat', 'f'),
  term('lunch-together', 'lunch together', 'f'),
  term('making-friends', 'making friends', 'g'),
  term('dating', 'meeting somebody special', 'g'),
  term('being-a-parent', 'being a parent', 'g'),
  term('family-time', 'time with family', 'g'),
  term('sharing-breaks', 'sharing a break or holiday', 'g'),
  term('a-home-of-my-own', 'a home of my own', 'h'),
  term('sharing-a-home', 'sharing a home', 'h'),
  term('making-home-nice', 'making my home nice', 'h'),
  term('animals', 'animals', 'i'),
  term('volunteering', 'volunteering', 'i'),
  term('helping-neighbours', 'helping neighbours', 'i'),
  term('campaigning', 'changing things for people like me', 'i'),
  term('looking-after-nature', 'looking after nature', 'i'),
];
