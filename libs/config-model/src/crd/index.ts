export { apiServerRules } from './evaluate-rules.js';
export { renderCrds } from './render-crds.js';
export { validateAsApiServer } from './validate-as-api-server.js';
export { editorSchemas, manifestSchema } from '../editor-schema/editor-schemas.js';
export type { JsonSchema } from '../editor-schema/json-schema.js';
