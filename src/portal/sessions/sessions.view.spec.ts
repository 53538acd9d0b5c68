import { expect, it } from '@jest/globals';
import { deviceWords } from './sessions.view.js';

it.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36', 'Chrome on a Windows computer'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile/15E148 Safari/604.1', 'Safari on an iPhone'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0', 'Firefox on a Linux computer'],
  ['curl/8', 'A device we do not know by name'],
  [null, 'A device we do not know by name'],
])('%s is %s', (agent, words) => expect(deviceWords(agent)).toBe(words));
