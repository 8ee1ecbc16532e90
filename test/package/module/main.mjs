import { App } from 'cdk8s';
import { environmentLoader, nodeFileSystem } from 'kafkon';
import { KafkaChart, manifestsOf } from 'kafkon/kubernetes';
import { parseEnvironment } from 'kafkon/model';

const { environment, problems } = environmentLoader(nodeFileSystem()).load('orders');
if (environment === undefined) throw new Error(JSON.stringify(problems));
const app = new App();
new KafkaChart(app, 'orders', { environment });
app.synth();
console.log(JSON.stringify({ files: manifestsOf(environment).size, problems: parseEnvironment({}).problems.length }));
