//! Topics in chats.

use ce_cfn::chatbot;
use ce_synth::{IntoValue, Scope, Value};

use super::SlackChannel;
use crate::observe::Topic;
use crate::security::{Principal, Role, aws_managed_policy};

/// What people may look at from the chat.
const LOOK: &str = "CloudWatchReadOnlyAccess";

/// Adds a channel that hears of topics; a channel has one configuration in an account, whatever it hears of.
///
/// Source: <https://docs.aws.amazon.com/chatbot/latest/adminguide/slack-setup.html>
#[track_caller]
pub(super) fn place(scope: Scope<'_>, id: &str, name: &str, channel: &SlackChannel, topics: &[Topic<'_>]) {
    let scope = scope.child(id);
    let role = Role::builder(Principal::service("chatbot.amazonaws.com"))
        .described("Reads metrics for a chat")
        .managed_policy(aws_managed_policy(LOOK))
        .build(scope, "Role");
    let topics: Vec<Value<_>> = topics.iter().map(|topic| topic.arn()).collect();
    let configuration = chatbot::SlackChannelConfiguration::new()
        .configuration_name(name)
        .slack_workspace_id(&channel.workspace)
        .slack_channel_id(&channel.channel)
        .iam_role_arn(role.arn())
        .guardrail_policies([IntoValue::<String>::into_value(aws_managed_policy(LOOK))])
        .logging_level("ERROR")
        .sns_topic_arns(topics);
    scope.add("Resource", configuration);
}
