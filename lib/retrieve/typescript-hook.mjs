// Worker threads do not inherit tsx from the command line; this lets one that runs from the sources load TypeScript.
import { register } from 'tsx/esm/api';

register();
