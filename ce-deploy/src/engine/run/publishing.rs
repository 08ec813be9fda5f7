//! Files and images on their way.

use std::collections::{BTreeMap, BTreeSet};

use super::{Routine, Run};
use crate::assembly::{Asset, AssetId, Destination, Packaging, Source, StackId};
use crate::cloud::{Answer, Call, Content, Failure, FailureKind, Target};
use crate::engine::{Action, Exit, Moment, Packed, Problem, Progress, Pushed};

/// Files and images on their way, each once, whoever needs it.
#[derive(Clone, Debug, Default)]
pub(in crate::engine) struct Publishing {
    wanted: BTreeMap<AssetId, Wanted>,
}

#[derive(Clone, Debug)]
struct Wanted {
    asset: Asset,
    /// Whose template it is. A template is small and its digest known: it is sent without a look.
    template_of: Option<StackId>,
    packed: Option<Packed>,
    done: bool,
}

impl Publishing {
    /// Where files and images go, and as whom.
    pub(in crate::engine) fn targets(&self) -> BTreeSet<Target> {
        let target = |wanted: &Wanted| match &wanted.asset.destination {
            Destination::Bucket { target, .. } | Destination::Repository { target, .. } => target.clone(),
        };
        self.wanted.values().map(target).collect()
    }

    /// Where no stack is deployed, nobody reads its template.
    pub(in crate::engine) fn leave_templates_out(&mut self) {
        self.wanted.retain(|_, wanted| wanted.template_of.is_none());
    }
}

impl<P: From<Routine>> Run<P> {
    /// Notes what these stacks need.
    pub(in crate::engine) fn gather_assets(&mut self, ids: &[StackId]) {
        for id in ids {
            let stack = self.stack(id);
            let url = stack.template_url.clone();
            for asset in stack.assets.clone() {
                let Some(asset) = self.assembly.asset(&asset).cloned() else { continue };
                let template_of = is_template(&asset, url.as_deref()).then(|| id.clone());
                self.publishing.wanted.entry(asset.id.clone()).or_insert(Wanted {
                    asset,
                    template_of,
                    packed: None,
                    done: false,
                });
            }
        }
    }

    /// Brings what is noted and not there yet on its way.
    pub(in crate::engine) fn publish_gathered(&mut self, now: Moment) {
        let open = self.publishing.wanted.iter().filter(|(_, wanted)| !wanted.done);
        for id in open.map(|(id, _)| id.clone()).collect::<Vec<_>>() {
            self.publish(now, id);
        }
    }

    fn publish(&mut self, now: Moment, id: AssetId) {
        let wanted = &self.publishing.wanted[&id];
        match (&wanted.asset.source, &wanted.asset.destination) {
            (Source::File { path, packaging: Packaging::File }, Destination::Bucket { .. }) => {
                let json = wanted.template_of.is_some().then(|| "application/json".to_owned());
                let packed =
                    Packed { file: path.clone(), sha256: wanted.asset.digest.clone(), content_type: json.clone() };
                match json {
                    Some(_) => self.put(now, &id, packed),
                    None => self.look_for(now, &id, packed),
                }
            }
            (Source::File { .. } | Source::Program { .. }, Destination::Bucket { .. }) => {
                self.pending += 1;
                self.desk.act(Action::Pack { asset: id });
            }
            (_, Destination::Repository { .. }) | (Source::Docker(_), _) => {
                self.pending += 1;
                self.desk.act(Action::PublishImage { asset: id });
            }
        }
    }

    pub(in crate::engine) fn packed(&mut self, now: Moment, id: &AssetId, result: Result<Packed, String>) {
        self.answered();
        match result {
            Ok(packed) => self.look_for(now, id, packed),
            Err(words) => self.not_published(id, &Problem::new(Exit::Refused, words)),
        }
    }

    fn look_for(&mut self, now: Moment, id: &AssetId, packed: Packed) {
        let Some(wanted) = self.publishing.wanted.get_mut(id) else { return };
        let Destination::Bucket { target, bucket, key } = wanted.asset.destination.clone() else { return };
        wanted.packed = Some(packed);
        self.ask(now, Routine::Head(id.clone()).into(), &target, Call::HeadObject { bucket, key });
    }

    /// An object counts as published only if it has our content.
    pub(super) fn took_head(&mut self, now: Moment, id: &AssetId, result: Result<Answer, Failure>) {
        self.answered();
        let Some(packed) = self.publishing.wanted.get(id).and_then(|wanted| wanted.packed.clone()) else { return };
        match result {
            Ok(Answer::Object { sha256: Some(there), .. }) if there == packed.sha256 => {
                self.is_there(id, true);
            }
            Ok(_) => self.put(now, id, packed),
            // Who may not list a bucket is denied a key that is not there.
            Err(failure) if matches!(failure.kind, FailureKind::NotFound | FailureKind::Denied) => {
                self.put(now, id, packed);
            }
            Err(failure) => self.not_published(id, &Problem::failed(&failure, failure.to_string())),
        }
    }

    fn put(&mut self, now: Moment, id: &AssetId, packed: Packed) {
        let Destination::Bucket { target, bucket, key } = self.publishing.wanted[id].asset.destination.clone() else {
            return;
        };
        let Packed { file, sha256, content_type } = packed;
        let call = Call::PutObject { bucket, key, content: Content::File(file), sha256, content_type };
        self.ask(now, Routine::Put(id.clone()).into(), &target, call);
    }

    pub(super) fn took_put(&mut self, id: &AssetId, result: Result<Answer, Failure>) {
        self.answered();
        match result {
            Ok(_) => self.is_there(id, false),
            Err(failure) => self.not_published(id, &Problem::failed(&failure, failure.to_string())),
        }
    }

    pub(in crate::engine) fn published(&mut self, id: &AssetId, result: Result<Pushed, String>) {
        self.answered();
        match result {
            Ok(pushed) => self.is_there(id, pushed == Pushed::Before),
            Err(words) => self.not_published(id, &Problem::new(Exit::Refused, words)),
        }
    }

    fn is_there(&mut self, id: &AssetId, reused: bool) {
        if let Some(wanted) = self.publishing.wanted.get_mut(id) {
            wanted.done = true;
        }
        self.desk.tell(Progress::Published { asset: id.clone(), reused });
    }

    fn not_published(&mut self, id: &AssetId, why: &Problem) {
        let name = self.assembly.asset(id).map_or_else(|| id.to_string(), |asset| asset.name.clone());
        let message = format!("`{name}` cannot be published: {}", why.message);
        let help = why.help.as_deref().unwrap_or("no stack was changed");
        self.problem(Problem::new(why.exit, message).help(help));
    }
}

/// Whether a template lies where an asset goes.
fn is_template(asset: &Asset, url: Option<&str>) -> bool {
    let Destination::Bucket { key, .. } = &asset.destination else { return false };
    url.is_some_and(|url| url.ends_with(&format!("/{key}")))
}
