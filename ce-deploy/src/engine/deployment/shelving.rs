//! A template that is too large for a call, and among no files of the assembly: it is put into a bucket first.
//!
//! Such is what a stack had before, and what keeps an export for a while. It goes where the files of the stack go, or
//! those of another stack of the same place, under a name that its content gives.

use std::sync::Arc;

use super::keeping::LARGEST_BODY;
use super::purpose::{DraftStep, Purpose};
use super::reducer::Deployment;
use super::work::Phase;
use crate::assembly::{Asset, AssetId, Destination, StackId, dns_suffix};
use crate::cloud::{Call, Content, Failure, Target};
use crate::digest::sha256;
use crate::engine::{Moment, Problem};

/// Where a template is put.
#[derive(Clone, Debug)]
pub(super) struct Shelf {
    target: Target,
    bucket: String,
    key: String,
    text: Arc<str>,
    sha256: String,
    /// Whether it is there.
    filled: bool,
}

impl Shelf {
    /// Beside an asset that goes to a bucket.
    fn beside(asset: &Asset, text: &str) -> Option<Self> {
        let Destination::Bucket { target, bucket, key } = &asset.destination else { return None };
        let sha256 = sha256(text);
        let folder = key.rfind('/').map_or("", |end| &key[..=end]);
        let end = if text.trim_start().starts_with('{') { "json" } else { "yaml" };
        Some(Self {
            target: target.clone(),
            bucket: bucket.clone(),
            key: format!("{folder}{sha256}.{end}"),
            text: Arc::from(text),
            sha256,
            filled: false,
        })
    }

    /// What a change set calls it.
    pub(super) fn url(&self) -> String {
        let region = &self.target.place.region;
        format!("https://s3.{region}.{}/{}/{}", dns_suffix(region), self.bucket, self.key)
    }

    fn call(&self) -> Call {
        let kind = if self.key.ends_with("json") { "application/json" } else { "application/yaml" };
        Call::PutObject {
            bucket: self.bucket.clone(),
            key: self.key.clone(),
            content: Content::Text(Arc::clone(&self.text)),
            sha256: self.sha256.clone(),
            content_type: Some(kind.to_owned()),
        }
    }
}

impl Deployment {
    /// Where a template goes that a call has no room for.
    ///
    /// Fails if files of the place go to no bucket.
    pub(super) fn shelf(&self, id: &StackId, template: &str) -> Result<Option<Shelf>, String> {
        if template.len() <= LARGEST_BODY {
            return Ok(None);
        }
        let stack = self.run.stack(id);
        let others = self.run.assembly.stacks.iter().filter(|other| other.place == stack.place);
        let mut assets = stack.assets.iter().chain(others.flat_map(|other| &other.assets));
        let beside = |asset: &AssetId| {
            let shelf = Shelf::beside(self.run.assembly.asset(asset)?, template)?;
            (shelf.target.place == stack.place).then_some(shelf)
        };
        let too_large = || format!("its template of {} bytes is too large to be sent without a bucket", template.len());
        assets.find_map(beside).map(Some).ok_or_else(too_large)
    }

    /// Lets a stack first have another template than that of the assembly.
    ///
    /// Fails if there is no way to send it.
    pub(super) fn first_have(&mut self, id: &StackId, template: String) -> Result<(), String> {
        let shelf = self.shelf(id, &template)?;
        let work = self.work_mut(id);
        work.shelf = shelf;
        work.kept_template = Some(Arc::from(template));
        Ok(())
    }

    /// Puts the template of the next change set into its bucket. Whether that is under way.
    pub(super) fn shelve(&mut self, now: Moment, id: &StackId) -> bool {
        let Some(shelf) = self.work(id).shelf.as_ref().filter(|shelf| !shelf.filled) else { return false };
        let (target, call) = (shelf.target.clone(), shelf.call());
        self.work_mut(id).phase = Phase::Drafting;
        self.run.desk.ask(now, Purpose::Draft(id.clone(), DraftStep::Shelve), &target, call);
        true
    }

    pub(super) fn shelved(&mut self, now: Moment, id: &StackId, result: Result<(), Failure>) {
        match result {
            Ok(()) => {
                if let Some(shelf) = &mut self.work_mut(id).shelf {
                    shelf.filled = true;
                }
                self.draft(now, id);
            }
            Err(failure) => {
                let name = &self.run.stack(id).name;
                let message = format!("the template for stack `{name}` cannot be put into its bucket: {failure}");
                let problem = Problem::failed(&failure, message).help("the stack was left as it is");
                self.give_up(now, id, problem);
            }
        }
    }
}
