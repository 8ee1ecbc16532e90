import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cronProblem } from '../../lib/model/cron-schedule';

describe('a schedule', () => {
  it.each(['30 2 * * *', '*/15 * * * *', '0 0 1,15 * *', '0 9-17/2 * * MON-FRI', '5 4 29 feb *', '0 0 31 2 sun', '0 0 ? * 0', '@daily'])(
    'may be %s',
    (text) => {
      expect(cronProblem(text)).toBeUndefined();
    },
  );

  it.each([
    ['2 * * *', 'has 4 fields; write five: minute, hour, day of the month, month, day of the week'],
    ['60 2 * * *', 'has 60 for the minute; write a number from 0 to 59'],
    ['0 24 * * *', 'has 24 for the hour; write a number from 0 to 23'],
    ['0 2 0 * *', 'has 0 for the day of the month; write a number from 1 to 31'],
    ['0 2 * 13 *', 'has 13 for the month; write a number from 1 to 12'],
    ['0 2 * * 7', 'has 7 for the day of the week; write a number from 0 to 6'],
    ['0 2 * * moon', 'has moon for the day of the week; write a number from 0 to 6'],
    ['0 17-9 * * *', 'has the range 17-9 for the hour, which ends before it begins; turn it round'],
    ['*/0 2 * * *', 'has a step of 0 for the minute; write one from 1 to 59'],
    ['0 0 31 2,4 *', 'never comes: none of its months has a day 31; choose another day or month'],
    ['0 0 30 feb *', 'never comes: none of its months has a day 30; choose another day or month'],
    ['every day * * *', 'has every for the minute; write a number from 0 to 59'],
    ['0,,5 2 * * *', 'has "" for the minute; write *, a number from 0 to 59, a range or a list'],
    ['@reboot', 'is no schedule; write @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually or five fields'],
  ])('may not be %s, and is told why', (text, problem) => {
    expect(cronProblem(text)).toBe(problem);
  });

  it('is fine with any numbers within their bounds, where any day of the week will do', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 59 }),
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 1, max: 28 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 6 }),
        (...numbers) => {
          expect(cronProblem(numbers.join(' '))).toBeUndefined();
        },
      ),
    );
  });
});
