/**
 * Whether two values of a topic setting mean the same: brokers answer numbers and lists in their own spelling (`0.50` comes back as
 * `0.5`), and the order of `cleanup.policy` means nothing.
 */
export function sameValue(key: string, one: string, other: string): boolean {
  if (one === other) return true;
  const [a, b] = [one.trim(), other.trim()];
  if (a === b) return true;
  const whole = /^[+-]?\d+$/;
  if (whole.test(a) && whole.test(b)) return BigInt(a.replace(/^\+/, '')) === BigInt(b.replace(/^\+/, ''));
  const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
  if (number.test(a) && number.test(b)) return Number(a) === Number(b);
  if (/^(true|false)$/i.test(a)) return a.toLowerCase() === b.toLowerCase();
  const words = (text: string) => {
    const list = text.split(',').map((word) => word.trim());
    return (key === 'cleanup.policy' ? list.sort() : list).join(',');
  };
  return words(a) === words(b);
}
