import { describe, expect, it } from '@jest/globals';
import 'reflect-metadata';
import type { Pence } from '../../kernel/index.js';
import {
  ChoiceField,
  ChoiceListField,
  FlagField,
  IdField,
  IdListField,
  IntField,
  ListField,
  LocalDateField,
  ObjectField,
  PenceField,
  TextField,
  TextListField,
} from './fields.js';
import { readCommand } from './read-command.js';

const ID = '018f4e7a-0000-7000-8000-000000000001';

class Line {
  @TextField({ max: 20 }) what!: string;
  @PenceField() pricePence!: Pence;
}

class Everything {
  @PenceField({ optional: true }) costPence?: Pence;
  @PenceField({ optional: true, orZero: true }) giftPence?: Pence;
  @LocalDateField({ optional: true }) startsOn?: string;
  @IdField({ optional: true }) poolId?: string;
  @TextField({ optional: true, max: 5 }) name?: string;
  @TextField({ optional: true, max: 20, lines: true }) story?: string;
  @TextField({ optional: true, max: 8, matches: /^[A-Z]+$/, message: 'Enter capital letters.' }) code?: string;
  @IntField({ optional: true, min: 1, max: 100 }) size?: number;
  @IntField({ optional: true, min: 1, max: 100, fromText: true }) limit?: number;
  @FlagField({ optional: true }) isOpen?: boolean;
  @FlagField({ optional: true, fromText: true }) agrees?: boolean;
  @ChoiceField(['weekly', 'monthly'], { optional: true }) pace?: string;
  @IdListField({ optional: true, max: 2 }) poolIds?: string[];
  @ChoiceListField(['mon', 'tue'], { optional: true }) days?: string[];
  @TextListField({ max: 5 }, { optional: true, min: 1, max: 3 }) words?: string[];
  @ListField(() => Line, { optional: true, min: 1, max: 2 }) lines?: Line[];
  @ObjectField(() => Line, { optional: true }) line?: Line;
}

class Needed {
  @PenceField() costPence!: Pence;
  @TextField({ max: 10, what: 'name of the pool' }) name!: string;
  @ListField(() => Line) lines!: Line[];
  @ObjectField(() => Line) line!: Line;
  @FlagField() isOpen!: boolean;
}

const readAs = (property: string, value: unknown): unknown => {
  const { command, faults } = readCommand(Everything, JSON.parse(JSON.stringify({ [property]: value })));
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  return (command as unknown as Record<string, unknown>)[property];
};
const faultsOf = (body: object): unknown => readCommand(Everything, body).faults;

describe('fields', () => {
  it.each<[string, unknown, unknown]>([
    ['costPence', 12050, 12050n],
    ['costPence', Number.MAX_SAFE_INTEGER, 9007199254740991n],
    ['giftPence', 0, 0n],
    ['startsOn', '2028-02-29', '2028-02-29'],
    ['poolId', ID, ID],
    ['name', '  Zoe\u0301  ', 'Zoé'],
    ['name', '', undefined],
    ['name', '😀😀😀😀😀', '😀😀😀😀😀'],
    ['story', 'one\r\ntwo', 'one\ntwo'],
    ['code', 'ABC', 'ABC'],
    ['size', 100, 100],
    ['limit', '20', 20],
    ['isOpen', false, false],
    ['agrees', 'yes', true],
    ['pace', 'weekly', 'weekly'],
    ['pace', null, undefined],
    ['poolIds', [ID], [ID]],
    ['days', 'mon', ['mon']],
    ['words', [' a ', 'b'], ['a', 'b']],
  ])('reads %s from %j', (property, sent, read) => {
    expect(readAs(property, sent)).toEqual(read);
  });

  it('takes the bigint that a form made of pounds', () => {
    expect(readCommand(Everything, { costPence: 5n }).command.costPence).toBe(5n);
  });

  it.each<[string, unknown]>([
    ['costPence', 12.5],
    ['costPence', '5'],
    ['costPence', 0],
    ['costPence', -1],
    ['costPence', 1e400],
    ['costPence', 9007199254740993],
    ['costPence', [5]],
    ['costPence', true],
    ['giftPence', -1],
    ['startsOn', '2027-02-29'],
    ['startsOn', '27/03/2027'],
    ['poolId', 'x'],
    ['name', 'abcdef'],
    ['name', 'a\nb'],
    ['name', 'a\u0000b'],
    ['name', 5],
    ['name', { $ne: 1 }],
    ['story', 'a\u0000b'],
    ['code', 'abc'],
    ['size', 0],
    ['size', 1.5],
    ['size', '5'],
    ['limit', '5 or 1=1'],
    ['isOpen', 'true'],
    ['agrees', 'constructor'],
    ['pace', 'daily'],
    ['poolIds', [ID, ID]],
    ['poolIds', 'x'],
    ['days', ['wed']],
    ['days', { 0: 'mon' }],
    ['words', []],
    ['lines', []],
    ['lines', 'x'],
    ['lines', [null]],
    ['lines', [3]],
    ['line', [{ what: 'a', pricePence: 1 }]],
    ['line', 'x'],
    ['unknown', 1],
    ['__proto__x', 1],
  ])('refuses %s as %j', (property, sent) => {
    const faults = faultsOf({ [property]: sent }) as { field: string; message: string }[];
    expect(faults.length).toBeGreaterThan(0);
    expect(faults[0]!.field.split('.')[0]).toBe(property);
    expect(faults[0]!.message).toMatch(/^[A-Z].*\.$/);
  });

  it('names a fault deep inside by its path, and says how to put it right', () => {
    expect(
      faultsOf({
        lines: [
          { what: 'Pool hire', pricePence: 100 },
          { what: 'Bus', pricePence: 1.5, tip: 1 },
        ],
      }),
    ).toEqual([
      { field: 'lines.1.tip', message: 'Leave out tip: it is not known here.' },
      { field: 'lines.1.pricePence', message: 'Enter the price as a whole number of pence, more than 0, like 12050 for £120.50.' },
    ]);
  });

  it('reads lines as instances with real bigints', () => {
    const { command } = readCommand(Everything, { lines: [{ what: 'Bus', pricePence: 7 }], line: { what: 'Hall', pricePence: 8 } });
    expect(command.lines![0]).toBeInstanceOf(Line);
    expect([command.lines![0]!.pricePence, command.line!.pricePence]).toEqual([7n, 8n]);
  });

  it('asks for each field that is needed', () => {
    expect(readCommand(Needed, {}).faults).toEqual([
      { field: 'costPence', message: 'Enter the cost as a whole number of pence, more than 0, like 12050 for £120.50.' },
      { field: 'name', message: 'Enter the name of the pool in 10 characters or fewer, on one line.' },
      { field: 'lines', message: 'Give a list of up to 100 for lines.' },
      { field: 'line', message: 'Give line as an object with its own fields.' },
      { field: 'isOpen', message: 'Say true or false for is open.' },
    ]);
    expect(
      readCommand(Needed, { costPence: null, name: '   ', lines: [], line: { what: 'a', pricePence: 1 }, isOpen: true }).faults.map((fault) => fault.field),
    ).toEqual(['costPence', 'name']);
  });
});
