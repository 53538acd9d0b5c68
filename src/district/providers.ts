import { pence } from '../kernel/index.js';
import type { Pence } from '../kernel/index.js';
import { PLACES } from './places.js';

/** What sort of body an invented provider is. */
export type ProviderKind = 'micro-enterprise' | 'charity' | 'agency' | 'club' | 'company' | 'personal-assistant' | 'community';

/** What is paid for. */
export type PriceUnit = 'hour' | 'session' | 'day' | 'night' | 'week' | 'month' | 'year' | 'mile' | 'item';

export interface InventedProvider {
  readonly name: string;
  readonly kind: ProviderKind;
  readonly activity: string;
  readonly unit: PriceUnit;
  readonly lowestPence: Pence;
  readonly highestPence: Pence;
  /** The name of a place in PLACES. */
  readonly place: string;
}

/** Name, kind, activity, unit, lowest and highest price in pounds (ranges of domain notes 6.2, demonstration prices for 2026/27), place by number. */
const ROWS = `
Otter Pool Swimming Club|club|supported swimming|session|5|8|0
Slack Water Aqua Friends|community|gentle water exercise|session|5|7.50|7
Merebrook Canal Boat Trust|charity|accessible boat trips|session|35|60|0
Coppice End Allotment Circle|community|gardening together|session|3|8|1
Green Fingers at Parting Moss|micro-enterprise|gardening together|session|35|48|10
Alderford Potters|micro-enterprise|pottery|hour|25|45|2
Brush and Barrow Art Studio|micro-enterprise|painting and drawing|hour|28|60|3
Thursday Easel|community|painting and drawing|session|6|12|8
Long Note Music Room|micro-enterprise|music lessons|hour|30|60|4
The Out of Tune Choir|community|singing together|session|3|6|5
Wharfside Drum Circle|micro-enterprise|drumming|session|35|55|7
Left Foot First Dance|micro-enterprise|inclusive dance|session|35|50|0
Kingfisher Wheelchair Basketball|club|wheelchair basketball|session|5|8|5
Strethold Boccia Club|club|boccia|session|4|7|5
Pedal Any Way Cycling|charity|adapted cycling|session|6|12|8
Ormstone Strollers|community|walking group|session|1|3|8
Moss Side Path Rangers|charity|nature and conservation days|day|38|60|10
Ironwork Gym Alderford|company|gym membership|month|20|45|2
Steady On Strength and Balance|micro-enterprise|strength and balance classes|session|35|45|4
Bright Kettle Community Cafe|charity|cafe work experience|day|40|65|0
Second Screw Repair Shed|charity|wood and repair workshop|session|35|55|6
Loaf and Ladle Cookery|micro-enterprise|cooking for one or many|session|35|50|11
Right Click Digital Help|micro-enterprise|computer and phone lessons|hour|25|40|1
First Rung Training|company|work skills courses|session|45|75|7
Story Jar Writers|community|writing and storytelling|session|3|6|11
Reel Thing Film Club|community|film evenings|session|5|8|0
Board and Dice Evenings|community|board games|session|2|5|5
Pixel Lounge|micro-enterprise|gaming and making games|session|35|45|7
Paws on the Lap Visits|micro-enterprise|time with animals|session|35|50|13
Halebarrow Riding for All|charity|riding|session|40|70|3
Ferry and Fare Minibus|charity|minibus with driver|day|80|200|5
Door to Door Drivers|micro-enterprise|driver with accessible car|mile|0.45|0.90|12
Rolling Home Transport|company|wheelchair taxi|session|15|40|7
Elm House Day Opportunities|company|day service|day|50|75|4
The Yard at Lostmoor|charity|day service|day|45|70|6
Open Gate Day Club|community|day club|day|35|50|9
Quiet Corner Sensory Room|charity|sensory sessions|session|35|60|0
Good Morning Home Care|agency|home care|hour|26|34|0
Alder and Ash Care|agency|home care|hour|25|33|2
Nightlight Care|agency|waking and sleeping nights|night|90|150|8
Whole Day Nursing|agency|nursing at home|hour|34|48|4
Two Doors Down Support|micro-enterprise|help at home|hour|18|26|5
Helping Hands of Wharfside|micro-enterprise|help at home|hour|18|25|7
Brookmoor Companions|micro-enterprise|companionship|hour|18|24|12
Next Stop Support|micro-enterprise|support to go out|hour|19|26|1
Standby PA Register|charity|relief personal assistants|hour|15.50|19|0
Fair Play Personal Assistants|personal-assistant|personal assistance|hour|14.50|19|6
Steady Hands PA Team|personal-assistant|personal assistance|hour|15|19|11
Calm Harbour Counselling|micro-enterprise|talking therapy|session|50|75|2
Move Well Physiotherapy|company|physiotherapy|session|55|80|3
Plain Talk Speech Therapy|micro-enterprise|speech and language therapy|session|55|80|13
Open Ear Peer Support|charity|peer support group|session|2|6|10
Sea Legs Holidays|charity|holiday week with support|week|900|2500|8
Short Breaks at Timberley|charity|short breaks|night|110|190|4
Second Set of Keys Homeshare|charity|homeshare|month|100|250|11
Penny Plain Payroll|company|payroll for employers of PAs|month|10|20|0
Carry On Cover Insurance|company|employer's liability insurance|year|70|150|2
Learn to Lift Training|company|training for PAs|item|50|150|5
Wheelwright Mobility|company|wheelchairs and repairs|item|60|900|12
Tap and Type Equipment|company|tablets and communication aids|item|150|400|6
Merebrook Baths|community|pool hire by the hour|hour|45|90|0
Strethold Community Hall|community|room hire|hour|12|25|5
Old Signal Box Arts Centre|charity|studio hire|hour|15|30|7
`;

const pounds = (text: string): Pence => {
  const [whole, part = ''] = text.split('.');
  return pence(`${whole}${part.padEnd(2, '0')}`);
};

/** Invented providers, clubs and venues of the district. */
export const PROVIDERS: readonly InventedProvider[] = ROWS.trim()
  .split('\n')
  .map((row) => {
    const [name, kind, activity, unit, lowest, highest, place] = row.split('|') as [string, ProviderKind, string, PriceUnit, string, string, string];
    return { name, kind, activity, unit, lowestPence: pounds(lowest), highestPence: pounds(highest), place: PLACES[Number(place)]!.name };
  });
