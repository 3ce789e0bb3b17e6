export { apiServerRules } from './evaluate-rules.js';
export { validateAsApiServer } from './validate-as-api-server.js';
