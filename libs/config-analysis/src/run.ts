import type { Analyzer } from './analyzer.js';
import type { AnalysisIssue } from './finding.js';
import type { Cell } from './object-tables.js';

/** One analyzer on one key: what it looked at, and what it found. */
export interface Run {
  readonly analyzer: Analyzer;
  readonly subject: Cell<Run>;
  readonly reads: Set<Cell<Run>>;
  issues: readonly AnalysisIssue[];
}
