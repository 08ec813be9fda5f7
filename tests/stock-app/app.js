// What people who use aws-cdk have: two stacks with a reference between them, a stack nested in
// one of them, a folder that is published as an archive, a role, a hidden parameter, tags.
const { App, CfnOutput, CfnParameter, NestedStack, RemovalPolicy, Stack, Tags, aws_iam: iam, aws_lambda: lambda, aws_s3: s3, aws_sns: sns, aws_sqs: sqs } = require('aws-cdk-lib');
const path = require('node:path');

const env = { account: '111111111111', region: 'eu-west-1' };
const app = new App({ analyticsReporting: false });
const step = Number(app.node.tryGetContext('step') ?? 1);

const events = new Stack(app, 'Events', { env, stackName: 'stock-events' });
const topic = new sns.Topic(events, 'Topic', { displayName: `orders ${step}` });

const web = new Stack(app, 'Web', { env, stackName: 'stock-web' });
const password = new CfnParameter(web, 'Password', { noEcho: true, default: 'not-a-secret' });
const handler = new lambda.Function(web, 'Handler', {
  runtime: lambda.Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: lambda.Code.fromAsset(path.join(__dirname, 'handler')),
  environment: { TOPIC: topic.topicArn, PASSWORD: password.valueAsString },
});
topic.grantPublish(handler);

const storage = new NestedStack(web, 'Storage');
const bucket = new s3.Bucket(storage, 'Bucket', { removalPolicy: RemovalPolicy.DESTROY });
new sqs.Queue(storage, 'Queue', step > 1 ? { queueName: 'stock-orders' } : {});
bucket.grantRead(new iam.Role(storage, 'Reader', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }));

new CfnOutput(web, 'BucketName', { value: bucket.bucketName });
Tags.of(app).add('team', 'shop');
app.synth();
