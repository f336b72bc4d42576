import path from 'node:path';

/** The project's root. Every command and the server run from it; PROJECT_ROOT overrides. */
export const projectRoot = (): string => process.env.PROJECT_ROOT ?? process.cwd();

/** What ships with the project: base models, adapters, workspaces. Never written at run time. */
export const modelsDirectory = (): string => process.env.MODELS_DIRECTORY ?? path.join(projectRoot(), 'models');

/** What a person adds or changes: edited workspaces, their indexes, adapters of their own. Default `.data`. */
export const dataDirectory = (): string => process.env.DATA_DIRECTORY ?? path.join(projectRoot(), '.data');
