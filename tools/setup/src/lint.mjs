/** `npm run lint`: what `npm test` holds the sources against. */
import { lint, runMain } from './steps.mjs';

await runMain(lint);
