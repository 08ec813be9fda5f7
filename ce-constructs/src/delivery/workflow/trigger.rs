//! What starts a workflow.

use super::Yaml;

/// What starts a workflow.
#[derive(Clone, Debug, PartialEq)]
pub struct Trigger {
    event: &'static str,
    settings: Vec<(&'static str, Yaml)>,
    crons: Vec<String>,
}

impl Trigger {
    fn new(event: &'static str) -> Self {
        Self { event, settings: Vec::new(), crons: Vec::new() }
    }

    /// A push to one of these branches; `release/*` is a pattern.
    pub fn push<S: Into<String>>(branches: impl IntoIterator<Item = S>) -> Self {
        Self::new("push").with_texts("branches", branches)
    }

    /// A push of a tag that one of these patterns fits.
    pub fn tag<S: Into<String>>(tags: impl IntoIterator<Item = S>) -> Self {
        Self::new("push").with_texts("tags", tags)
    }

    /// A pull request.
    pub fn pull_request() -> Self {
        Self::new("pull_request")
    }

    /// A time, as five fields of cron in UTC: `30 4 * * 1`. A wrong form is a finding (`CE8506`).
    pub fn schedule(cron: impl Into<String>) -> Self {
        Self { crons: vec![cron.into()], ..Self::new("schedule") }
    }

    /// Somebody who asks for it.
    pub fn on_request() -> Self {
        Self::new("workflow_dispatch")
    }

    /// Only if a changed file fits one of these patterns. Default: whatever changed.
    pub fn paths<S: Into<String>>(self, paths: impl IntoIterator<Item = S>) -> Self {
        self.with_texts("paths", paths)
    }

    /// Asks whoever starts it for a text; a request has inputs, nothing else does. Default: nothing is asked.
    pub fn input(mut self, name: &str, description: &str, default: Option<&str>) -> Self {
        let input = Yaml::map([
            ("description", Some(Yaml::text(description))),
            ("required", Some(Yaml::Bool(default.is_none()))),
            ("default", default.map(Yaml::text)),
            ("type", Some(Yaml::text("string"))),
        ]);
        match self.settings.iter_mut().find(|(key, _)| *key == "inputs") {
            Some((_, Yaml::Map(inputs))) => inputs.push((name.to_owned(), input)),
            _ => self.settings.push(("inputs", Yaml::Map(vec![(name.to_owned(), input)]))),
        }
        self
    }

    fn with_texts<S: Into<String>>(mut self, key: &'static str, texts: impl IntoIterator<Item = S>) -> Self {
        let texts: Vec<String> = texts.into_iter().map(Into::into).collect();
        self.settings.push((key, Yaml::texts(&texts)));
        self
    }

    pub(super) fn event(&self) -> &'static str {
        self.event
    }

    /// The times of a schedule.
    pub(super) fn crons(&self) -> &[String] {
        &self.crons
    }

    /// Another trigger of the same event, as one.
    pub(super) fn merge(&mut self, other: &Self) {
        self.settings.extend(other.settings.iter().cloned());
        self.crons.extend(other.crons.iter().cloned());
    }

    pub(super) fn yaml(&self) -> Yaml {
        let time = |cron: &String| Yaml::map([("cron", Some(Yaml::text(cron)))]);
        if self.crons.is_empty() {
            Yaml::Map(self.settings.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect())
        } else {
            Yaml::List(self.crons.iter().map(time).collect())
        }
    }
}
