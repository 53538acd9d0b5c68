/** Goals added in November 2026, areas e to i of the Care Act. The form is that of `FIRST_GOALS`. New goals go to the end. */
export const MOST_GOALS = `
drama|acting and drama|e|acting, drama, act, drama group, be on stage, improvise, amateur dramatics
comedy|comedy|e|comedy, jokes, stand up comedy, make people laugh, funny shows
magic|magic and circus|e|magic tricks, magician, circus, juggling, clown
djing|being a DJ|e|dj, decks, mix music, make beats, music technology, rap, mc
songwriting|writing songs|e|write songs, songwriting, lyrics
poetry-out-loud|telling stories aloud|e|storytelling, tell stories, spoken word
crafts|crafts and making things|e|craft, crafts, making things, make things, card making, scrapbooking, glue, glitter, beads
jewellery|making jewellery|e|jewellery, necklaces, bracelets, beading
textiles|weaving and felt|e|weaving, felt, felting, tie dye, loom, macrame
models-and-trains|models and trains|e|model trains, trains, trainspotting, steam trains, model railway, airfix, model making, railways
lego|Lego and building|e|lego, build things, meccano, building bricks
cars-and-engines|cars and engines|e|cars, engines, motorbikes, mechanics, fix cars, tractors, lorries, buses and lorries
planes-and-space|planes and space|e|planes, spitfire, stars, astronomy, telescope, space, planets
science|science|e|science, experiments, chemistry, how things work
cooking-around-the-world|food from other countries|e|indian food, chinese food, caribbean food, food from other countries, italian, try new foods, thai
coding|coding and making websites|e|coding, code, websites, programming, robots, app
making-films|making films and videos|e|make films, make videos, youtube, tiktok, film making, vlog, editing, animation
radio-podcasts|radio and podcasts|e|podcast, hospital radio, radio show, be on the radio
quizzes|quizzes|e|quiz, pub quiz, quizzes, trivia, crossword, puzzles, word search, sudoku
bingo|bingo|e|bingo, housie, raffle
tabletop-fantasy|fantasy games|e|dungeons and dragons, warhammer, pokemon, role play games, cosplay, comic con, anime, manga
collecting|collecting things|e|collect, stamps, coins, collection, car boot, antiques, badges, teddies
birdwatching|birdwatching|e|bird watching, birdwatching, twitching, feed the birds, binoculars, owls
days-out|days out to new places|e|day out, day trips, coach trip, theme park, alton towers, zoo, blackpool, sightseeing, go to new places
museums-galleries|museums and galleries|e|gallery, galleries, exhibitions, art gallery
fairs-and-markets|fairs and markets|e|market, markets, fair, fairground, christmas market
dinosaurs-fossils|dinosaurs and fossils|e|dinosaurs, fossils, rocks, crystals
languages|learning a language|e|spanish, french, learn a language, german, italian lessons, speak another language
maths|maths and numbers|e|maths, sums, numbers, times tables, numeracy
english-reading|reading and writing better|e|read better, write better, literacy, dyslexia, adult literacy
computers-for-work|computers for work|e|typing, word and excel, office skills, spreadsheet, computer course
work-experience|trying out work|e|work experience, try a job, placement, work trial, internship, supported internship
own-business|starting my own business|e|own business, sell things, etsy, self employed, stall, sell my art, be my own boss
working-with-animals|working with animals|e|work with animals, kennels, vet, dog grooming, work on a farm, cat rescue
working-with-children|working with children|e|work with children, nursery, school helper, teaching assistant, youth work
working-outdoors|working outdoors|e|gardener job, outdoor work, work outside, landscaping, grounds
working-in-food|working in a kitchen or cafe|e|kitchen job, chef, waiter, barista, catering
working-with-hands|learning a trade|e|trade, bricklaying, plumbing, electrician, painter and decorator, building site, carpentry
keeping-my-job|keeping my job|e|keep my job, help at work, access to work, back to work, go back to work, !lose my job
retirement|things to do when retired|e|retired, retirement, since i stopped work, u3a
going-to-school|school and exams|e|school, sixth form, homework, sen
leading-a-group|leading a group|e|lead a group, run a group, be a leader, chair meetings, teach others, teach people
dance-shows|putting on a show|e|put on a show, perform, performing, talent show, perform on stage
fashion-making|making and mending clothes|e|dressmaking, alter clothes, upcycle, mend clothes
flower-arranging|flower arranging|e|flower arranging, bouquets, wreaths, florist
home-brewing|brewing, jam and pickles|e|jam, chutney, pickles, home brew, beer making, preserving
wrestling-fan|wrestling and fan clubs|e|wrestling, wwe, fan club, dr who, doctor who, harry potter, star trek, coronation street, soaps
tv-together|watching telly together|e|telly, tv, watch telly, strictly, netflix, watch tv with someone
f1-motorsport|motor sport|e|formula one, f1, motor racing, speedway, go karts, karting
dog-walking|walking dogs|e|walk dogs, dog walking, borrow a dog, walk other peoples dogs
church-activities|church groups|e|church group, bell ringing, messy church, sunday club, church choir
meditation-spiritual|quiet and spiritual time|e|spiritual, retreat, buddhism, tarot, quiet time, crystals and healing
chess|chess|e|chess club, play chess, chess
cards-bridge|bridge and card games|e|bridge, whist, rummy, poker, cribbage
night-classes-art-history|talks and lectures|e|talks, lectures, guest speaker, debates, philosophy, politics
news-and-politics|news and debate|e|news, current affairs, talk about the news, discuss
genealogy|finding my family tree|e|ancestors, ancestry, family tree, genealogy, trace my family
local-walks-history|history walks|e|history walks, heritage walks, blue plaques, ghost walks
pub|going to the pub|f|pub, pint, drink with mates, local, beer garden, wetherspoons
eating-out|eating out|f|restaurant, eat out, pizza, curry night, nandos, mcdonalds, takeaway with friends, meal out with friends
having-people-round|having people round|f|people round, visitors, people to visit me, have friends over, tea party, !nobody visits
someone-to-do-things-with|somebody to do things with|f|buddy, someone to do stuff with, befriender, befriending, companion, someone to go with, !go on my own
talking-to-people-like-me|talking to people like me|f|people like me, same as me, peer support, support group, others in the same boat, people who understand
mens-group|a men’s group|f|mens group, other men, lads, blokes, men's shed
womens-group|a women’s group|f|womens group, other women, girls, ladies, wi
young-people|being with people my age|f|people my age, my own age, young people, youth club, teenagers, !everyone is old
older-people|a group for older people|f|older people, pensioners, over sixties, senior citizens, day centre
carers-group|time off for carers|f|carers group, carer break, time off caring, other carers, my wife needs care, look after my husband
parents-of-disabled|other parents like me|f|other parents, parents like me, mums like me, special needs parents
autistic-space|autism-friendly groups|f|autistic, autism, asd, neurodivergent, adhd, quiet group, !too noisy, !crowds
deaf-club|deaf club|f|deaf club, deaf friends, signing friends, deaf people
online-friends|friends online|f|online friends, discord, chat online, whatsapp group, friends on the internet
pen-friends|writing to a pen friend|f|pen pal, pen friend, penpal, postcards
phone-friends|a chat by phone|f|phone friend, chat on the phone, phone call with someone, ring me for a chat
saving-together|saving for something|f|save for, save up for, savings, holiday fund
getting-benefits-right|getting the benefits I am due|f|pip, universal credit, attendance allowance, benefit form, welfare rights, claim
getting-out-of-debt|getting out of debt|f|debts, owe money, loans, credit card, !bailiffs, !behind with rent
keeping-warm|keeping warm for less|f|heating, energy bills, gas bill, electric bill, keep warm, warm hub, !cold house
shopping-for-less|making money go further|f|bargains, money go further, cheap food, pantry, coupons, vouchers
sharing-a-carer|sharing a helper|f|share a pa, share a carer, share support, share my carer
sharing-lifts|sharing lifts|f|lift, lifts, car share, someone to drive me, minibus, transport
sharing-tools|sharing and lending things|f|lend, borrow, share tools, library of things, swap
equipment-together|buying equipment together|f|share equipment, buy together, adapted bike together
using-my-budget|understanding my budget|f|personal budget, health budget, direct payment, what can i spend
tax-and-will|wills and papers|f|make a will, power of attorney, legal papers, lasting power
parties|parties and birthdays|f|party, parties, birthday, birthday party, celebrate
singles-events|social nights|f|social night, social club, disco night, friendship night, gateway club
cafe-games|a friendly cafe with games|f|board game cafe, games cafe, warm space
helping-each-other|helping each other out|f|help each other, swap skills, time bank, favours
seeing-old-friends|seeing old friends|g|old friends, old mates, lost touch, friends from school, see my friends, keep in touch, miss my friends
living-near-family|living near family|g|near my mum, near my family, closer to family, move near
brothers-and-sisters|brothers and sisters|g|brother, sister, siblings, brothers and sisters
grandparenting|being a grandparent|g|grandchildren, grandson, granddaughter, granny, grandad, grandparent
seeing-my-children|seeing my children|g|see my children, contact with my kids, see my son, see my daughter, !kids taken
being-a-partner|being a good partner|g|my wife, my husband, marriage, wedding, couple, anniversary, my partner
pregnant|having a baby|g|pregnant, having a baby, midwife, new baby, breastfeeding
playing-with-children|playing with my children|g|play with my kids, take my kids, play park, family fun day
carer-in-family|caring for somebody|g|care for my mum, look after my mum, caring for, young carer, care for my dad
video-calls-family|calling family far away|g|video call, ring my family, family abroad, skype, call my sister
home-cooked-together|cooking for family or friends|g|cook for friends, cook for my family, sunday roast, dinner party
visiting-graves|remembering people I loved|g|grave, cemetery, remember my mum, memorial, light a candle
adventure-holidays|adventure breaks|g|adventure holiday, outward bound, activity week, calvert trust, centre parcs
beach-holidays|a holiday by the sea|g|seaside holiday, spain, by the sea, sun holiday, cornwall, blackpool for a week
camping|camping|g|camp, camping, tent, campfire, caravanning, glamping, bushcraft
city-breaks|trips to a city|g|london, city break, paris, edinburgh, trip to london
cruises|boat trips and cruises|g|cruise, ferry, boat trip, canal boat holiday
faith-trips|trips of faith|g|pilgrimage, lourdes, hajj, umrah, walsingham
friends-stay-over|sleepovers and stays|g|sleepover, stay over, stay at a friends
moving-home|moving to a new home|h|move house, moving, new house, rehoused, council house, housing list, bungalow, !hate where i live
living-with-partner|living with my partner|h|live with my boyfriend, live with my girlfriend, live together, live with my wife
living-alone-well|living well on my own|h|living alone, live alone well, cope on my own, !scared at night alone
getting-on-with-neighbours|getting on with neighbours|h|noisy neighbours, nice neighbours, know my neighbours, friendly street
home-adapted|a home that works for me|h|ramp, stairlift, wet room, adapted home, accessible house, wider doors, grab rails, !stairs
own-room|my bedroom as I like it|h|my own room, my bedroom, my room how i like it, posters
my-own-garden|my own garden or balcony|h|my own garden, balcony, window box, back yard, pots on the balcony
diy|small repairs at home|h|small repairs, put up shelves, handyman, change a bulb, odd jobs, fix my house
declutter|clearing clutter|h|declutter, hoarding, clear out, too much stuff, sort my stuff, !mess
pets-at-home|keeping a pet at home|h|get a dog, get a cat, own a pet, guinea pig, goldfish, budgie, hamster, a cat of my own, a dog of my own
quiet-home|a quiet place to live|h|quiet home, peace and quiet, !noisy flat, !noise
living-in-country|living in the country|h|live in the country, live on a farm, village, countryside life
near-shops-bus|living near shops and buses|h|near the shops, near a bus stop, closer to town
leaving-hospital|coming home from hospital|h|come home, leave hospital, out of hospital, home from hospital, !stuck on a ward
leaving-residential|leaving residential care|h|leave the care home, leave residential, move out of the home, out of the unit
paying-rent|looking after my tenancy|h|rent, tenancy, landlord, keep my flat, !evicted
homelessness|having somewhere to stay|h|homeless, somewhere to stay, sofa surfing, hostel, !on the streets
good-staff-at-home|good support at home|h|support at home, home care, live in carer, nice staff, same staff, good carers
local-area-better|making our area better|h|benches, potholes, make our area better, better park, street party, playground
being-part-of-village|being part of where I live|h|part of the community, know people round here, community centre, local events, belong
growing-food-together|growing food for others|i|community garden, grow food for people, city farm, orchard, share vegetables
care-farm|working on a farm|i|farm, care farm, feed the animals, sheep, goats, pigs, chickens, hens, cows, milking
horses-care|looking after horses|i|groom horses, muck out, look after horses, horse sanctuary
dog-training|training dogs|i|train a dog, dog training, assistance dog, guide dog, agility
animal-rescue|helping rescued animals|i|rspca, animal rescue, rescue dogs, cats protection, animal shelter, sanctuary
river-and-canal|rivers and canals|i|canal, river, canal clean up, towpath, pond
woodland|woodland work|i|woodland, coppicing, plant trees, forest school, forest
litter|picking up litter|i|litter, clean up, tidy the park, rubbish
repair-cafe|mending things for others|i|repair cafe, mend for others, fix bikes, bike repair, fix peoples things
charity-shop|helping in a charity shop|i|work in a charity shop, oxfam, sort clothes, till
fundraising|raising money for good causes|i|raise money, fundraising, sponsored walk, fun run, cancer research, bake sale
food-for-others|cooking for people who need it|i|soup kitchen, food bank, cook for homeless, serve meals
visiting-people|visiting people who are alone|i|visit lonely people, visit old people, visit care homes, befriend
helping-children|helping children|i|help children, read with children, scouts, brownies, cubs, help at school
helping-at-sport|helping at a sports club|i|coach, referee, help at football, sports volunteer, coach kids
helping-at-events|helping at events|i|steward, marshal, help at events, usher
hospital-volunteer|helping at a hospital|i|hospital volunteer, help at the hospital, tea trolley
training-professionals|teaching staff about my life|i|train staff, teach nurses, speak to students, talk about my life, expert by experience
checking-services|checking services for others|i|inspect, quality checker, mystery shopper, check care homes, experts by experience
parish-council|having a say where I live|i|council meetings, have my say, planning meetings, local council
disability-sport-run|starting a new club|i|start a club, start a group, set up a group, new club
mentoring|helping somebody learn|i|mentor, teach someone, help someone read, tutor, pass on my skills
translating|helping people with language|i|translate, interpreter, help people with english
knit-for-charity|making things for charity|i|knit for charity, blankets, knit for babies, make things to give
blood-research|taking part in research|i|research, trials, surveys, studies
local-newsletter|writing for a newsletter|i|newsletter, magazine, write for, journalist
refugees-welcome|welcoming newcomers|i|refugees, newcomers, asylum seekers, welcome people
remembrance|remembrance and veterans|i|veterans, army, remembrance, british legion, navy, raf
greener-living|living greener|i|green, solar, plastic, save energy, compost, zero waste
being-a-friend|being a good friend|i|be a good friend, be there for someone, good mate
playing-for-others|playing music for others|i|play for others, sing in care homes, brass band, orchestra
`;
