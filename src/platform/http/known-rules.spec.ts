import { describe, expect, it } from '@jest/globals';
import type { getMetadataStorage } from 'class-validator';
import { IsString, validateSync } from 'class-validator';
import { keepRules } from './known-rules.js';

class Asked {
  @IsString({ groups: ['some'] })
  one?: unknown;

  @IsString()
  two?: unknown;
}
class AskedMore extends Asked {
  @IsString()
  three?: unknown;
}

const faults = (of: object, groups?: string[]): string[] => validateSync(of, groups ? { groups } : {}).map((error) => error.property);

describe('rules of commands', () => {
  it('are the same looked for or kept, with what a class inherits, and by groups', () => {
    for (let time = 0; time < 2; time++) {
      expect(faults(new Asked())).toEqual(['one', 'two']);
      expect(faults(new AskedMore()).sort()).toEqual(['one', 'three', 'two']);
      expect(faults(new AskedMore(), ['some'])).toEqual(['one']);
      keepRules();
    }
  });

  it('are looked for once a class, and each time when only some are asked for', () => {
    let looked = 0;
    const storage = { getTargetValidationMetadatas: () => ((looked += 1), []) } as unknown as ReturnType<typeof getMetadataStorage>;
    keepRules(storage);
    keepRules(storage);
    const find = (target: unknown, groups?: string[]) => storage.getTargetValidationMetadatas(target as never, undefined as never, false, false, groups);
    find(Asked);
    find(Asked);
    expect(looked).toBe(1);
    find(AskedMore);
    find(Asked, ['some']);
    find(Asked, ['some']);
    expect(looked).toBe(4);
  });
});
