//! Tiers and who hears of them.

use ce_constructs::observe::{
    AlarmTier, Channel, CompositeAlarm, Endpoint, Escalation, EscalationBuilder, Metric, SlackChannel,
};
use ce_constructs::security::Key;
use ce_synth::Scope;
use serde_json::{Value, json};

use super::{DEV, PROD, built, codes, done, of_type, synth};

const PAGER: &str = "https://events.pagerduty.com/integration/0123/enqueue";

fn escalation(scope: Scope<'_>) -> EscalationBuilder<'_> {
    Escalation::builder("shop", &Key::builder().build(scope, "Key"))
}

fn chat() -> Channel {
    Channel::slack(SlackChannel::new("T0123ABCD", "C0123ABCD"))
}

#[test]
fn a_topic_for_each_tier_and_a_role_for_the_chat() {
    insta::assert_json_snapshot!(built(PROD, |scope| {
        let oncall = escalation(scope).page(Channel::pager_duty(PAGER)).warn(Channel::email("shop@example.com"));
        done(oncall.warn(chat()).build(scope, "Oncall"));
    }));
}

#[test]
fn a_chat_that_hears_of_two_tiers_is_one() {
    let resources = built(PROD, |scope| {
        let oncall = escalation(scope).page(Channel::pager_duty(PAGER)).page(chat()).warn(chat()).warn(chat());
        done(oncall.inform(Channel::slack(SlackChannel::new("T0123ABCD", "C9999ZZZZ"))).build(scope, "Oncall"));
    });
    let chats = of_type(&resources, "AWS::Chatbot::SlackChannelConfiguration");
    let mut heard: Vec<_> = chats.iter().map(|chat| chat["SnsTopicArns"].as_array().map(Vec::len)).collect();
    heard.sort();
    assert_eq!(heard, [Some(1), Some(2)]);
    let mut names: Vec<_> = chats.iter().map(|chat| chat["ConfigurationName"].clone()).collect();
    names.sort_by_key(ToString::to_string);
    assert_eq!(names, [json!("shop-chat"), json!("shop-chat2")]);
}

#[test]
fn every_channel_is_a_subscription_of_its_tier() {
    let resources = built(PROD, |scope| {
        let oncall = escalation(scope)
            .page(Channel::pager_duty(PAGER))
            .page(Endpoint::sms("+15550100"))
            .warn(Channel::email("a@example.com"))
            .warn(Channel::email("b@example.com"))
            .build(scope, "Oncall");
        assert_eq!(oncall.page().topic().scope().path(), "Watch/Oncall/Page/Resource");
    });
    let ids: Vec<&String> = resources.as_object().into_iter().flat_map(|all| all.keys()).collect();
    for id in ["OncallPagePagerDuty", "OncallPageEndpoint", "OncallWarnMail", "OncallWarnMail2"] {
        assert!(ids.iter().any(|known| known.starts_with(id)), "{id} in {ids:?}");
    }
    let names: Vec<_> = of_type(&resources, "AWS::SNS::Topic").iter().map(|one| one["TopicName"].clone()).collect();
    assert_eq!(names, ["shop-inform", "shop-page", "shop-warn"]);
}

/// The topics that an alarm tells.
fn told(alarm: &Value) -> [String; 2] {
    ["AlarmActions", "OKActions"].map(|state| alarm[state][0]["Ref"].as_str().unwrap_or_default().to_owned())
}

#[test]
fn alarms_go_to_the_topic_of_their_tier() {
    for (tier, topic) in AlarmTier::ALL.into_iter().zip(["OncallPage", "OncallWarn", "OncallInform"]) {
        let resources = built(PROD, |scope| {
            let oncall = escalation(scope).page(Channel::pager_duty(PAGER)).build(scope, "Oncall");
            let orders = Metric::new("Shop", "Orders").below(1.0).alarm(scope, "NoOrders").escalate(&oncall, tier);
            CompositeAlarm::builder(orders).build(scope, "Outage").escalate(&oncall, tier);
        });
        for kind in ["AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm"] {
            assert!(told(of_type(&resources, kind)[0]).iter().all(|told| told.starts_with(topic)), "{kind}");
        }
    }
}

#[test]
fn ce7010_pages_that_nobody_gets() {
    let quiet = |environment| codes(&synth(environment, |scope| done(escalation(scope).build(scope, "Oncall"))));
    assert_eq!(quiet(PROD), ["CE7010"]);
    assert_eq!(quiet(DEV), [""; 0]);
}

#[test]
fn ce7009_addresses_of_another_form() {
    let with =
        |channel: Endpoint| codes(&synth(DEV, |scope| done(escalation(scope).warn(channel).build(scope, "Oncall"))));
    assert_eq!(with(Endpoint::https("http://example.com")), ["CE7009"]);
    assert_eq!(with(Endpoint::email("example.com")), ["CE7009"]);
    assert_eq!(with(Endpoint::sms("15550100")), ["CE7009"]);
    assert_eq!(with(Endpoint::queue("shop-queue")), ["CE7009"]);
    assert_eq!(with(Endpoint::queue("arn:aws:sqs:eu-west-1:222222222222:shop")), [""; 0]);
    assert_eq!(with(Endpoint::https("https://example.com")), [""; 0]);
}
