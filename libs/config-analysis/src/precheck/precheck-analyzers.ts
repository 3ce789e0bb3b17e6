import type { Analyzer } from '../analyzer.js';
import { alphaAnnotationsAnalyzer } from './alpha-annotations.js';
import { gatewayApiVersionAnalyzer } from './gateway-api-version.js';

/** What is looked at before an installation or an upgrade, and would be noise at any other time. */
export const precheckAnalyzers: readonly Analyzer[] = [alphaAnnotationsAnalyzer, gatewayApiVersionAnalyzer];
