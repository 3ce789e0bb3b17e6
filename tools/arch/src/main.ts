import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkWorkspace } from './check-workspace.js';

/** `npx tsx tools/arch/src/main.ts [ROOT]`: prints each violation; exit status 1 where there is one. */
const root = resolve(process.argv[2] ?? resolve(dirname(fileURLToPath(import.meta.url)), '../../..'));
const { files, violations } = checkWorkspace(root);
for (const { file, line, message } of violations) process.stdout.write(`${file}:${line}: ${message}\n`);
process.stdout.write(`architecture: ${files} files, ${violations.length} violations\n`);
process.exitCode = violations.length === 0 ? 0 : 1;
