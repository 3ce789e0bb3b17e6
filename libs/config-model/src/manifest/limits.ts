/** What is read at most, checked before the expensive part of parsing. A person's manifests stay far below. */
export const limits = {
  /** Characters of one text. */
  textLength: 64 * 1024 * 1024,
  /** Characters of one YAML document; Kubernetes itself stores objects of at most 1.5 MiB. */
  documentLength: 2 * 1024 * 1024,
  /** Characters of a document that the fast parser is given; longer ones are counted by the full one as it goes. */
  plainLength: 256 * 1024,
  /** Documents of one text. */
  documents: 20_000,
  /** Levels of nesting in one document; deeper ones would exhaust the stack. */
  depth: 100,
  /** Lexical units of one document, which is what parsing costs. */
  lexemes: 150_000,
  /** How often the aliases of one document may multiply what they name. */
  aliases: 100,
  /** Issues of one document that are reported. */
  syntaxIssues: 5,
} as const;
