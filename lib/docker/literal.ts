/** A text that Terraform takes as it is: without this it would look for expressions in Kafka's `${…}` and in log patterns' `%{…}`. */
export function literal(text: string): string {
  return text.replaceAll('${', '$${').replaceAll('%{', '%%{');
}
