/**
 * Whole seconds as Go writes them: `30s`, `1m30s`, `1h0m0s`. The provider reads durations back in this form, and any other spelling of
 * the same time would be a change in every plan.
 */
export function goDuration(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const rest = `${seconds % 60}s`;
  if (hours > 0) return `${hours}h${minutes}m${rest}`;
  return minutes > 0 ? `${minutes}m${rest}` : rest;
}
