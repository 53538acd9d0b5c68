/** A neighbourhood of the invented district. */
export interface Place {
  readonly name: string;
  /** The first half of a postcode: where people live is told no closer than this. */
  readonly postcodeDistrict: string;
  readonly latitude: number;
  readonly longitude: number;
  /** How many of a thousand residents of the district live here (our judgement, November 2026). */
  readonly share: number;
}

export const DISTRICT_NAME = 'Merebrook';
export const ICB_NAME = 'NHS Merebrook and Alderford Integrated Care Board';
export const COUNCIL_NAME = 'Merebrook Borough Council';

/** The district is invented and so are its names. Its shape is not: postcode districts and coordinates lie where the south-west of
 *  Greater Manchester is, so that distances between neighbours are the distances people there travel. Coordinates are rounded from
 *  those of public libraries (Trafford Data Lab, Open Government Licence v3.0). */
export const PLACES: readonly Place[] = [
  { name: 'Merebrook Town', postcodeDistrict: 'M33', latitude: 53.425, longitude: -2.32, share: 160 },
  { name: 'Coppice End', postcodeDistrict: 'M33', latitude: 53.414, longitude: -2.351, share: 70 },
  { name: 'Alderford', postcodeDistrict: 'WA14', latitude: 53.387, longitude: -2.352, share: 110 },
  { name: 'Halebarrow', postcodeDistrict: 'WA15', latitude: 53.376, longitude: -2.346, share: 55 },
  { name: 'Timberley', postcodeDistrict: 'WA15', latitude: 53.398, longitude: -2.316, share: 75 },
  { name: 'Strethold', postcodeDistrict: 'M32', latitude: 53.446, longitude: -2.313, share: 90 },
  { name: 'Lostmoor', postcodeDistrict: 'M32', latitude: 53.455, longitude: -2.33, share: 50 },
  { name: 'Wharfside', postcodeDistrict: 'M16', latitude: 53.461, longitude: -2.262, share: 95 },
  { name: 'Ormstone', postcodeDistrict: 'M41', latitude: 53.45, longitude: -2.354, share: 85 },
  { name: 'Woodsend Green', postcodeDistrict: 'M41', latitude: 53.453, longitude: -2.393, share: 40 },
  { name: 'Parting Moss', postcodeDistrict: 'M31', latitude: 53.418, longitude: -2.425, share: 45 },
  { name: 'Chorley Water', postcodeDistrict: 'M21', latitude: 53.444, longitude: -2.279, share: 50 },
  { name: 'Brookmoor', postcodeDistrict: 'M23', latitude: 53.402, longitude: -2.296, share: 45 },
  { name: 'Ecclesfold', postcodeDistrict: 'M30', latitude: 53.483, longitude: -2.339, share: 30 },
];
