/** The nine areas of wellbeing of the Care Act 2014, section 1(2), by their letters. */
export const WELLBEING_AREAS = {
  a: 'Dignity and respect',
  b: 'Physical and mental health, how I feel',
  c: 'Being safe from abuse and neglect',
  d: 'Control over my day-to-day life',
  e: 'Work, learning, training or recreation',
  f: 'Social and economic wellbeing',
  g: 'Home, family and friends',
  h: 'A suitable place to live',
  i: 'What I give to others',
} as const;

export type WellbeingArea = keyof typeof WELLBEING_AREAS;

export interface GoalTerm {
  /** Stable and never shown: `swim`. */
  readonly code: string;
  readonly name: string;
  readonly area: WellbeingArea;
  /** Other words by which people look for it. */
  readonly synonyms: readonly string[];
}

/** Code, area, plain words, synonyms: the terms cards begin with, which each ICB can extend. A goal often touches several areas; this is
 *  the one it is counted under until the person says otherwise (our judgement, November 2026). */
const ROWS = `
personal-care-my-way|a|Personal care done my way|washing, dressing, bathing, intimate care
same-faces|a|Be helped by people I know|consistent staff, same carers, continuity
be-heard|a|Be listened to and taken seriously|advocacy, speaking up, my voice
hair-and-clothes|a|Look the way I like|hair, make-up, clothes, shopping for clothes
faith|a|Practise my faith|church, mosque, temple, prayer, worship
culture-food|a|Eat the food I grew up with|halal, kosher, vegan, caribbean food, home cooking
die-at-home|a|Be at home at the end of my life|hospice at home, end of life
swim|b|Swim|swimming, pool, aqua, hydrotherapy
walk|b|Walk more|walking, rambling, strolling, steps
gym|b|Get stronger|gym, weights, strength, exercise, fitness
balance|b|Keep my balance|falls, tai chi, balance, mobility
cycle|b|Cycle|bike, cycling, trike, handbike
dance|b|Dance|dancing, zumba, ballroom, movement
wheelchair-sport|b|Play a sport in my chair|wheelchair basketball, boccia, powerchair football
yoga|b|Stretch and breathe|yoga, pilates, meditation, mindfulness
sleep|b|Sleep better|rest, insomnia, night
eat-well|b|Eat well|healthy food, diet, weight, cooking
calm|b|Feel calmer|anxiety, stress, worry, panic
talk-therapy|b|Talk things through|counselling, therapy, psychologist
pain|b|Live better with pain|physiotherapy, massage, pain relief
less-hospital|b|Stay out of hospital|admission, crisis, relapse
nature|b|Be out in nature|woods, birds, parks, countryside, green
safe-home|c|Feel safe at home|security, alarms, neighbours
safe-out|c|Feel safe when I go out|hate crime, getting lost, confidence outside
safe-money|c|Keep my money safe|scams, fraud, being pressured
safe-online|c|Be safe online|internet, social media, bullying
trusted-person|c|Have someone to call|helpline, emergency, crisis plan
choose-my-help|d|Choose who helps me|recruit, own staff, personal assistant
my-own-timetable|d|Decide when things happen|routine, getting up, bedtime, flexible hours
get-around|d|Get around on my own terms|transport, bus, car, travel training, minibus
manage-budget|d|Manage my own budget|direct payment, money skills, budgeting
speak-my-way|d|Say what I mean|communication aid, speech, signing, talker
right-chair|d|Have a chair that fits me|wheelchair, seating, powerchair
tech-at-home|d|Use technology to do more alone|smart home, tablet, voice assistant
plan-ahead|d|Plan for when I am unwell|crisis plan, advance statement
find-work|e|Find paid work|job, employment, apprenticeship
keep-work|e|Keep my job|job coach, adjustments, workplace
start-business|e|Start something of my own|business, micro-enterprise, self-employed
learn-computer|e|Learn to use a computer|digital skills, phone, internet
learn-read|e|Read and write better|literacy, reading, spelling
college|e|Go to college|course, qualification, study
paint|e|Paint and draw|art, drawing, painting, watercolour
pottery|e|Make things from clay|pottery, ceramics, sculpture
craft|e|Knit, sew and craft|knitting, sewing, crochet, crafts
music|e|Play an instrument|guitar, piano, drums, music lessons
sing|e|Sing|choir, singing, karaoke
drama|e|Act and perform|drama, theatre, stage, comedy
write|e|Write and tell stories|poetry, writing, blog, storytelling
photo-film|e|Take photos or make films|photography, film, video
games|e|Play games|board games, video games, chess, gaming
watch-sport|e|Watch my team|football, cricket, rugby, match day
cook|e|Cook|cooking, baking, kitchen
garden|e|Garden|gardening, allotment, plants, growing
woodwork|e|Make and mend things|woodwork, repair, DIY, shed
holiday|e|Go on holiday|travel, seaside, trip, break away
animals|e|Spend time with animals|dogs, horses, riding, cats, farm
meet-people|f|Meet new people|friends, loneliness, social, company
evening-out|f|Go out in the evening|pub, disco, nightclub, cinema, gigs
community-part|f|Be known where I live|neighbourhood, local group, belonging
peer-support|f|Meet people who live with what I live with|peer support, support group, self-help
benefits|f|Get what I am entitled to|benefits, welfare rights, debt, advice
save|f|Save for something|savings, money, credit union
see-family|g|See more of my family|children, parents, grandchildren, visits
be-parent|g|Be a good parent|parenting, my children, school run
relationship|g|Have a relationship|dating, partner, love, marriage
keep-friends|g|Keep up with my friends|phone calls, visits, old friends
carer-break|g|Give my family a break|respite, short break, carer
own-place|h|Have my own front door|tenancy, flat, supported living, moving out
share-home|h|Share a home with people I choose|flatmates, shared lives, homeshare
home-adapted|h|Make my home work for me|ramp, stairlift, wet room, adaptations
tidy-home|h|Keep my home in order|cleaning, cleaner, decluttering, laundry
warm-home|h|Keep my home warm|heating, insulation, energy bills
volunteer|i|Volunteer|helping out, charity shop, giving time
teach-others|i|Teach others what I know|mentor, training, expert by experience
speak-for-others|i|Speak up for others|campaign, self-advocacy, committee
help-neighbour|i|Help a neighbour|befriending, favours, good turn
look-after-place|i|Look after where we live|litter picking, conservation, clean-up
`;

export const GOALS: readonly GoalTerm[] = ROWS.trim()
  .split('\n')
  .map((row) => {
    const [code, area, name, synonyms] = row.split('|') as [string, WellbeingArea, string, string];
    return { code, name, area, synonyms: synonyms.split(', ') };
  });
