//! The alarms and the dashboard of what is watched.

use ce_synth::{Scope, Tier};

use super::watchlist::Recommended;
use super::{Watched, Watchlist};
use crate::observe::{Alarm, AlarmTier, Dashboard, DashboardBuilder, Escalation, Widget, rules};

/// The alarms that constructs recommend, each told to its tier, and a dashboard of all of them.
///
/// ```
/// # use ce_synth::Scope;
/// use ce_constructs::compute::FargateService;
/// use ce_constructs::data::AuroraCluster;
/// use ce_constructs::observe::{Escalation, Watch, Watched};
///
/// fn watch<'a>(stack: Scope<'a>, oncall: &Escalation<'a>, api: FargateService<'a>, orders: &AuroraCluster<'a>) {
///     Watch::builder(oncall)
///         .named("shop-prod")
///         .over(&api)
///         .over(&orders.watchlist().without("Cpu"))
///         .build(stack, "Watch");
/// }
/// ```
///
/// By default all recommended alarms are there; in development, where nobody is on call, those that page alone. The
/// dashboard has a section for each construct, below the states of the alarms.
#[derive(Clone)]
pub struct Watch<'a> {
    alarms: Vec<Made<'a>>,
    dashboard: Dashboard<'a>,
}

/// An alarm, and where it comes from.
#[derive(Clone)]
struct Made<'a> {
    title: String,
    id: String,
    tier: AlarmTier,
    alarm: Alarm<'a>,
}

impl<'a> Watch<'a> {
    /// A watch whose alarms are told to the topics of an escalation.
    pub fn builder(escalation: &Escalation<'a>) -> WatchBuilder<'a> {
        WatchBuilder { escalation: *escalation, name: None, lists: Vec::new(), least: None }
    }

    /// The alarms of a tier.
    pub fn alarms(&self, tier: AlarmTier) -> impl Iterator<Item = Alarm<'a>> + '_ {
        self.alarms.iter().filter(move |made| made.tier == tier).map(|made| made.alarm)
    }

    /// The alarm of an id, of what has a title: `watch.alarm("Sessions", "Memory")`. None if it is not there, as where it
    /// was taken out, or is less urgent than the watch is.
    pub fn alarm(&self, title: &str, id: &str) -> Option<Alarm<'a>> {
        self.alarms.iter().find(|made| made.title == title && made.id == id).map(|made| made.alarm)
    }

    /// The dashboard.
    pub fn dashboard(&self) -> Dashboard<'a> {
        self.dashboard
    }
}

/// Settings of a [`Watch`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct WatchBuilder<'a> {
    escalation: Escalation<'a>,
    name: Option<String>,
    lists: Vec<Watchlist>,
    least: Option<AlarmTier>,
}

impl<'a> WatchBuilder<'a> {
    /// What the names of alarms begin with, `shop-prod-load-balancer-errors`, and the dashboard's name. Default: names that
    /// CloudFormation makes.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Watches something and its parts, in the order given. Default: nothing.
    pub fn over(mut self, watched: &(impl Watched + ?Sized)) -> Self {
        self.lists.push(watched.watchlist());
        self
    }

    /// The least urgent tier that gets alarms. Default: [`AlarmTier::Inform`], so all; [`AlarmTier::Page`] in development.
    pub fn least(mut self, tier: AlarmTier) -> Self {
        self.least = Some(tier);
        self
    }

    /// Adds the alarms and the dashboard.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> Watch<'a> {
        let scope = scope.child(id);
        let by_default = match scope.environment().tier {
            Tier::Development => AlarmTier::Page,
            Tier::Staging | Tier::Production => AlarmTier::Inform,
        };
        let least = self.least.unwrap_or(by_default);
        let (mut alarms, mut sections) = (Vec::new(), Dashboard::builder());
        for list in self.lists.iter().flat_map(Watchlist::all) {
            rules::unknown_recommendation::check(scope, &list.title, &list.unknown);
            let place = scope.child(&pascal(&list.title));
            for recommended in list.alarms.iter().filter(|alarm| alarm.tier <= least) {
                let alarm = self.alarm(place, &list.title, recommended);
                let (title, id, tier) = (list.title.clone(), recommended.id.clone(), recommended.tier);
                alarms.push(Made { title, id, tier, alarm });
            }
            if !list.widgets.is_empty() {
                sections = sections.section(&list.title, list.widgets.clone());
            }
        }
        let dashboard = self.dashboard(sections, &alarms).build(scope, "Dashboard");
        Watch { alarms, dashboard }
    }

    #[track_caller]
    fn alarm(&self, scope: Scope<'a>, title: &str, recommended: &Recommended) -> Alarm<'a> {
        let alarm = recommended.alarm.clone();
        let alarm = match &self.name {
            Some(name) => alarm.named_unless(format!("{name}-{}-{}", kebab(title), kebab(&recommended.id))),
            None => alarm,
        };
        alarm.alarm(scope, &recommended.id).escalate(&self.escalation, recommended.tier)
    }

    fn dashboard(&self, sections: DashboardBuilder, alarms: &[Made<'a>]) -> DashboardBuilder {
        let states = Widget::alarms("Alarms", alarms.iter().map(|made| made.alarm));
        let sections = if alarms.is_empty() { sections } else { sections.first(states) };
        match &self.name {
            Some(name) => sections.named(name.clone()),
            None => sections,
        }
    }
}

/// The words of a title or an id: `HTTPErrors` is one word to people, and `load balancer` are two.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut apart = true;
    for letter in text.chars() {
        if !letter.is_ascii_alphanumeric() {
            apart = true;
            continue;
        }
        let begins = apart || (letter.is_ascii_uppercase() && words.last().is_some_and(|word| ends_small(word)));
        match words.last_mut() {
            Some(word) if !begins => word.push(letter),
            _ => words.push(letter.to_string()),
        }
        apart = false;
    }
    words
}

fn ends_small(word: &str) -> bool {
    word.ends_with(|letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit())
}

fn kebab(text: &str) -> String {
    words(text).join("-").to_ascii_lowercase()
}

fn pascal(text: &str) -> String {
    let capital = |word: &String| word[..1].to_ascii_uppercase() + &word[1..];
    words(text).iter().map(capital).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_ids_and_names() {
        assert_eq!((kebab("LoadBalancer"), pascal("LoadBalancer")), ("load-balancer".into(), "LoadBalancer".into()));
        assert_eq!((kebab("auth targets"), pascal("auth targets")), ("auth-targets".into(), "AuthTargets".into()));
        assert_eq!(kebab("5xxErrors"), "5xx-errors");
        assert_eq!(kebab(" - "), "");
    }
}
