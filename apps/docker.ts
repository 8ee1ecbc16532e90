import { kafkaApp } from '../lib/docker';
import { environmentLoader, nodeFileSystem, renderProblems } from '../lib/environment';
import { declaredPlatforms } from '../lib/model';

/** What `cdktf synth` runs: a stack for every environment that is for Docker, the same as `kafkon synth` writes. */
const loader = environmentLoader(nodeFileSystem(process.cwd()));
const loaded = loader
  .discover()
  .environments.filter(({ abstract }) => !abstract)
  .map(({ id }) => loader.load(id));
const errors = loaded.flatMap(({ problems }) => problems).filter(({ severity }) => severity === 'error');
if (errors.length > 0) throw new Error(renderProblems(errors));
const environments = loaded.flatMap(({ environment }) => environment ?? []);
kafkaApp(environments.filter((environment) => declaredPlatforms(environment).includes('docker'))).synth();
