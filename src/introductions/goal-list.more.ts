/** Goals added in November 2026, areas a to d of the Care Act. The form is that of `FIRST_GOALS`. */
export const MORE_GOALS = `
being-listened-to|being listened to|a|people who listen, listen to me, taken seriously, !ignored, !nobody asks me
being-treated-fairly|being treated fairly|a|fair, fairly, treated the same, respect, equal, treated like an adult, !treated like a child, !talked down to
my-pronouns|being myself: LGBT+|a|lgbt, gay, lesbian, trans, bisexual, queer, pride, be out, non binary
personal-care-my-way|being washed and dressed my way|a|bath, shower, washed, get dressed, wash myself, personal care, same carer for washing
privacy|having privacy|a|private, privacy, time alone, own space, knock on my door, !always being watched
my-language|speaking my own language|a|my language, mother tongue, urdu, punjabi, polish, welsh, bengali, arabic, somali, speak my language
clothes-i-like|choosing my clothes|a|choose my clothes, fashion, trainers, outfits, style, what i wear
festivals-of-faith|keeping holy days|a|christmas service, ramadan, easter, shabbat, fasting, holy days, vaisakhi
telling-my-story|telling my story|a|tell my story, life story, memory book, memories, scrapbook of my life, remember the old days, reminiscence
knowing-my-rights|knowing my rights|a|know my rights, advocate, advocacy, legal help, complain
my-name-right|people using words I like|a|call me by my name, my name right, words i like, how people talk about me
good-end-of-life|planning for the end of life|a|funeral, end of life, will, last wishes, hospice, dying
running|running|b|run, jog, jogging, park run, parkrun, couch to 5k, marathon, race
horse-riding|horse riding|b|horses, horse, ride a horse, riding for the disabled, pony, ponies, carriage driving, stables
badminton|badminton|b|badminton, shuttlecock, racket
tennis|tennis|b|tennis, table tennis, ping pong
cricket|cricket|b|cricket, bat and ball, cricket team
rugby|rugby|b|rugby, tag rugby, wheelchair rugby
netball-basketball|netball and basketball|b|netball, basketball, shoot hoops
boxing|boxing for fitness|b|boxing, box, punch bag, boxercise
golf|golf|b|golf, crazy golf, putting, mini golf
ten-pin|ten-pin bowling|b|ten pin, tenpin, bowling, bowling alley, skittles
fishing|fishing|b|fishing, fish, angling, carp, rod, canal fishing
boats|boats, sailing and canoes|b|sailing, sail, canoe, canoeing, kayak, boat, boats, rowing, narrow boat, paddle boarding
climbing|climbing|b|climb, climbing wall, bouldering, abseil
skating-skiing|skating and skiing|b|skating, ice skating, roller skating, ski, skiing, snow
trampolining|trampolining|b|trampoline, rebound, bouncing, gymnastics
water-exercise|exercise in water|b|aqua aerobics, hydrotherapy, aquafit, water exercise, exercise in the pool
keep-fit|keeping fit|b|fit, keep fit, get fit, exercise, exercises, get fitter, aerobics, fitness, be more active, get moving, !out of breath
darts-snooker|darts, pool and snooker|b|darts, snooker, play pool, pool table, billiards
archery|archery|b|archery, bow and arrow
losing-weight-together|losing weight together|b|slimming, lose weight with others, slimming world, weight watchers
stopping-smoking|stopping smoking|b|stop smoking, give up smoking, smoking, vape, vaping, cigarettes, !fags
drinking-less|drinking less|b|drinking, stop drinking, drink less, alcohol, sober, dry january, !drink too much
living-with-pain|living well with pain|b|pain, manage my pain, sore, aches, bad back, !hurts all the time
memory|keeping my memory|b|memory, memory cafe, brain games, keep my mind going, remember things, !forget things, !forgetful
feeling-happier|feeling happier|b|happy, happier, mood, cheer up, laugh, have a laugh, feel better in myself, !sad, !fed up, !low, !depressed, !down in the dumps
grief|talking about losing somebody|b|grief, bereavement, lost my mum, lost my dad, lost my husband, lost my wife, passed away, died, miss my, widow
anger|keeping my temper|b|anger, temper, keep cool, !angry, !lose my temper, !shout
seeing-the-doctor|doctors and health checks|b|doctor, gp, dentist, health check, hospital appointments, nurse, annual health check, optician
knowing-my-health|knowing about my health|b|understand my illness, my medicines, tablets, diabetes, my condition, know about my health
balance|staying steady on my feet|b|balance, !falls, !falling, !fall over, steady, strong legs
hearing-seeing|living well with sight or hearing loss|b|blind, sight loss, deaf, hearing aids, lip reading, braille, talking books, !cannot see, !cannot hear
speech|talking more clearly|b|speech, speech therapy, talk clearer, aphasia, communication aid, talking after stroke, stammer
getting-out-of-the-house|getting out of the house|b|get out, go out more, out and about, days out, change of scene, !stuck in, !stuck at home, !stuck in the house, !same four walls, !stay in all day, !bored at home
sensory-room|sensory rooms and soft play|b|sensory, sensory room, lights and sounds, soft play, bubble tubes, snoezelen
massage|massage and touch|b|massage, foot rub, reflexology, aromatherapy, spa, sauna, jacuzzi
music-to-relax|music to relax|b|listen to music, music on, records, radio, spotify, vinyl, playlists
safe-at-home|being safe at home|c|home safety, smoke alarm, alarm cord, pendant alarm, burglar, locks, key safe
knowing-who-to-tell|knowing who to tell|c|who to tell, tell someone, speak to someone if i am hurt, help line, !abuse, !hurt by someone
friends-who-are-safe|knowing who is a real friend|c|real friends, fake friends, trust, good friends and bad friends, !mate crime, !used by people, !take advantage
safe-places|safe places in town|c|safe place, safe places scheme, safe in town, !scared in town
fire-first-aid|first aid|c|first aid, cpr, learn first aid, what to do in an emergency
relationships-sex|safe relationships and sex|c|sex education, consent, safe sex, relationships course, boundaries
after-harm|getting over being hurt|c|domestic abuse, refuge, trauma, get over what happened, !attacked
out-at-night|going out at night safely|c|night out, go out at night, nightclub, clubbing, get home at night, evenings out, safe at night
staying-out-of-trouble|staying out of trouble|c|trouble, police, probation, gangs, drugs, stay clean, !arrested
medicine-on-time|taking my medicine safely|c|medication, remember my tablets, insulin, medicine on time
money-safe|keeping my money safe|c|keep my money safe, card pin, !stolen, !people take my money, !cash machine
having-a-plan-b|having an emergency plan|c|emergency plan, back up carer, what if my carer is ill, plan b
walking-at-night|feeling safe on my street|c|safe on my street, neighbourhood watch, street lights, !hate crime, !kids shouting at me
water-safety|being safe in water|c|water safety, learn to float, life jacket
making-decisions|making my own decisions|d|decide for myself, make my own decisions, my choice, choose for myself, control, in charge of my life, !told what to do, !mum decides
driving|learning to drive|d|drive, driving lessons, driving test, car, theory test, motability, adapted car
wheelchair-skills|getting about in my wheelchair|d|wheelchair skills, power chair, powerchair, scooter, mobility scooter, push my own chair
laundry-and-chores|doing my own chores|d|washing, laundry, ironing, hoover, chores, make my bed, washing up
making-a-drink|making a drink or snack|d|make a drink, make a cup of tea, toast, sandwich, snack, make my breakfast
baking|baking|d|bake, cakes, bread, biscuits, buns, make cakes, cupcakes, bake off
reading-signs|reading, letters and forms|d|forms, fill in forms, read letters, read my post, learn to read, spell, spelling, reading and writing
telling-the-time|telling the time|d|tell the time, clock, being on time, learn the clock
using-money-in-shops|using money in shops|d|count money, change, pay at the till, use my card, coins
getting-up|getting up and going|d|get up, morning routine, get up in the morning, alarm clock, !lie in bed, !stay in bed
being-more-independent|doing more for myself|d|independent, independence, do things myself, do it myself, without my mum, without staff, on my own two feet, more independent
speaking-on-the-phone|phoning people|d|make phone calls, ring people, phone calls, answer the phone, call the doctor
managing-my-staff|being a good boss to my helpers|d|my pas, manage my pa, employ, payroll, rota, staff rota, interview my pa
using-a-communication-aid|using my talking device|d|talking device, eye gaze, communication book, symbols, ipad that talks, switch
going-places-alone|going places by myself|d|go on my own, go places alone, go to the shop by myself, walk to the shop, go by myself
smart-home|things at home that help me|d|alexa, smart speaker, gadgets, door bell camera, adaptations, hoist
making-appointments|keeping appointments|d|appointments, remember appointments, book appointments
healthy-routine|less time on screens|d|screen time, less phone, off my phone, less telly, !telly all day, !watching tv all day
planning-meals|planning meals|d|meal plan, what to eat, food on a budget, cook on a budget, batch cooking
going-to-a-match|going to a match|d|match, watch football, season ticket, stadium, go to the football, watch rugby, watch cricket
travel-abroad|flying and passports|d|passport, aeroplane, fly, airport, go on a plane
`;
