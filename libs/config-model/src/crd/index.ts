export { apiServerRules } from './evaluate-rules.js';
