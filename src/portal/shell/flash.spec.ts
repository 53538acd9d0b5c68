import { expect, it } from '@jest/globals';
import { flashOf } from './flash.js';

const TABLE = { agreed: { kind: 'done', title: 'You agreed' } } as const;

it('says what was done once, for a code it knows', () => expect(flashOf(TABLE, 'agreed')).toEqual({ flash: TABLE.agreed }));

it.each([undefined, '', 'hacked', 'constructor', ['agreed']])('says nothing for %p', (code) => expect(flashOf(TABLE, code)).toEqual({}));
