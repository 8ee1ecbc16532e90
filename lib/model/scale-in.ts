/**
 * The annotation of a StatefulSet that confirms one change to fewer nodes. It counts only in the change itself: what stood there
 * before confirms nothing.
 */
export const scaleInAnnotation = 'kafkon.dev/confirm-scale-in';

/**
 * The value that confirms a change from one number of replicas to another: `5->3`. `occasion` is any text that sets it apart from
 * the same change made earlier, whose annotation may still be there.
 * @default occasion - none: the annotation must be new
 */
export function scaleInConfirmation(from: number, to: number, occasion = ''): string {
  return `${from}->${to}${occasion === '' ? '' : ` ${occasion}`}`;
}
