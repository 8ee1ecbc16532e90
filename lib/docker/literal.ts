/** A text that Terraform takes as it is: without this it would look for expressions in Kafka's `${…}` and in log patterns' `%{…}`. */
export function literal(text: string): string {
  // A function, because `$$` in a replacement stands for a single `$`.
  return text.replace(/[$%]\{/g, (opening) => `${opening[0]}${opening}`);
}
