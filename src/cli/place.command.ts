import { readFile } from 'node:fs/promises';
import { Places, readPlaces } from '../identity/index.js';
import { invalid, isId, systemActor } from '../kernel/index.js';
import type { PersonId } from '../kernel/index.js';
import type { Command } from './run-command.js';
import { print, printJson } from './run-command.js';
import { withApp } from './with-app.js';

const operator = systemActor('operator', {});

export const placeImportCommand: Command = {
  name: 'place import',
  usage: 'place import FILE [--json]',
  what: 'Puts postcode districts on the map, from a CSV file with the columns district, name, lat, lon. Without a map nobody can have a card.',
  exitOfRefusal: 2,
  run: async ({ words: [path], json }) => {
    if (!path) throw invalid('file-needed', 'Say which file to read.');
    const places = readPlaces(
      await readFile(path, 'utf8').catch(() => {
        throw invalid('file-not-read', `${path} cannot be read.`);
      }),
    );
    return withApp(async (app) => {
      const { added, changed } = await app.get(Places).put(operator, places);
      if (json) printJson({ added, changed, same: places.length - added - changed });
      else print(`${added} districts added, ${changed} changed, ${places.length - added - changed} as they were.`);
      return 0;
    });
  },
};

export const personPlaceCommand: Command = {
  name: 'person place',
  usage: 'person place --person UUID --place M33',
  what: 'Says in which postcode district somebody lives. A card that they wrote stays where it is.',
  values: ['person', 'place'],
  exitOfRefusal: 2,
  run: ({ options: { person, place }, json }) => {
    if (typeof person !== 'string' || !isId(person)) throw invalid('person-needed', '--person is the id of a person, as in the address of their page.');
    if (typeof place !== 'string' || !place.trim()) throw invalid('place-needed', '--place is the first part of a postcode, like M33.');
    const district = place.trim().toUpperCase();
    return withApp(async (app) => {
      await app.get(Places).movePerson(operator, person as PersonId, district);
      if (json) printJson({ person, place: district });
      else print(`They live near ${district}.`);
      return 0;
    });
  },
};
