import { describe, expect, it } from '@jest/globals';
import type { PossibleHolder } from '../../finance/index.js';
import { newId } from '../../kernel/index.js';
import { CONDITIONS, holderNames, readAccount, readHolder } from './own-account.form.js';

const self: PossibleHolder = { personId: newId<'person'>(), name: 'Gus Invented', as: 'self' };
const nominee: PossibleHolder = { personId: newId<'person'>(), name: 'Nia Invented', as: 'nominee' };
const ALL = CONDITIONS.map(({ value }) => value as string);
const typed = { holder: '', conditions: ALL, sortCode: '', accountNumber: '', reason: 'It fits.' };
const fields = (over: object, mayHold = [self, nominee]) => readAccount({ ...typed, ...over }, mayHold).faults.map((fault) => fault.field);

describe('opening an account', () => {
  it('asks who holds it only when there is a choice', () => {
    expect(readAccount(typed, [self])).toMatchObject({ faults: [], command: { accountHolderId: self.personId, isNotExcluded: true, canBeAudited: true } });
    expect(readAccount({ ...typed, holder: nominee.personId }, [self, nominee])).toMatchObject({ faults: [], command: { accountHolderId: nominee.personId } });
  });
  it('leaves bank details out until they are typed', () => {
    expect(readAccount(typed, [self]).command).not.toHaveProperty('sortCode', expect.anything());
    expect(readAccount({ ...typed, sortCode: '10-88-00', accountNumber: '10000007' }, [self]).command).toMatchObject({
      sortCode: '10-88-00',
      accountNumber: '10000007',
    });
  });
  it.each([
    [{}, ['holder']],
    [{ holder: newId() }, ['holder']],
    [{ holder: self.personId, conditions: [] }, ['conditions']],
    [{ holder: self.personId, conditions: ALL.slice(1) }, ['conditions']],
    [{ holder: self.personId, reason: '  ' }, ['reason']],
    [{ holder: self.personId, sortCode: '108800888' }, ['sortCode']],
  ])('%o has faults at %o', (over, at) => expect(fields(over)).toEqual(at));
});

describe('naming a holder', () => {
  it('needs a person who can, and a reason', () => {
    expect(readHolder({ ...typed, holder: nominee.personId }, [self, nominee])).toMatchObject({ faults: [], command: { accountHolderId: nominee.personId } });
    expect(readHolder({ ...typed, holder: 'x', reason: '' }, [self, nominee]).faults.map((fault) => fault.field)).toEqual(['holder', 'reason']);
  });
  it('names those who hold it now', () => expect(holderNames([nominee.personId, newId<'person'>()], [self, nominee])).toBe('Nia Invented, Somebody else'));
});
