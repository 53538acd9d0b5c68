/** Goals as they were first listed: id, plain words, area of the Care Act, and how else people say it. A mark `!` before a saying tells that it
 *  means the goal also where somebody says what they do not want ("not lonely"). Ids never change; new goals go to the end of the last list. */
export const FIRST_GOALS = `
speaking-up|speaking up for myself|a|self advocacy, say what i think, stand up for myself, being heard, having my say, my voice, !nobody listens to me, !talked over
looking-my-best|looking and feeling my best|a|hair and makeup, hairdresser, barber, nails done, nice clothes, dress up, look nice, look smart, feel good about how i look, beauty
my-culture|keeping up my culture|a|my culture, my roots, where my family is from, my community, my heritage, traditions, diwali, eid, chinese new year, black history, carnival
faith|faith and prayer|a|church, mosque, temple, gurdwara, synagogue, pray, praying, religion, god, jesus, bible, quran, worship, mass
walking|walking|b|walk, go for walks, stroll, ramble, hike, hiking, walking group, walk the dog
swimming|swimming|b|swim, swimming pool, baths, go in the water, hydro pool, lengths
cycling|cycling|b|bike, bikes, bicycle, ride a bike, trike, tandem, cycle
dancing|dancing|b|dance, dances, disco, ballroom, zumba, line dancing, have a boogie, salsa
yoga|yoga and stretching|b|yoga, stretch, stretches, pilates, tai chi
gym|going to the gym|b|gym, weights, lift weights, treadmill, work out, workout, get strong, build muscle
football|football|b|footy, kick a ball, five a side, walking football, soccer
bowls|bowls|b|bowling green, crown green, lawn bowls, boccia, indoor bowls
seated-sport|seated sport|b|wheelchair sport, wheelchair basketball, chair exercise, chair based exercise, sitting down exercise, sitting volleyball
sleeping-better|sleeping better|b|sleep, sleep better, good night's sleep, !cannot sleep, !awake all night, !tired all the time
calm|feeling calmer|b|calm, calmer, relax, mindfulness, meditation, breathing, !anxious, !anxiety, !stressed, !panic, !worried all the time, !nervous
eating-well|eating well|b|healthy food, eat better, diet, lose weight, healthy eating, five a day, fruit and veg, !put on weight, !takeaways
being-outdoors|being outdoors|b|outdoors, outside, fresh air, get out in the open, woods, countryside, hills, seaside, beach, sunshine
safe-online|being safe online|c|online safety, scams, internet safety, facebook safely, passwords, !scammed, !trolls
travel-safely|travelling safely|c|travel training, crossing roads, cross the road, getting about safely, road safety, !get lost, !scared of going out
self-defence|feeling strong and safe|c|self defence, feel safe, protect myself, karate, judo, martial arts, !bullied, !picked on, !scared
using-the-bus|using the bus|d|bus, buses, tram, train, public transport, bus pass, catch the bus, travel by myself, metro
planning-my-week|planning my week|d|plan my week, timetable, diary, calendar, routine, something to do every day, structure
phones-and-computers|phones and computers|d|phone, computer, laptop, tablet, ipad, internet, email, going online, smartphone, technology, facetime, zoom
cooking|cooking|d|cook, cook a meal, make my own tea, make dinner, learn recipes, kitchen skills, make soup, curry, cookery
shopping|shopping|d|shop, shops, do my own shopping, go to the shops, supermarket, food shopping, clothes shopping, town
choosing-my-support|choosing my own support|d|choose who helps me, pick my own carers, hire my own pa, personal assistant, choose my staff, the right carers, !different carer every day, !too many carers
gardening|gardening|e|garden, grow things, grow vegetables, grow veg, plants, flowers, allotment, digging, seeds, tomatoes, greenhouse
art|painting and drawing|e|art, paint, painting, draw, drawing, sketch, watercolour, colouring, artist, pictures
pottery|pottery|e|clay, pots, ceramics, make pots, potters wheel
singing|singing|e|sing, choir, songs, karaoke, sing along, singing group
playing-music|playing music|e|play an instrument, guitar, piano, keyboard, drums, drumming, ukulele, make music, be in a band, violin, learn an instrument
going-to-gigs|going to gigs|e|gigs, concerts, live music, see a band, live bands, festival, festivals, rock music, open mic
films|films|e|cinema, movies, pictures with popcorn, watch a film, film night, the pictures, dvds, star wars, marvel
theatre|theatre|e|plays, musicals, go to a show, see a show, pantomime, panto, stage
reading|reading and books|e|read, book, books, library, book club, stories, novels, audio books, comics
writing|writing|e|write, poems, poetry, write stories, creative writing, write my life story, letters, blog
history|local history|e|history, old photos of the town, museum, museums, how it used to be, family tree, castles, old buildings
photography|photography|e|photos, take photos, camera, take pictures, photographs
knitting|knitting and sewing|e|knit, sew, crochet, wool, needlework, make clothes, embroidery, cross stitch, sewing machine, quilting
woodwork|woodwork and mending|e|wood, make things from wood, mend things, fix things, repair, men's shed, tools, diy, joinery, carving
board-games|board games|e|games, cards, chess, dominoes, draughts, monopoly, scrabble, play cards, jigsaws
video-games|video games|e|xbox, playstation, nintendo, computer games, gaming, minecraft, fortnite, game online
learning-english|learning English|e|english classes, learn english, speak english better, esol
sign-language|sign language|e|bsl, british sign language, learn to sign, signing, makaton
a-course|taking a course|e|college, course, qualification, gcse, evening class, study, learn something new, university, exams
finding-work|finding work|e|job, work, get a job, paid work, paid job, employment, cv, interview, apprenticeship, earn my own money, work in a shop, work in a cafe
looking-after-money|looking after money|f|money, budget, budgeting, bills, bank, save up, saving, pay my bills, benefits, debt, !skint, !run out of money
coffee-and-a-chat|coffee and a chat|f|coffee, cup of tea, cuppa, brew, cafe, chat, natter, tea and cake, someone to talk to, coffee morning, talk to people
lunch-together|lunch together|f|lunch, eat with others, lunch club, meal out, pub lunch, dinner together, !eat alone, !eating on my own
making-friends|making friends|g|friends, friend, mates, meet people, new people, meet new people, company, someone to go out with, pals, social life, !lonely, !loneliness, !on my own, !by myself all day, !no friends, !isolated, !nobody to talk to
dating|meeting somebody special|g|girlfriend, boyfriend, partner, date, dating, love, romance, get married, relationship, a special someone
being-a-parent|being a parent|g|my baby, being a mum, being a dad, my kids, my children, parenting, look after my baby, toddler group
family-time|time with family|g|family, see my mum, see my sister, see my brother, see my family, visit my family, grandchildren, grandkids, my nan, see my dad
sharing-breaks|sharing a break or holiday|g|holiday, holidays, go away, weekend away, trip away, caravan, short break, respite, abroad, butlins
a-home-of-my-own|a home of my own|h|my own place, my own flat, own front door, move out, live on my own, get my own house, supported living, independent living, live independently
sharing-a-home|sharing a home|h|housemate, flatmate, share a house, share a flat, live with friends, shared lives
making-home-nice|making my home nice|h|decorate, decorating, tidy my flat, cleaning, clean my house, curtains, paint my bedroom, tidy up, new furniture, housework
animals|animals|i|animal, dogs, dog, cats, cat, pets, pet, puppy, rabbit, donkeys, farm animals
volunteering|volunteering|i|volunteer, help out, charity shop, give my time, food bank, do something useful, unpaid work, give something back
helping-neighbours|helping neighbours|i|neighbours, neighbour, help other people, help older people, run errands, help on my street
campaigning|changing things for people like me|i|campaign, disability rights, change things, rights, protest, parliament, councillor, vote, make things better for disabled people
looking-after-nature|looking after nature|i|nature, wildlife, birds, trees, litter picking, conservation, hedgehogs, bees, environment, recycling, climate
`;
