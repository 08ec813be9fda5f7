//! A topic for each tier.

use ce_synth::Scope;

use super::channel::Way;
use super::{AlarmTier, Channel, SlackChannel, chat};
use crate::observe::{Topic, rules};
use crate::security::Key;

/// Who hears of what: a topic for each [`AlarmTier`], and the people behind it; `Copy`.
///
/// ```
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// use ce_constructs::observe::{AlarmTier, Channel, Escalation, Metric, SlackChannel};
/// use ce_constructs::security::Key;
/// # let app = App::new();
/// # let stack = app.stack("Shop", PROD);
/// # let key = Key::builder().build(stack, "Key");
/// let oncall = Escalation::builder("shop", &key)
///     .page(Channel::pager_duty("https://events.pagerduty.com/integration/0123/enqueue"))
///     .warn(Channel::email("shop@example.com"))
///     .warn(Channel::slack(SlackChannel::new("T0123ABCD", "C0123ABCD")))
///     .build(stack, "Oncall");
/// Metric::new("Shop", "Orders").below(1.0).for_periods(3).alarm(stack, "NoOrders").escalate(&oncall, AlarmTier::Page);
/// # app.synth().unwrap();
/// ```
///
/// By default nobody hears of anything, which is a finding (`CE7010`) for pages in production. It does not know shifts
/// or substitutes: the paging service does.
#[derive(Clone, Copy)]
pub struct Escalation<'a> {
    topics: [Topic<'a>; 3],
}

impl<'a> Escalation<'a> {
    /// Topics whose names begin so, encrypted with a key of their region.
    pub fn builder(name: impl Into<String>, key: &Key<'a>) -> EscalationBuilder<'a> {
        EscalationBuilder { name: name.into(), key: *key, channels: Vec::new() }
    }

    /// The topic of a tier.
    pub fn topic(self, tier: AlarmTier) -> Topic<'a> {
        self.topics[tier as usize]
    }

    /// The topic of [`AlarmTier::Page`].
    pub fn page(self) -> Topic<'a> {
        self.topic(AlarmTier::Page)
    }

    /// The topic of [`AlarmTier::Warn`].
    pub fn warn(self) -> Topic<'a> {
        self.topic(AlarmTier::Warn)
    }

    /// The topic of [`AlarmTier::Inform`].
    pub fn inform(self) -> Topic<'a> {
        self.topic(AlarmTier::Inform)
    }
}

/// Settings of an [`Escalation`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct EscalationBuilder<'a> {
    name: String,
    key: Key<'a>,
    channels: Vec<(AlarmTier, Channel)>,
}

impl<'a> EscalationBuilder<'a> {
    /// Who is woken; called again, also somebody else. Default: nobody, which is a finding (`CE7010`) in production.
    pub fn page(self, channel: impl Into<Channel>) -> Self {
        self.tell(AlarmTier::Page, channel)
    }

    /// Who is warned; called again, also somebody else. Default: nobody.
    pub fn warn(self, channel: impl Into<Channel>) -> Self {
        self.tell(AlarmTier::Warn, channel)
    }

    /// Who is informed; called again, also somebody else. Default: nobody.
    pub fn inform(self, channel: impl Into<Channel>) -> Self {
        self.tell(AlarmTier::Inform, channel)
    }

    fn tell(mut self, tier: AlarmTier, channel: impl Into<Channel>) -> Self {
        self.channels.push((tier, channel.into()));
        self
    }

    /// Adds the topics, their subscriptions and the chats.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> Escalation<'a> {
        let scope = scope.child(id);
        rules::unheard_page::check(scope, self.channels.iter().any(|(tier, _)| *tier == AlarmTier::Page));
        let topics = AlarmTier::ALL.map(|tier| {
            let name = format!("{}-{}", self.name, tier.as_str());
            Topic::builder(&self.key).named(name).build(scope, tier.id())
        });
        for tier in AlarmTier::ALL {
            self.subscribe(tier, topics[tier as usize]);
        }
        for (place, (channel, tiers)) in self.chats().iter().enumerate() {
            let topics: Vec<_> = tiers.iter().map(|tier| topics[*tier as usize]).collect();
            let name = numbered(&format!("{}-chat", self.name), place);
            chat::place(scope, &numbered("Chat", place), &name, channel, &topics);
        }
        Escalation { topics }
    }

    /// A second address of a kind has a number, so that a new one changes no other.
    #[track_caller]
    fn subscribe(&self, tier: AlarmTier, topic: Topic<'a>) {
        let mut ids: Vec<&str> = Vec::new();
        for (_, channel) in self.channels.iter().filter(|(told, _)| *told == tier) {
            if let Way::Endpoint { id, endpoint } = &channel.0 {
                let place = ids.iter().filter(|known| *known == id).count();
                topic.subscribe(&numbered(id, place), endpoint.clone());
                ids.push(id);
            }
        }
    }

    /// Each chat once, with the tiers it hears of.
    fn chats(&self) -> Vec<(&SlackChannel, Vec<AlarmTier>)> {
        let mut chats: Vec<(&SlackChannel, Vec<AlarmTier>)> = Vec::new();
        for (tier, channel) in &self.channels {
            let Way::Slack(slack) = &channel.0 else { continue };
            match chats.iter_mut().find(|(known, _)| *known == slack) {
                Some((_, tiers)) if tiers.contains(tier) => {}
                Some((_, tiers)) => tiers.push(*tier),
                None => chats.push((slack, vec![*tier])),
            }
        }
        chats
    }
}

fn numbered(id: &str, place: usize) -> String {
    if place == 0 { id.to_owned() } else { format!("{id}{}", place + 1) }
}
