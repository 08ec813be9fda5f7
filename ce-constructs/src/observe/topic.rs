//! Topics.

use ce_cfn::{ids, sns};
use ce_synth::{IntoValue, Scope, Value};

use super::{Endpoint, Publisher, rules};
use crate::security::{Action, Grantee, Key, Principal, Statement, document};

/// A topic of SNS: what alarms and events tell, and who hears it.
///
/// ```
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// use ce_constructs::observe::{Endpoint, Publisher, Topic};
/// use ce_constructs::security::Key;
/// # let app = App::new();
/// # let scope = app.stack("Shop", PROD);
/// let key = Key::builder().build(scope, "Key");
/// let oncall = Topic::builder(&key).named("oncall").allow(Publisher::Budgets).build(scope, "Oncall");
/// oncall.subscribe("Pager", Endpoint::https("https://events.example.com/integration"));
/// # app.synth().unwrap();
/// ```
///
/// By default alarms of CloudWatch and rules of EventBridge may publish, over TLS alone, and messages are encrypted with
/// the key, whose policy is opened for those services: with the key of AWS they could not publish. It has no
/// subscriptions.
#[derive(Clone, Copy)]
pub struct Topic<'a> {
    scope: Scope<'a>,
    resource: sns::TopicRef<'a>,
    policy: sns::TopicPolicyRef<'a>,
    key: Key<'a>,
}

/// Builder of a [`Topic`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct TopicBuilder<'k> {
    key: Key<'k>,
    name: Option<Value<String>>,
    display_name: Option<Value<String>>,
    publishers: Vec<Publisher>,
}

const POLICY: &str = "PolicyDocument";
const PUBLISH: Action = Action::new("sns:Publish");

impl Topic<'_> {
    /// A topic whose messages are encrypted with a key of its region.
    pub fn builder<'k>(key: &Key<'k>) -> TopicBuilder<'k> {
        let publishers = vec![Publisher::CloudWatch, Publisher::EventBridge];
        TopicBuilder { key: *key, name: None, display_name: None, publishers }
    }
}

impl<'a> TopicBuilder<'a> {
    /// Names the topic. Default: a name that CloudFormation makes.
    pub fn named(mut self, name: impl IntoValue<String>) -> Self {
        self.name = Some(name.into_value());
        self
    }

    /// The name readers of e-mails and text messages see. Default: none.
    pub fn display_name(mut self, name: impl IntoValue<String>) -> Self {
        self.display_name = Some(name.into_value());
        self
    }

    /// Lets another service of AWS publish. Default: [`Publisher::CloudWatch`] and [`Publisher::EventBridge`].
    pub fn allow(mut self, publisher: Publisher) -> Self {
        if !self.publishers.contains(&publisher) {
            self.publishers.push(publisher);
        }
        self
    }

    /// Adds the topic and its policy, and opens the key for the publishers.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> Topic<'a> {
        let scope = scope.child(id);
        rules::key_region::check(scope, self.key.scope());
        let topic =
            sns::Topic::new().topic_name(self.name).display_name(self.display_name).kms_master_key_id(self.key.arn());
        let topic = scope.add("Resource", topic);
        let policy = document::document([plain_text_refused(topic)]);
        let policy = scope.add("Policy", sns::TopicPolicy::new().topics([topic]).policy_document(policy));
        let topic = Topic { scope, resource: topic, policy, key: self.key };
        self.publishers.into_iter().fold(topic, Topic::allow)
    }
}

fn plain_text_refused(topic: sns::TopicRef<'_>) -> Statement {
    Statement::deny([PUBLISH]).principal(Principal::anyone()).on([topic]).when("Bool", "aws:SecureTransport", "false")
}

/// Source: <https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html>
fn may_encrypt(publisher: Publisher) -> Statement {
    Statement::allow([Action::new("kms:Decrypt"), Action::new("kms:GenerateDataKey")]).principal(publisher.principal())
}

impl<'a> Topic<'a> {
    /// Lets another service of AWS publish, and use the key for it. Blocks that tell a topic do it by themselves.
    pub fn allow(self, publisher: Publisher) -> Self {
        self.key.allow(may_encrypt(publisher));
        let mut policy = self.policy.peek(POLICY).unwrap_or_else(|| document::document([]));
        document::push(&mut policy, Statement::allow([PUBLISH]).principal(publisher.principal()).on([self.resource]));
        self.policy.set(&format!("Properties.{POLICY}"), policy);
        self
    }

    /// Tells an endpoint what is published.
    #[track_caller]
    pub fn subscribe(self, id: &str, endpoint: Endpoint) -> sns::SubscriptionRef<'a> {
        rules::endpoint_form::check(self.scope, endpoint.protocol, &endpoint.address);
        let subscription =
            sns::Subscription::new().topic_arn(self.resource).protocol(endpoint.protocol).endpoint(endpoint.address);
        self.scope.add(id, subscription)
    }

    /// Lets something that acts with a role publish, and use the topic's key for it.
    #[track_caller]
    pub fn allow_publish(self, grantee: &(impl Grantee + ?Sized)) {
        for statement in self.publishing() {
            grantee.role().allow(statement);
        }
    }

    /// What whoever publishes must be allowed.
    pub(crate) fn publishing(self) -> Vec<Statement> {
        let mut statements = vec![Statement::allow([PUBLISH]).on([self.resource])];
        if let Some(key) = self.resource.read(sns::Topic::KMS_MASTER_KEY_ID) {
            let encrypt = [Action::new("kms:Decrypt"), Action::new("kms:GenerateDataKey")];
            statements.push(Statement::allow(encrypt).on([Value::<String>::from_expr(key.into_expr())]));
        }
        statements
    }

    /// The topic's ARN.
    pub fn arn(self) -> Value<ids::SnsTopicArn> {
        self.resource.ref_()
    }

    /// The generated resource.
    pub fn topic(self) -> sns::TopicRef<'a> {
        self.resource
    }
}
