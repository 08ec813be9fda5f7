//! What is worth watching of something.

use ce_synth::Scope;

use super::Watched;
use crate::observe::{AlarmBuilder, AlarmTier, Widget};

/// What is worth watching of something: alarms by tier, pictures, and the lists of its parts.
///
/// Plain data: take out what you do not want, change what fits you, and hand it on.
///
/// ```
/// use ce_constructs::compute::FargateService;
/// use ce_constructs::observe::{AlarmTier, Watched, Watchlist};
/// fn batch(service: FargateService<'_>) -> Watchlist {
///     service.watchlist().without("Memory").change("Cpu", |cpu| cpu.for_periods(30)).tier("Cpu", AlarmTier::Inform)
/// }
/// ```
///
/// The ids of alarms are a contract, as every id is: the documentation of each construct lists its own.
#[derive(Clone, Debug)]
#[must_use = "a list does nothing until a watch has it"]
pub struct Watchlist {
    pub(super) title: String,
    pub(super) alarms: Vec<Recommended>,
    pub(super) widgets: Vec<Widget>,
    pub(super) parts: Vec<Self>,
    /// Ids that were to be changed and are not there.
    pub(super) unknown: Vec<String>,
}

/// An alarm that a construct recommends.
#[derive(Clone, Debug)]
pub(super) struct Recommended {
    pub(super) id: String,
    pub(super) tier: AlarmTier,
    pub(super) alarm: AlarmBuilder,
}

impl Watchlist {
    /// An empty list, under the title that dashboards show and the names of alarms begin with.
    pub fn of(title: impl Into<String>) -> Self {
        let (alarms, widgets, parts, unknown) = Default::default();
        Self { title: title.into(), alarms, widgets, parts, unknown }
    }

    /// An empty list, under the id of the construct that a resource is the main part of.
    pub(crate) fn of_resource(resource: Scope<'_>) -> Self {
        let path = resource.path();
        Self::of(path.rsplit('/').nth(1).unwrap_or(&path))
    }

    /// Adds an alarm.
    pub fn alarm(mut self, tier: AlarmTier, id: impl Into<String>, alarm: AlarmBuilder) -> Self {
        self.alarms.push(Recommended { id: id.into(), tier, alarm });
        self
    }

    /// Adds a picture.
    pub fn widget(mut self, widget: Widget) -> Self {
        self.widgets.push(widget);
        self
    }

    /// Adds the list of a part.
    pub fn part(mut self, part: &(impl Watched + ?Sized)) -> Self {
        self.parts.push(part.watchlist());
        self
    }

    /// Gives it another title.
    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// Takes an alarm out; that there is none of this id is a finding (`CE7011`).
    pub fn without(mut self, id: &str) -> Self {
        match self.alarms.iter().position(|alarm| alarm.id == id) {
            Some(place) => drop(self.alarms.remove(place)),
            None => self.unknown.push(id.to_owned()),
        }
        self
    }

    /// Changes an alarm; that there is none of this id is a finding (`CE7011`).
    pub fn change(mut self, id: &str, change: impl FnOnce(AlarmBuilder) -> AlarmBuilder) -> Self {
        match self.alarms.iter_mut().find(|alarm| alarm.id == id) {
            Some(known) => known.alarm = change(known.alarm.clone()),
            None => self.unknown.push(id.to_owned()),
        }
        self
    }

    /// Lets others hear of an alarm; that there is none of this id is a finding (`CE7011`).
    pub fn tier(mut self, id: &str, tier: AlarmTier) -> Self {
        match self.alarms.iter_mut().find(|alarm| alarm.id == id) {
            Some(known) => known.tier = tier,
            None => self.unknown.push(id.to_owned()),
        }
        self
    }

    /// Itself and the lists of its parts, from the top down.
    pub(super) fn all(&self) -> Vec<&Self> {
        std::iter::once(self).chain(self.parts.iter().flat_map(Self::all)).collect()
    }
}

impl Watched for Watchlist {
    fn watchlist(&self) -> Watchlist {
        self.clone()
    }
}
