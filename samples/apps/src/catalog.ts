import { createCatalog } from './catalog/catalog-app.js';
import { log, serve } from './serve.js';
import { listenAddress } from './settings.js';

await serve(createCatalog({ withImages: process.env['SHOW_IMAGE'] === 'true', log }), listenAddress(3000));
