/** Goals added to those of migration 013: id, words, Care Act area. A copy of the lists in src/introductions, since a migration never changes. */
export const MORE_TERMS = `
being-listened-to|being listened to|a
being-treated-fairly|being treated fairly|a
my-pronouns|being myself: LGBT+|a
personal-care-my-way|being washed and dressed my way|a
privacy|having privacy|a
my-language|speaking my own language|a
clothes-i-like|choosing my clothes|a
festivals-of-faith|keeping holy days|a
telling-my-story|telling my story|a
knowing-my-rights|knowing my rights|a
my-name-right|people using words I like|a
good-end-of-life|planning for the end of life|a
running|running|b
horse-riding|horse riding|b
badminton|badminton|b
tennis|tennis|b
cricket|cricket|b
rugby|rugby|b
netball-basketball|netball and basketball|b
boxing|boxing for fitness|b
golf|golf|b
ten-pin|ten-pin bowling|b
fishing|fishing|b
boats|boats, sailing and canoes|b
climbing|climbing|b
skating-skiing|skating and skiing|b
trampolining|trampolining|b
water-exercise|exercise in water|b
keep-fit|keeping fit|b
darts-snooker|darts, pool and snooker|b
archery|archery|b
losing-weight-together|losing weight together|b
stopping-smoking|stopping smoking|b
drinking-less|drinking less|b
living-with-pain|living well with pain|b
memory|keeping my memory|b
feeling-happier|feeling happier|b
grief|talking about losing somebody|b
anger|keeping my temper|b
seeing-the-doctor|doctors and health checks|b
knowing-my-health|knowing about my health|b
balance|staying steady on my feet|b
hearing-seeing|living well with sight or hearing loss|b
speech|talking more clearly|b
getting-out-of-the-house|getting out of the house|b
sensory-room|sensory rooms and soft play|b
massage|massage and touch|b
music-to-relax|music to relax|b
safe-at-home|being safe at home|c
knowing-who-to-tell|knowing who to tell|c
friends-who-are-safe|knowing who is a real friend|c
safe-places|safe places in town|c
fire-first-aid|first aid|c
relationships-sex|safe relationships and sex|c
after-harm|getting over being hurt|c
out-at-night|going out at night safely|c
staying-out-of-trouble|staying out of trouble|c
medicine-on-time|taking my medicine safely|c
money-safe|keeping my money safe|c
having-a-plan-b|having an emergency plan|c
walking-at-night|feeling safe on my street|c
water-safety|being safe in water|c
making-decisions|making my own decisions|d
driving|learning to drive|d
wheelchair-skills|getting about in my wheelchair|d
laundry-and-chores|doing my own chores|d
making-a-drink|making a drink or snack|d
baking|baking|d
reading-signs|reading, letters and forms|d
telling-the-time|telling the time|d
using-money-in-shops|using money in shops|d
getting-up|getting up and going|d
being-more-independent|doing more for myself|d
speaking-on-the-phone|phoning people|d
managing-my-staff|being a good boss to my helpers|d
using-a-communication-aid|using my talking device|d
going-places-alone|going places by myself|d
smart-home|things at home that help me|d
making-appointments|keeping appointments|d
healthy-routine|less time on screens|d
planning-meals|planning meals|d
going-to-a-match|going to a match|d
travel-abroad|flying and passports|d
drama|acting and drama|e
comedy|comedy|e
magic|magic and circus|e
djing|being a DJ|e
songwriting|writing songs|e
poetry-out-loud|telling stories aloud|e
crafts|crafts and making things|e
jewellery|making jewellery|e
textiles|weaving and felt|e
models-and-trains|models and trains|e
lego|Lego and building|e
cars-and-engines|cars and engines|e
planes-and-space|planes and space|e
science|science|e
cooking-around-the-world|food from other countries|e
coding|coding and making websites|e
making-films|making films and videos|e
radio-podcasts|radio and podcasts|e
quizzes|quizzes|e
bingo|bingo|e
tabletop-fantasy|fantasy games|e
collecting|collecting things|e
birdwatching|birdwatching|e
days-out|days out to new places|e
museums-galleries|museums and galleries|e
fairs-and-markets|fairs and markets|e
dinosaurs-fossils|dinosaurs and fossils|e
languages|learning a language|e
maths|maths and numbers|e
english-reading|reading and writing better|e
computers-for-work|computers for work|e
work-experience|trying out work|e
own-business|starting my own business|e
working-with-animals|working with animals|e
working-with-children|working with children|e
working-outdoors|working outdoors|e
working-in-food|working in a kitchen or cafe|e
working-with-hands|learning a trade|e
keeping-my-job|keeping my job|e
retirement|things to do when retired|e
going-to-school|school and exams|e
leading-a-group|leading a group|e
dance-shows|putting on a show|e
fashion-making|making and mending clothes|e
flower-arranging|flower arranging|e
home-brewing|brewing, jam and pickles|e
wrestling-fan|wrestling and fan clubs|e
tv-together|watching telly together|e
f1-motorsport|motor sport|e
dog-walking|walking dogs|e
church-activities|church groups|e
meditation-spiritual|quiet and spiritual time|e
chess|chess|e
cards-bridge|bridge and card games|e
night-classes-art-history|talks and lectures|e
news-and-politics|news and debate|e
genealogy|finding my family tree|e
local-walks-history|history walks|e
pub|going to the pub|f
eating-out|eating out|f
having-people-round|having people round|f
someone-to-do-things-with|somebody to do things with|f
talking-to-people-like-me|talking to people like me|f
mens-group|a men’s group|f
womens-group|a women’s group|f
young-people|being with people my age|f
older-people|a group for older people|f
carers-group|time off for carers|f
parents-of-disabled|other parents like me|f
autistic-space|autism-friendly groups|f
deaf-club|deaf club|f
online-friends|friends online|f
pen-friends|writing to a pen friend|f
phone-friends|a chat by phone|f
saving-together|saving for something|f
getting-benefits-right|getting the benefits I am due|f
getting-out-of-debt|getting out of debt|f
keeping-warm|keeping warm for less|f
shopping-for-less|making money go further|f
sharing-a-carer|sharing a helper|f
sharing-lifts|sharing lifts|f
sharing-tools|sharing and lending things|f
equipment-together|buying equipment together|f
using-my-budget|understanding my budget|f
tax-and-will|wills and papers|f
parties|parties and birthdays|f
singles-events|social nights|f
cafe-games|a friendly cafe with games|f
helping-each-other|helping each other out|f
seeing-old-friends|seeing old friends|g
living-near-family|living near family|g
brothers-and-sisters|brothers and sisters|g
grandparenting|being a grandparent|g
seeing-my-children|seeing my children|g
being-a-partner|being a good partner|g
pregnant|having a baby|g
playing-with-children|playing with my children|g
carer-in-family|caring for somebody|g
video-calls-family|calling family far away|g
home-cooked-together|cooking for family or friends|g
visiting-graves|remembering people I loved|g
adventure-holidays|adventure breaks|g
beach-holidays|a holiday by the sea|g
camping|camping|g
city-breaks|trips to a city|g
cruises|boat trips and cruises|g
faith-trips|trips of faith|g
friends-stay-over|sleepovers and stays|g
moving-home|moving to a new home|h
living-with-partner|living with my partner|h
living-alone-well|living well on my own|h
getting-on-with-neighbours|getting on with neighbours|h
home-adapted|a home that works for me|h
own-room|my bedroom as I like it|h
my-own-garden|my own garden or balcony|h
diy|small repairs at home|h
declutter|clearing clutter|h
pets-at-home|keeping a pet at home|h
quiet-home|a quiet place to live|h
living-in-country|living in the country|h
near-shops-bus|living near shops and buses|h
leaving-hospital|coming home from hospital|h
leaving-residential|leaving residential care|h
paying-rent|looking after my tenancy|h
homelessness|having somewhere to stay|h
good-staff-at-home|good support at home|h
local-area-better|making our area better|h
being-part-of-village|being part of where I live|h
growing-food-together|growing food for others|i
care-farm|working on a farm|i
horses-care|looking after horses|i
dog-training|training dogs|i
animal-rescue|helping rescued animals|i
river-and-canal|rivers and canals|i
woodland|woodland work|i
litter|picking up litter|i
repair-cafe|mending things for others|i
charity-shop|helping in a charity shop|i
fundraising|raising money for good causes|i
food-for-others|cooking for people who need it|i
visiting-people|visiting people who are alone|i
helping-children|helping children|i
helping-at-sport|helping at a sports club|i
helping-at-events|helping at events|i
hospital-volunteer|helping at a hospital|i
training-professionals|teaching staff about my life|i
checking-services|checking services for others|i
parish-council|having a say where I live|i
disability-sport-run|starting a new club|i
mentoring|helping somebody learn|i
translating|helping people with language|i
knit-for-charity|making things for charity|i
blood-research|taking part in research|i
local-newsletter|writing for a newsletter|i
refugees-welcome|welcoming newcomers|i
remembrance|remembrance and veterans|i
greener-living|living greener|i
being-a-friend|being a good friend|i
playing-for-others|playing music for others|i
`;
