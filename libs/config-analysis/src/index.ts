export {
  Analysis,
  selectAnswerable,
  selectForControlPlane,
  type AnalysisOptions,
  type AnalysisReport,
  type SelectAnalyzers,
} from './analysis.js';
export { analyzeSnapshot, meshConfigObject, meshNetworksObject } from './analyze-snapshot.js';
export {
  displayKind,
  objectKey,
  type AnalyzedKind,
  type AnalyzedObject,
  type ObjectChange,
  type ObjectOf,
} from './analyzed-object.js';
export {
  defineAnalyzer,
  defineGroupAnalyzer,
  type AnalysisSettings,
  type Analyzer,
  type World,
} from './analyzer.js';
export { allAnalyzers } from './analyzers.js';
export { finding, type AnalysisIssue, type Finding } from './finding.js';
export { listAnalyzers, type AnalyzerEntry } from './list-analyzers.js';
export { listMessages, messages, type MessageArgs, type MessageEntry, type MessageName } from './messages.js';
export { messageTexts } from './messages/texts.js';
export type { MessageText } from './messages/message-text.js';
export { defineIndex, type ObjectIndex } from './object-index.js';
export { localhostListenersAnalyzer, type ListeningSocket } from './precheck/localhost-listeners.js';
export { precheckAnalyzers } from './precheck/precheck-analyzers.js';
export { upgradeAnalyzer } from './precheck/upgrade.js';
export { readClusterObject } from './read-cluster-object.js';
export { withoutRestated } from './without-restated.js';
