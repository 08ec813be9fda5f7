//! Ways to reach people.

use ce_synth::{IntoValue, Value};

use crate::observe::Endpoint;

/// A way to reach people: a paging service, mail, a chat.
///
/// ```
/// use ce_constructs::observe::{Channel, SlackChannel};
/// let pager = Channel::pager_duty("https://events.pagerduty.com/integration/0123/enqueue");
/// let mail = Channel::email("team@example.com");
/// let chat = Channel::slack(SlackChannel::new("T0123ABCD", "C0123ABCD"));
/// # let _ = (pager, mail, chat);
/// ```
#[derive(Clone, Debug)]
pub struct Channel(pub(super) Way);

#[derive(Clone, Debug)]
pub(super) enum Way {
    Endpoint { id: &'static str, endpoint: Endpoint },
    Slack(SlackChannel),
}

impl Channel {
    /// A service of PagerDuty, by the URL of its integration with CloudWatch. Whoever has the URL can page: let it be a
    /// template parameter that is not shown.
    ///
    /// Source: <https://support.pagerduty.com/main/docs/aws-cloudwatch-integration-guide>
    pub fn pager_duty(url: impl IntoValue<String>) -> Self {
        Self(Way::Endpoint { id: "PagerDuty", endpoint: Endpoint::https(url) })
    }

    /// An e-mail address; its owner must confirm.
    pub fn email(address: impl IntoValue<String>) -> Self {
        Self(Way::Endpoint { id: "Mail", endpoint: Endpoint::email(address) })
    }

    /// A channel of Slack.
    pub fn slack(channel: SlackChannel) -> Self {
        Self(Way::Slack(channel))
    }
}

impl From<Endpoint> for Channel {
    fn from(endpoint: Endpoint) -> Self {
        Self(Way::Endpoint { id: "Endpoint", endpoint })
    }
}

/// A channel of a workspace of Slack, by their ids: Slack shows them in the link to the channel.
///
/// A channel has one configuration in an account: what a second region tells goes to another channel.
#[derive(Clone, Debug, PartialEq)]
pub struct SlackChannel {
    pub(super) workspace: Value<String>,
    pub(super) channel: Value<String>,
}

impl SlackChannel {
    /// A channel, `C0123ABCD`, of a workspace, `T0123ABCD`, that was authorized in the console of Amazon Q Developer in
    /// chat applications: CloudFormation cannot do that.
    pub fn new(workspace: impl IntoValue<String>, channel: impl IntoValue<String>) -> Self {
        Self { workspace: workspace.into_value(), channel: channel.into_value() }
    }
}
